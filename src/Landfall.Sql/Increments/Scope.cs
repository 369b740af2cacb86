using System.Collections.Immutable;
using Landfall.Sql.Syntax;

namespace Landfall.Sql.Increments;

/// <summary>What the names of an expression mean: the sources of a FROM clause, and what stands around it.</summary>
/// <param name="Sources">The sources in order.</param>
/// <param name="Merged">What an unqualified column of USING means.</param>
/// <param name="Outer">The scope around a subquery; null for none.</param>
internal sealed record Scope(
    ImmutableArray<(int Id, string Alias, Relation Relation)> Sources,
    ImmutableDictionary<string, string> Merged, Scope? Outer)
{
    private static readonly string[] Unfollowed = ["DECIMAL", "UNBOUND", "UNKNOWN", ""];

    /// <summary>The numbers of its own sources.</summary>
    public ImmutableHashSet<int> Ids => [.. Sources.Select(s => s.Id)];

    /// <summary>What the select list calls its expressions; a name of the sources goes first.</summary>
    public ImmutableDictionary<string, SqlExpression> Aliases { get; init; } =
        ImmutableDictionary<string, SqlExpression>.Empty;

    /// <summary>A scope with the sources of two.</summary>
    public Scope With(Scope other) => this with
    {
        Sources = [.. Sources, .. other.Sources],
        Merged = other.Merged.SetItems(Merged),
    };

    /// <summary>The text of an expression; null where it cannot be followed.</summary>
    public string? KeyOf(SqlExpression expression) => expression.Kind switch
    {
        ExpressionKind.Column => Find(expression),
        ExpressionKind.Cast when Unfollowed.Contains(expression.DataType) => null,
        ExpressionKind.Constant when expression.DataType == "DECIMAL" => null,
        ExpressionKind.Constant or ExpressionKind.Function or ExpressionKind.Cast or ExpressionKind.Case
            or ExpressionKind.Comparison or ExpressionKind.Between or ExpressionKind.Conjunction
            or ExpressionKind.Operator => NodeOf(expression),
        _ => null,
    };

    /// <summary>What an unqualified name means here; null where that is not known.</summary>
    public string? Find(string name)
    {
        if (Merged.TryGetValue(name, out string? merged))
        {
            return merged;
        }

        foreach ((int id, _, Relation relation) in Sources)
        {
            int at = PositionOf(relation, name);
            if (at >= 0)
            {
                return PartitionKey.Column(id, at);
            }
        }

        return null;
    }

    private string? NodeOf(SqlExpression expression)
    {
        string?[] below = [.. expression.Children.Select(c => KeyOf(c))];
        if (below.Contains(null) || !expression.Orders.IsEmpty)
        {
            return null;
        }

        return expression.Type == "OPERATOR_COALESCE"
            ? PartitionKey.FirstKnown(below.OfType<string>())
            : PartitionKey.Node(
                expression.Type, expression.Name, expression.DataType, expression.Value, below.OfType<string>());
    }

    private string? Find(SqlExpression column)
    {
        string name = column.Parts[^1];
        if (column.Parts.Length > 1)
        {
            string alias = column.Parts[^2];
            foreach ((int id, _, Relation relation) in Sources.Where(s => Same(s.Alias, alias)))
            {
                int at = PositionOf(relation, name);
                return at < 0 ? null : PartitionKey.Column(id, at);
            }

            return Outer?.Find(column);
        }

        return Find(name)
            ?? (Aliases.TryGetValue(name, out SqlExpression? meant)
                ? (this with { Aliases = Aliases.Remove(name) }).KeyOf(meant)
                : Outer?.Find(column));
    }

    private static int PositionOf(Relation relation, string name)
    {
        for (int i = 0; i < relation.Columns.Length; i++)
        {
            if (Same(relation.Columns[i], name))
            {
                return i;
            }
        }

        return -1;
    }

    private static bool Same(string one, string other) => one.Equals(other, StringComparison.OrdinalIgnoreCase);
}
