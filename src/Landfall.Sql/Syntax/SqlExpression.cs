using System.Collections.Immutable;

namespace Landfall.Sql.Syntax;

/// <summary>An expression of the syntax tree.</summary>
internal sealed record SqlExpression
{
    /// <summary>What it is.</summary>
    public required ExpressionKind Kind { get; init; }

    /// <summary>Index in the parsed text; -1 where the parser does not say.</summary>
    public required int At { get; init; }

    /// <summary>DuckDB's finer type, for example <c>COMPARE_EQUAL</c> or <c>ARRAY_EXTRACT</c>.</summary>
    public string Type { get; init; } = "";

    /// <summary>Its alias; empty for none.</summary>
    public string Alias { get; init; } = "";

    /// <summary>Function name in lower case, or the parts of a column joined by dots; else empty.</summary>
    public string Name { get; init; } = "";

    /// <summary>Schema of a function; empty or <c>main</c> for the engine's own.</summary>
    public string Schema { get; init; } = "";

    /// <summary>Parts of a column's name.</summary>
    public ImmutableArray<string> Parts { get; init; } = [];

    /// <summary>Every expression below, in order, those of windows, filters and orders included.</summary>
    public ImmutableArray<SqlExpression> Children { get; init; } = [];

    /// <summary>How many of <see cref="Children"/>, from the first, are arguments.</summary>
    public int Arguments { get; init; }

    /// <summary>PARTITION BY of a window.</summary>
    public ImmutableArray<SqlExpression> Partitions { get; init; } = [];

    /// <summary>ORDER BY of a window or aggregate.</summary>
    public ImmutableArray<SqlOrder> Orders { get; init; } = [];

    /// <summary>FILTER of an aggregate.</summary>
    public SqlExpression? Filter { get; init; }

    /// <summary>The rows of a window; null for other kinds.</summary>
    public SqlFrame? Frame { get; init; }

    /// <summary>How many rows <c>lag</c> and <c>lead</c> go; null where it is not said.</summary>
    public SqlExpression? Offset { get; init; }

    /// <summary>What <c>lag</c> and <c>lead</c> give where there is no row; null where it is not said.</summary>
    public SqlExpression? Default { get; init; }

    /// <summary>DISTINCT in an aggregate.</summary>
    public bool Distinct { get; init; }

    /// <summary>IGNORE NULLS in a window.</summary>
    public bool IgnoreNulls { get; init; }

    /// <summary>A literal's or a cast's type as DuckDB names it, for example <c>DECIMAL</c>; else empty.</summary>
    public string DataType { get; init; } = "";

    /// <summary>TRY_CAST.</summary>
    public bool IsTry { get; init; }

    /// <summary>A literal's text, of decimals the digits without the point; empty for NULL and other kinds.</summary>
    public string Value { get; init; } = "";

    /// <summary>Digits of a literal's or a cast's decimal type; zero for other types.</summary>
    public int Width { get; init; }

    /// <summary>Decimals of a literal's or a cast's decimal type.</summary>
    public int Scale { get; init; }

    /// <summary>The literal NULL.</summary>
    public bool IsNull => Kind == ExpressionKind.Constant && DataType == "NULL";

    /// <summary>
    /// How a subquery with an operand compares, for example <c>COMPARE_EQUAL</c> for IN; what kind it is where it has
    /// none, for example <c>EXISTS</c>.
    /// </summary>
    public string Comparison { get; init; } = "";

    /// <summary>The query of a subquery.</summary>
    public SqlQuery? Query { get; init; }

    /// <summary>Of CASE, what stands behind WHEN: children are conditions and results in turn, ELSE the last.</summary>
    public IEnumerable<SqlExpression> CaseConditions =>
        Children.Where((_, i) => i % 2 == 0 && i < Children.Length - 1);

    /// <summary>Of CASE, what stands behind THEN and ELSE.</summary>
    public IEnumerable<SqlExpression> CaseResults =>
        Children.Where((_, i) => i % 2 == 1 || i == Children.Length - 1);

    /// <summary>This and all expressions below it, subqueries not entered.</summary>
    public IEnumerable<SqlExpression> Walk() => Children.SelectMany(c => c.Walk()).Prepend(this);

    /// <summary>Text that is equal for expressions that say the same, whatever their place and alias.</summary>
    public string Fingerprint() =>
        $"{Type}:{Name.ToLowerInvariant()}:{DataType}:{Value}"
        + $"({string.Join(",", Children.Select(c => c.Fingerprint()))})";
}
