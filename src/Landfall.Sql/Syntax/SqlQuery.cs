using System.Collections.Immutable;

namespace Landfall.Sql.Syntax;

/// <summary>A SELECT or set operation of the syntax tree.</summary>
internal sealed record SqlQuery
{
    /// <summary>What it is.</summary>
    public required SqlQueryKind Kind { get; init; }

    /// <summary>The parser's name of the node or set operation, for example <c>UNION_BY_NAME</c>.</summary>
    public required string Type { get; init; }

    /// <summary>WITH, in order.</summary>
    public ImmutableArray<SqlCte> Ctes { get; init; } = [];

    /// <summary>The select list.</summary>
    public ImmutableArray<SqlExpression> Columns { get; init; } = [];

    /// <summary>FROM; null for set operations.</summary>
    public SqlTable? From { get; init; }

    /// <summary>WHERE.</summary>
    public SqlExpression? Where { get; init; }

    /// <summary>GROUP BY.</summary>
    public ImmutableArray<SqlExpression> Groups { get; init; } = [];

    /// <summary>
    /// The grouping sets, as indices of <see cref="Groups"/>; one with all of them for a plain GROUP BY.
    /// </summary>
    public ImmutableArray<ImmutableArray<int>> GroupingSets { get; init; } = [];

    /// <summary>HAVING.</summary>
    public SqlExpression? Having { get; init; }

    /// <summary>QUALIFY.</summary>
    public SqlExpression? Qualify { get; init; }

    /// <summary>ORDER BY.</summary>
    public ImmutableArray<SqlOrder> Orders { get; init; } = [];

    /// <summary>LIMIT.</summary>
    public SqlExpression? Limit { get; init; }

    /// <summary>OFFSET.</summary>
    public SqlExpression? Offset { get; init; }

    /// <summary>The expressions of LIMIT and OFFSET.</summary>
    public ImmutableArray<SqlExpression> Limits => [.. new[] { Limit, Offset }.OfType<SqlExpression>()];

    /// <summary>GROUP BY ALL.</summary>
    public bool GroupsByAll { get; init; }

    /// <summary>USING SAMPLE.</summary>
    public bool Samples { get; init; }

    /// <summary>LIMIT n %.</summary>
    public bool LimitsByPercent { get; init; }

    /// <summary>SELECT DISTINCT.</summary>
    public bool IsDistinct { get; init; }

    /// <summary>DISTINCT ON.</summary>
    public ImmutableArray<SqlExpression> DistinctOn { get; init; } = [];

    /// <summary>A modifier we do not know.</summary>
    public bool HasUnknownModifier { get; init; }

    /// <summary>ALL of a set operation.</summary>
    public bool IsAll { get; init; }

    /// <summary>The sides of a set operation or recursive CTE.</summary>
    public ImmutableArray<SqlQuery> Sides { get; init; } = [];

    /// <summary>The expressions of this query itself, in reading order, without those of its tables.</summary>
    public IEnumerable<SqlExpression> Expressions()
    {
        SqlExpression?[] single = [Where, Having, Qualify];
        return Columns.Concat(single.OfType<SqlExpression>()).Concat(Groups)
            .Concat(Orders.Select(o => o.Expression)).Concat(Limits).Concat(DistinctOn);
    }
}
