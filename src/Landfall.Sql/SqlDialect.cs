namespace Landfall.Sql;

/// <summary>The engine that a query is compiled for.</summary>
public enum SqlDialect
{
    /// <summary>DuckDB, session time zone UTC.</summary>
    DuckDb,

    /// <summary>
    /// Apache Spark 4 with ANSI mode, double-quoted identifiers, raw string literals and session time zone UTC.
    /// </summary>
    Spark,
}
