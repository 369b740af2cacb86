namespace Landfall.Sql;

/// <summary>The engine that a query is compiled for.</summary>
public enum SqlDialect
{
    /// <summary>DuckDB, session time zone UTC.</summary>
    DuckDb,

    /// <summary>
    /// Apache Spark with the settings of <see cref="Estate.Zones.SparkPins"/>.
    /// </summary>
    Spark,
}
