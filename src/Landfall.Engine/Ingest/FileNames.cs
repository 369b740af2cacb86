using System.Globalization;
using System.Text.RegularExpressions;
using Landfall.Engine.Formats.Compression;
using Landfall.Estate;
using Landfall.Estate.Integrations;

namespace Landfall.Engine.Ingest;

/// <summary>What the name of a source file tells.</summary>
public static partial class FileNames
{
    /// <summary>How the file is compressed.</summary>
    public static FileCompression CompressionOf(string file) =>
        file.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? FileCompression.Gzip
        : file.EndsWith(".zst", StringComparison.OrdinalIgnoreCase) ? FileCompression.Zstd
        : FileCompression.None;

    /// <summary>The format a table declares, or the one of the name; LF4268 where the name does not tell.</summary>
    public static FileFormat FormatOf(string file, FileFormat declared)
    {
        if (declared != FileFormat.ByExtension)
        {
            return declared;
        }

        string bare = CompressionOf(file) == FileCompression.None ? file : Path.ChangeExtension(file, null);
        return Path.GetExtension(bare).ToLowerInvariant() switch
        {
            ".csv" => FileFormat.Csv,
            ".json" => FileFormat.Json,
            ".jsonl" or ".ndjson" => FileFormat.JsonLines,
            ".parquet" => FileFormat.Parquet,
            _ => throw new LandfallException(
                IngestCodes.UnknownFormat,
                $"The name of the source file {file} does not tell its format. Nothing of its batch was landed. "
                + "Set format: in integration.yaml, or narrow files: to names that end in .csv, .json, .jsonl, "
                + ".ndjson or "
                + ".parquet, compressed ones with .gz or .zst besides."),
        };
    }

    /// <summary>
    /// The first ISO date in the file's name as the start of that day, UTC; null where there is none.
    /// </summary>
    public static DateTimeOffset? DateIn(string file)
    {
        foreach (Match match in IsoDate().Matches(Path.GetFileName(file)))
        {
            if (DateTimeOffset.TryParseExact(
                match.Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal,
                    out DateTimeOffset day))
            {
                return day;
            }
        }

        return null;
    }

    [GeneratedRegex(@"\d{4}-\d{2}-\d{2}")]
    private static partial Regex IsoDate();
}
