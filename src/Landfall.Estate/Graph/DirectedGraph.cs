using System.Collections.Immutable;

namespace Landfall.Estate.Graph;

/// <summary>
/// An immutable directed graph. An edge runs from what is needed to what needs it. Order among equals is the nodes'
/// own, so that the same graph always gives the same answers.
/// </summary>
/// <typeparam name="T">
/// Node names, for example <see cref="string"/> (compared ordinally) or <see cref="TableName"/>.
/// </typeparam>
public sealed class DirectedGraph<T>
    where T : notnull, IComparable<T>
{
    private readonly SortedDictionary<T, SortedSet<T>> _after;
    private readonly SortedDictionary<T, SortedSet<T>> _before;

    /// <summary>Makes a graph; the ends of edges are nodes whether they are listed or not.</summary>
    public DirectedGraph(IEnumerable<T> nodes, IEnumerable<(T From, T To)> edges)
    {
        _after = new(NodeOrder);
        _before = new(NodeOrder);
        foreach (T node in nodes)
        {
            Add(node);
        }

        foreach ((T from, T to) in edges)
        {
            Add(from);
            Add(to);
            _ = _after[from].Add(to);
            _ = _before[to].Add(from);
        }
    }

    /// <summary>Makes a graph of edges and their ends.</summary>
    public DirectedGraph(IEnumerable<(T From, T To)> edges)
        : this([], edges)
    {
    }

    /// <summary>Every node in order.</summary>
    public IReadOnlyCollection<T> Nodes => _after.Keys;

    private static IComparer<T> NodeOrder { get; } =
        typeof(T) == typeof(string) ? (IComparer<T>)StringComparer.Ordinal : Comparer<T>.Default;

    /// <summary>What a node needs directly, in order; empty for an unknown node.</summary>
    public IReadOnlyCollection<T> Before(T node) => _before.TryGetValue(node, out SortedSet<T>? found) ? found : [];

    /// <summary>What needs a node directly, in order; empty for an unknown node.</summary>
    public IReadOnlyCollection<T> After(T node) => _after.TryGetValue(node, out SortedSet<T>? found) ? found : [];

    /// <summary>Everything a node needs directly or through others, without itself, in order.</summary>
    public ImmutableSortedSet<T> Ancestors(T node) => Reach(node, Before);

    /// <summary>Everything that needs a node directly or through others, without itself, in order.</summary>
    public ImmutableSortedSet<T> Descendants(T node) => Reach(node, After);

    /// <summary>
    /// Every node after all that it needs; of those that could come next, the least comes first. False when the graph
    /// has a cycle, with the nodes that come before one.
    /// </summary>
    public bool TryOrder(out ImmutableArray<T> order)
    {
        var open = _before.ToDictionary(e => e.Key, e => e.Value.Count);
        var ready = new SortedSet<T>(open.Where(e => e.Value == 0).Select(e => e.Key), NodeOrder);
        ImmutableArray<T>.Builder done = ImmutableArray.CreateBuilder<T>(open.Count);
        while (ready.Count > 0)
        {
            T next = ready.Min!;
            _ = ready.Remove(next);
            done.Add(next);
            foreach (T after in _after[next].Where(a => --open[a] == 0))
            {
                _ = ready.Add(after);
            }
        }

        order = done.ToImmutable();
        return order.Length == _after.Count;
    }

    /// <summary>A cycle as a path that ends where it begins (<c>a, b, a</c>); empty when there is none.</summary>
    public ImmutableArray<T> FindCycle()
    {
        if (TryOrder(out ImmutableArray<T> order))
        {
            return [];
        }

        // Every node outside the order has a predecessor outside it: walking back must come to a node twice.
        HashSet<T> outside = [.. _after.Keys.Except(order)];
        var path = new List<T>();
        T at = outside.Min(NodeOrder)!;
        while (!path.Contains(at))
        {
            path.Add(at);
            at = _before[at].First(outside.Contains);
        }

        List<T> cycle = path[path.IndexOf(at)..];
        cycle.Reverse();
        int least = cycle.IndexOf(cycle.Min(NodeOrder)!);
        return [.. cycle[least..], .. cycle[..least], cycle[least]];
    }

    private void Add(T node)
    {
        _ = _after.TryAdd(node, new(NodeOrder));
        _ = _before.TryAdd(node, new(NodeOrder));
    }

    private static ImmutableSortedSet<T> Reach(T node, Func<T, IReadOnlyCollection<T>> next)
    {
        ImmutableSortedSet<T>.Builder reached = ImmutableSortedSet.CreateBuilder(NodeOrder);
        var open = new Stack<T>(next(node));
        while (open.TryPop(out T? at))
        {
            if (reached.Add(at))
            {
                foreach (T further in next(at))
                {
                    open.Push(further);
                }
            }
        }

        _ = reached.Remove(node);
        return reached.ToImmutable();
    }
}
