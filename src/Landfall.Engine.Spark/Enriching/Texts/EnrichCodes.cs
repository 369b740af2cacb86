using Landfall.Engine.Engines;
using Landfall.Estate;

namespace Landfall.Engine.Spark.Enriching.Texts;

/// <summary>The diagnostic codes of enriching on Spark.</summary>
internal static class EnrichCodes
{
    /// <summary>A format, a mode or a column type that Spark does not read as DuckDB does.</summary>
    public const string NotRead = "LF4340";

    /// <summary>A zone that Spark does not know.</summary>
    public const string Zone = "LF4341";

    /// <summary>A file too large, or nested too deep, to be read as one text.</summary>
    public const string NotSplit = "LF4342";

    /// <summary>Spark did not read a file that has rows, or read another.</summary>
    public const string Unseen = "LF4343";

    /// <summary>A Spark that is too old for what is to be read.</summary>
    public const string Version = "LF4344";

    /// <summary>LF4340: what Spark does not read as DuckDB does.</summary>
    /// <param name="request">What was to be read.</param>
    /// <param name="what">What is not read.</param>
    public static LandfallException NotReadBySpark(EnrichRequest request, string what) => new(
        NotRead,
        $"{request.Table}: the engine spark does not read {what}. Nothing was read or committed; what was landed stays "
        + "in raw. Name a pool with engine: duckdb for this integration, then run again.");
}
