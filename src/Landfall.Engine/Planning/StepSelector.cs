using System.Collections.Immutable;
using Landfall.Engine.Steps;
using Landfall.Estate;

namespace Landfall.Engine.Planning;

/// <summary>
/// Picks steps: a unit's id (<c>invoices</c> or <c>billing/invoices</c>), a table's SQL name, <c>zone:x</c> or
/// <c>state:modified</c>; <c>+</c> before it adds what it depends on, after it what depends on it.
/// </summary>
public static class StepSelector
{
    /// <summary>Picks steps; without selectors all of them. The order of the steps is kept.</summary>
    /// <param name="nodes">All steps, each after those it depends on.</param>
    /// <param name="select">Selectors of which any may match; empty selects everything.</param>
    /// <param name="exclude">Selectors of which none may match.</param>
    /// <param name="modified">Steps whose code or contract changed since their last build.</param>
    /// <exception cref="LandfallException">LF4002 where a selector matches nothing.</exception>
    public static ImmutableArray<StepNode> Select(
        ImmutableArray<StepNode> nodes, IReadOnlyCollection<string> select, IReadOnlyCollection<string> exclude,
        IReadOnlySet<string> modified)
    {
        HashSet<string> chosen = [.. select.Count == 0 ? nodes.Select(n => n.Key) : Match(nodes, select, modified)];
        chosen.ExceptWith(Match(nodes, exclude, modified));
        return [.. nodes.Where(n => chosen.Contains(n.Key))];
    }

    private static IEnumerable<string> Match(
        ImmutableArray<StepNode> nodes, IEnumerable<string> selectors, IReadOnlySet<string> modified) =>
        selectors.SelectMany(s => s.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries))
            .SelectMany(s => MatchOne(nodes, s, modified));

    private static HashSet<string> MatchOne(ImmutableArray<StepNode> nodes, string selector,
        IReadOnlySet<string> modified)
    {
        bool before = selector.StartsWith('+');
        bool after = selector.EndsWith('+');
        string name = selector.Trim('+');
        HashSet<string> found = [.. nodes.Where(n => Matches(n, name, modified)).Select(n => n.Key)];
        if (found.Count == 0 && name != "state:modified")
        {
            throw new LandfallException(
                "LF4002",
                $"The selector '{selector}' matches nothing. It may be {Examples(nodes)}, zone:ID or state:modified, "
                + "with + before or after it. Nothing was run.");
        }

        HashSet<string> result = [.. found];
        if (before)
        {
            Extend(result, nodes.Reverse(), n => n.DependsOn, forwards: true);
        }

        if (after)
        {
            HashSet<string> downstream = [.. found];
            Extend(downstream, nodes, n => n.DependsOn, forwards: false);
            result.UnionWith(downstream);
        }

        return result;
    }

    private static bool Matches(StepNode node, string name, IReadOnlySet<string> modified)
    {
        if (name.StartsWith("zone:", StringComparison.Ordinal))
        {
            return node.Zone.Id == name["zone:".Length..];
        }

        return name == "state:modified"
            ? modified.Contains(node.Key)
            : name == node.UnitId || name == $"{node.Zone.Id}/{node.UnitId}" || name == node.Key
              || (node.Kind != StepKind.Land && name == node.Table.Table)
              || name == $"{node.Table.Zone}.{node.Table.Unit}";
    }

    /// <summary>Nodes come in dependency order, so that one pass in the right direction finds everything.</summary>
    private static void Extend(
        HashSet<string> set, IEnumerable<StepNode> nodes, Func<StepNode, ImmutableArray<string>> dependsOn,
            bool forwards)
    {
        foreach (StepNode node in nodes)
        {
            if (forwards && set.Contains(node.Key))
            {
                set.UnionWith(dependsOn(node));
            }
            else if (!forwards && dependsOn(node).Any(set.Contains))
            {
                set.Add(node.Key);
            }
        }
    }

    private static string Examples(ImmutableArray<StepNode> nodes) =>
        string.Join(", ", nodes.Select(n => n.UnitId).Distinct().Take(8));
}
