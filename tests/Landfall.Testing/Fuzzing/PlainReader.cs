using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Unicode;

namespace Landfall.Testing.Fuzzing;

/// <summary>
/// Reads small files by the rules that are documented and in the plainest way: all of it in memory, JSON by the
/// runtime. Shares nothing with the readers that are judged by it.
/// </summary>
public static class PlainReader
{
    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = 64 };

    /// <summary>The records of a text file; null where the file is bad as a whole.</summary>
    /// <param name="format">csv, jsonl or json.</param>
    /// <param name="bytes">The file.</param>
    public static IReadOnlyList<SourceRow>? Read(string format, byte[] bytes)
    {
        if (IsForeign(bytes))
        {
            return null;
        }

        byte[] text = bytes.AsSpan().StartsWith("\uFEFF"u8) ? bytes[3..] : bytes;
        byte lineEnd = text.Contains((byte)'\r') && !text.Contains((byte)'\n') ? (byte)'\r' : (byte)'\n';
        return format switch
        {
            "csv" => new PlainCsv(text, lineEnd).Read(),
            "jsonl" => [.. JsonLines(text, lineEnd)],
            _ => JsonArray(text),
        };
    }

    private static bool IsForeign(byte[] bytes) =>
        new byte[][]
        {
            [0xFF, 0xFE], [0xFE, 0xFF], [0x1F, 0x8B], [0x28, 0xB5, 0x2F, 0xFD], [.. "PAR1"u8], [.. "PK\x3\x4"u8],
        }.Any(s => bytes.AsSpan().StartsWith(s))
        || (bytes.Length > 3 && ((bytes[0] == 0 && bytes[2] == 0) || (bytes[1] == 0 && bytes[3] == 0)));

    private static IEnumerable<SourceRow> JsonLines(byte[] text, byte lineEnd)
    {
        int start = 0;
        for (long number = 1; start < text.Length; number++)
        {
            int end = Array.IndexOf(text, lineEnd, start);
            end = end < 0 ? text.Length : end;
            byte[] line = text[start..end];
            if (line.Any(b => !" \t\r"u8.Contains(b)))
            {
                yield return new(number, Utf8.IsValid(line) ? Object(line) : null);
            }

            start = end + 1;
        }
    }

    private static List<SourceRow>? JsonArray(byte[] text)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(text, new() { MaxDepth = 65 });
            return document.RootElement.ValueKind != JsonValueKind.Array ? null
                : [.. document.RootElement.EnumerateArray().Select((e, i) => Element(i + 1, e))];
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static SourceRow Element(long number, JsonElement element)
    {
        byte[] text = JsonMarshal.GetRawUtf8Value(element).ToArray();
        return new(number, Utf8.IsValid(text) ? Object(text) : null);
    }

    private static Dictionary<string, string?>? Object(byte[] text)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(text, Deep);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                return null;
            }

            Dictionary<string, string?> values = [];
            foreach (JsonProperty property in document.RootElement.EnumerateObject())
            {
                if (!values.TryAdd(property.Name, Text(property.Value)) && FuzzFile.Columns.Contains(property.Name))
                {
                    return null;
                }
            }

            return values;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static string? Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.String => value.GetString(),
        _ => value.GetRawText(),
    };
}
