using System.Text;
using System.Text.Unicode;

namespace Landfall.Testing.Fuzzing;

/// <summary>
/// CSV by RFC 4180 with a header line. What is no record ends at its first line end, and the next line is read.
/// </summary>
internal sealed class PlainCsv(byte[] text, byte lineEnd)
{
    private int _at;
    private long _line = 1;

    /// <summary>The records; null where the header cannot be read.</summary>
    public IReadOnlyList<SourceRow>? Read()
    {
        List<SourceRow> rows = [];
        string[]? header = null;
        while (_at < text.Length)
        {
            int start = _at;
            long line = _line;
            List<string?>? fields = Record(out int end);
            bool isUtf8 = Utf8.IsValid(text.AsSpan(start, end - start));
            _line += text.AsSpan(start, _at - start).Count(lineEnd);
            if (end == start)
            {
                continue;
            }

            fields = isUtf8 ? fields : null;
            if (header is not null)
            {
                rows.Add(new(line, fields?.Count == header.Length ? Named(header, fields) : null));
            }
            else if (fields is null || fields.GroupBy(f => f?.Trim() ?? "").Any(g => g.Count() > 1))
            {
                return null;
            }
            else
            {
                header = [.. fields.Select(f => f?.Trim() ?? "")];
            }
        }

        return rows;
    }

    private static Dictionary<string, string?> Named(string[] header, List<string?> fields) =>
        header.Zip(fields).ToDictionary(f => f.First, f => f.Second);

    /// <summary>The fields of the next record and where it ends without its line end; null where it is none.</summary>
    private List<string?>? Record(out int end)
    {
        int start = _at;
        List<string?> fields = [];
        int at = start;
        while (true)
        {
            if (Field(ref at) is not { } field)
            {
                break;
            }

            fields.Add(field.Text);
            if (at < text.Length && text[at] == ',')
            {
                at++;
                continue;
            }

            int next = at;
            while (next < text.Length && text[next] == '\r' && lineEnd != '\r')
            {
                next++;
            }

            if (next == text.Length || text[next] == lineEnd)
            {
                end = at;
                _at = Math.Min(next + 1, text.Length);
                return fields;
            }

            break;
        }

        int line = Array.IndexOf(text, lineEnd, start);
        end = line < 0 ? text.Length : line;
        _at = line < 0 ? text.Length : line + 1;
        while (end > start && text[end - 1] == '\r')
        {
            end--;
        }

        return null;
    }

    /// <summary>A field's text, with null for an empty one without quotation marks; null where it is none.</summary>
    private FieldText? Field(ref int at)
    {
        int start = at;
        if (at == text.Length || text[at] != '"')
        {
            while (at < text.Length && text[at] is not ((byte)',' or (byte)'\n' or (byte)'\r' or (byte)'"'))
            {
                at++;
            }

            return new(at == start ? null : Encoding.UTF8.GetString(text, start, at - start));
        }

        List<byte> value = [];
        for (at++; at < text.Length; at++)
        {
            if (text[at] != '"')
            {
                value.Add(text[at]);
            }
            else if (at + 1 < text.Length && text[at + 1] == '"')
            {
                value.Add(text[at++]);
            }
            else
            {
                at++;
                return new(Encoding.UTF8.GetString([.. value]));
            }
        }

        return null;
    }

    private sealed record FieldText(string? Text);
}
