namespace Landfall.Sql.Macros;

/// <summary>What macros are expanded for. Spark's SQL is written from the syntax tree instead.</summary>
internal enum MacroTarget
{
    /// <summary>The parser: a macro becomes a call of its own name, so that rules see it and its arguments.</summary>
    Syntax,

    /// <summary>DuckDB.</summary>
    DuckDb,
}
