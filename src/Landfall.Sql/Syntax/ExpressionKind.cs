namespace Landfall.Sql.Syntax;

/// <summary>What an expression is; named after DuckDB's expression classes.</summary>
internal enum ExpressionKind
{
    /// <summary>A class we do not know: refused.</summary>
    Unknown,

    /// <summary>A column, in one to four parts.</summary>
    Column,

    /// <summary>A literal.</summary>
    Constant,

    /// <summary>A function, aggregate or operator spelt as one (<c>+</c>).</summary>
    Function,

    /// <summary>A function over a window.</summary>
    Window,

    /// <summary>CAST and TRY_CAST.</summary>
    Cast,

    /// <summary>CASE.</summary>
    Case,

    /// <summary><c>=</c>, <c>&lt;</c>, IS DISTINCT FROM and so on.</summary>
    Comparison,

    /// <summary>BETWEEN.</summary>
    Between,

    /// <summary>AND, OR.</summary>
    Conjunction,

    /// <summary>NOT, IS NULL, IN, COALESCE, subscripts; the type says which.</summary>
    Operator,

    /// <summary>A subquery: scalar, EXISTS, IN, ANY.</summary>
    Subquery,

    /// <summary><c>*</c> and COLUMNS.</summary>
    Star,

    /// <summary>A lambda, and the JSON arrow.</summary>
    Lambda,

    /// <summary><c>?</c>, <c>$1</c>.</summary>
    Parameter,

    /// <summary><c>#1</c>.</summary>
    PositionalReference,

    /// <summary>COLLATE.</summary>
    Collate,
}
