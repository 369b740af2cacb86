using System.Collections.Immutable;

namespace Landfall.Sql.Syntax;

/// <summary>A table reference of the syntax tree.</summary>
internal sealed record SqlTable
{
    /// <summary>What it is.</summary>
    public required SqlTableKind Kind { get; init; }

    /// <summary>Index in the parsed text; -1 where the parser does not say.</summary>
    public required int At { get; init; }

    /// <summary>DuckDB's name of the reference, for messages.</summary>
    public required string Type { get; init; }

    /// <summary>Name parts of a base table as written, outermost first: one to three.</summary>
    public ImmutableArray<string> Parts { get; init; } = [];

    /// <summary>Its alias as written; empty for none.</summary>
    public string Alias { get; init; } = "";

    /// <summary>Names for its columns behind the alias; empty for none.</summary>
    public ImmutableArray<string> ColumnAliases { get; init; } = [];

    /// <summary>INNER, LEFT, RIGHT, FULL, SEMI or ANTI; empty unless a join.</summary>
    public string JoinType { get; init; } = "";

    /// <summary>The columns of USING.</summary>
    public ImmutableArray<string> Using { get; init; } = [];

    /// <summary>REGULAR, NATURAL, CROSS, ASOF, POSITIONAL, …; empty unless a join.</summary>
    public string JoinKind { get; init; } = "";

    /// <summary>The sides of a join.</summary>
    public ImmutableArray<SqlTable> Sides { get; init; } = [];

    /// <summary>Join condition, values of VALUES, the call of a table function.</summary>
    public ImmutableArray<SqlExpression> Expressions { get; init; } = [];

    /// <summary>How many values each row of VALUES has; zero for other kinds.</summary>
    public int Width { get; init; }

    /// <summary>The query of a subquery or SHOW.</summary>
    public SqlQuery? Query { get; init; }

    /// <summary>TABLESAMPLE.</summary>
    public bool Samples { get; init; }

    /// <summary>AT (VERSION …).</summary>
    public bool HasVersion { get; init; }
}
