namespace Landfall.Sql.Syntax;

/// <summary>What a query is.</summary>
internal enum SqlQueryKind
{
    /// <summary>A node we do not know: refused.</summary>
    Unknown,

    /// <summary>SELECT.</summary>
    Select,

    /// <summary>UNION, EXCEPT, INTERSECT.</summary>
    SetOperation,

    /// <summary>The body of a recursive CTE.</summary>
    Recursive,
}
