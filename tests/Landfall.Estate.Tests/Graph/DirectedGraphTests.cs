using System.Collections.Immutable;
using Landfall.Estate.Graph;

namespace Landfall.Estate.Tests.Graph;

public sealed class DirectedGraphTests
{
    [Fact]
    public void TryOrder_Diamond_PutsNeedsFirstAndTheLeastOfEquals()
    {
        var graph = new DirectedGraph<string>(["z"], [("a", "c"), ("a", "b"), ("b", "d"), ("c", "d")]);

        Assert.True(graph.TryOrder(out ImmutableArray<string> order));
        Assert.Equal(["a", "b", "c", "d", "z"], order.AsEnumerable());
        Assert.Empty(graph.FindCycle());
    }

    [Fact]
    public void TryOrder_EdgesInAnyOrder_GivesTheSame()
    {
        (string, string)[] edges = [("m", "b"), ("x", "a"), ("b", "y"), ("x", "y"), ("m", "a")];
        _ = new DirectedGraph<string>(edges).TryOrder(out ImmutableArray<string> one);
        _ = new DirectedGraph<string>(edges.Reverse()).TryOrder(out ImmutableArray<string> other);

        Assert.Equal(one.AsEnumerable(), other);
    }

    [Theory]
    [InlineData("a>a", "a a")]
    [InlineData("a>b b>a", "a b a")]
    [InlineData("c>b b>d d>c x>c d>y", "b d c b")]
    [InlineData("a>b b>c c>a d>e", "a b c a")]
    public void FindCycle_Cycle_GivesItsPath(string edges, string path)
    {
        var graph = new DirectedGraph<string>(edges.Split(' ').Select(e => (e[..1], e[2..])));

        Assert.False(graph.TryOrder(out _));
        Assert.Equal(path, string.Join(' ', graph.FindCycle()));
    }

    [Fact]
    public void AncestorsAndDescendants_Chain_AreTransitiveWithoutTheNode()
    {
        var graph = new DirectedGraph<string>([("a", "b"), ("b", "c"), ("c", "d"), ("x", "c")]);

        Assert.Equal(["a", "b", "x"], graph.Ancestors("c"));
        Assert.Equal(["c", "d"], graph.Descendants("b"));
        Assert.Empty(graph.Ancestors("a"));
        Assert.Empty(graph.Descendants("unknown"));
    }

    [Fact]
    public void Descendants_OnACycle_End()
    {
        var graph = new DirectedGraph<string>([("a", "b"), ("b", "a")]);

        Assert.Equal(["b"], graph.Descendants("a"));
    }

    [Fact]
    public void TryOrder_LongChainOfTables_DoesNotRecurse()
    {
        TableName[] tables = [.. Enumerable.Range(0, 20_000).Select(i => new TableName("z", "u", $"t{i:d6}"))];
        var graph = new DirectedGraph<TableName>(tables.Zip(tables.Skip(1)));

        Assert.True(graph.TryOrder(out ImmutableArray<TableName> order));
        Assert.Equal(tables, order);
        Assert.Equal(tables.Length - 1, graph.Descendants(tables[0]).Count);
    }
}
