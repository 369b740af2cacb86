using System.Collections.Frozen;

namespace Landfall.Estate.Zones;

/// <summary>
/// Settings of a Spark session that Landfall decides: with another value the same SQL gives other rows, or files that
/// other readers refuse.
/// </summary>
public static class SparkPins
{
    /// <summary>Values by name; every session has them, and a pool cannot change them.</summary>
    public static FrozenDictionary<string, string> All { get; } = new Dictionary<string, string>
    {
        ["spark.sql.ansi.enabled"] = "true",
        ["spark.sql.ansi.doubleQuotedIdentifiers"] = "true",
        ["spark.sql.parser.escapedStringLiterals"] = "true",
        ["spark.sql.session.timeZone"] = "UTC",
        ["spark.sql.caseSensitive"] = "false",
        ["spark.sql.storeAssignmentPolicy"] = "ANSI",
        ["spark.sql.legacy.timeParserPolicy"] = "CORRECTED",

        // Decimals keep their scale, as in DuckDB; a value beyond 38 digits is an error instead of losing decimals.
        ["spark.sql.decimalOperations.allowPrecisionLoss"] = "false",
        ["spark.sql.timestampType"] = "TIMESTAMP_LTZ",
        ["spark.sql.groupByAliases"] = "true",
        ["spark.sql.groupByOrdinal"] = "true",
        ["spark.sql.orderByOrdinal"] = "true",
        ["spark.sql.crossJoin.enabled"] = "true",
        ["spark.sql.legacy.statisticalAggregate"] = "false",
        ["spark.sql.legacy.setopsPrecedence.enabled"] = "false",

        // Otherwise '${env:NAME}' in a text is the environment of Spark's server.
        ["spark.sql.variable.substitute"] = "false",
        ["spark.sql.parquet.outputTimestampType"] = "TIMESTAMP_MICROS",
        ["spark.sql.parquet.compression.codec"] = "snappy",
        ["spark.sql.parquet.writeLegacyFormat"] = "false",
        ["spark.sql.parquet.datetimeRebaseModeInWrite"] = "CORRECTED",
        ["spark.sql.parquet.datetimeRebaseModeInRead"] = "CORRECTED",
        ["spark.sql.parquet.binaryAsString"] = "false",
        ["spark.sql.files.ignoreCorruptFiles"] = "false",
        ["spark.sql.files.ignoreMissingFiles"] = "false",
        ["spark.sql.execution.arrow.compression.codec"] = "none",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Whether a name is one of them, as Spark compares names.</summary>
    public static bool Has(string name) => All.Keys.Contains(name, StringComparer.OrdinalIgnoreCase);
}
