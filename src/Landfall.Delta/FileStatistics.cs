using System.Text.Json;
using Landfall.Delta.Log;

namespace Landfall.Delta;

/// <summary>
/// What a writer recorded of a data file. Bounds may be wider than the data, never narrower; what is missing is
/// unknown.
/// Immutable; safe for concurrent use.
/// </summary>
public sealed class FileStatistics
{
    private readonly Lazy<JsonElement> _root;

    private FileStatistics(string json)
    {
        Json = json;
        _root = new(Parse);
    }

    /// <summary>The statistics as the log has them.</summary>
    public string Json { get; }

    /// <summary>Rows in the file.</summary>
    public long NumRecords =>
        Root.TryGetProperty("numRecords"u8, out JsonElement n) && n.TryGetInt64(out long rows) && rows >= 0
            ? rows
            : throw Corrupt(null);

    private JsonElement Root => _root.Value;

    /// <summary>Wraps statistics; null for null and for statistics that do not say how many rows there are.</summary>
    /// <remarks>Errors in the text show when it is used, as <see cref="CorruptTableException"/>.</remarks>
    public static FileStatistics? Of(string? json) =>
        json is not null && json.Contains("\"numRecords\"", StringComparison.Ordinal) ? new(json) : null;

    /// <summary>Nulls in a column; null where that is not known.</summary>
    /// <param name="path">The column's name, then names of struct fields.</param>
    public long? NullCount(params ReadOnlySpan<string> path) =>
        Find("nullCount", path) is { ValueKind: JsonValueKind.Number } n && n.TryGetInt64(out long nulls) ? nulls
            : null;

    /// <summary>A lower bound of a column's values as JSON; null where it is not known.</summary>
    public JsonElement? Min(params ReadOnlySpan<string> path) => Find("minValues", path);

    /// <summary>An upper bound of a column's values as JSON; null where it is not known.</summary>
    public JsonElement? Max(params ReadOnlySpan<string> path) => Find("maxValues", path);

    private JsonElement? Find(string part, ReadOnlySpan<string> path)
    {
        if (!Root.TryGetProperty(part, out JsonElement element))
        {
            return null;
        }

        foreach (string name in path)
        {
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out element))
            {
                return null;
            }
        }

        return element.ValueKind == JsonValueKind.Null ? null : element;
    }

    private JsonElement Parse()
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(Json);
            return document.RootElement.ValueKind == JsonValueKind.Object ? document.RootElement.Clone()
                : throw Corrupt(null);
        }
        catch (JsonException e)
        {
            throw Corrupt(e);
        }
    }

    private static CorruptTableException Corrupt(Exception? inner) =>
        new(LogFiles.Folder, "the statistics of a data file are damaged", inner);
}
