namespace Landfall.Estate.Integrations;

/// <summary>
/// Formats of source files. Each may be plain, gzip (<c>.gz</c>) or zstd (<c>.zst</c>), Parquet only plain.
/// </summary>
public enum FileFormat
{
    /// <summary>
    /// Told file by file by the extension before <c>.gz</c> or <c>.zst</c>: <c>.csv</c>, <c>.json</c>,
    /// <c>.jsonl</c> or <c>.ndjson</c>, <c>.parquet</c>.
    /// </summary>
    ByExtension,

    /// <summary>Comma-separated values with a header line.</summary>
    Csv,

    /// <summary>One JSON array of objects.</summary>
    Json,

    /// <summary>One JSON object a line.</summary>
    JsonLines,

    /// <summary>Apache Parquet.</summary>
    Parquet,
}
