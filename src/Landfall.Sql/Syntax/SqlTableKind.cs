namespace Landfall.Sql.Syntax;

/// <summary>What stands in a FROM clause; named after DuckDB's table references.</summary>
internal enum SqlTableKind
{
    /// <summary>A reference we do not know: refused.</summary>
    Unknown,

    /// <summary>No FROM.</summary>
    Empty,

    /// <summary>A table or CTE by name.</summary>
    Base,

    /// <summary>A join of two.</summary>
    Join,

    /// <summary>A subquery.</summary>
    Subquery,

    /// <summary>A table function.</summary>
    Function,

    /// <summary>VALUES.</summary>
    Values,

    /// <summary>SHOW, DESCRIBE, SUMMARIZE.</summary>
    Show,

    /// <summary>PIVOT, UNPIVOT.</summary>
    Pivot,
}
