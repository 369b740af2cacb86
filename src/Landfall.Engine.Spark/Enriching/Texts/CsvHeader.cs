using System.Collections.Immutable;
using System.Text;
using System.Text.Unicode;
using Landfall.Engine.Formats;

namespace Landfall.Engine.Spark.Enriching.Texts;

/// <summary>The first record of a CSV file, by RFC 4180.</summary>
/// <param name="Names">Its fields without the blanks around them; empty where there is no record.</param>
/// <param name="Text">The record.</param>
/// <param name="End">First byte behind it.</param>
internal sealed record CsvHeader(ImmutableArray<string> Names, string Text, int End)
{
    /// <summary>Reads the header, behind empty lines; null where more text is needed to tell.</summary>
    /// <param name="data">The text from its beginning, without a mark.</param>
    /// <param name="isComplete">Whether that is all of it.</param>
    /// <param name="delimiter">The delimiter.</param>
    /// <param name="lineEnd">What ends lines.</param>
    /// <exception cref="BadFormatException">It cannot be read, or has a column twice.</exception>
    public static CsvHeader? Read(ReadOnlySpan<byte> data, bool isComplete, byte delimiter, byte lineEnd)
    {
        int start = 0;
        while (start < data.Length)
        {
            List<string> fields = [];
            if (RecordEnd(data, start, isComplete, delimiter, lineEnd, fields) is not (int end, int next))
            {
                return null;
            }

            if (end > start)
            {
                return Of(data[start..end], fields, next);
            }

            start = next;
        }

        return isComplete ? new([], "", start) : null;
    }

    private static CsvHeader Of(ReadOnlySpan<byte> record, List<string> fields, int end)
    {
        if (!Utf8.IsValid(record))
        {
            throw new BadFormatException("its header is not UTF-8");
        }

        ImmutableArray<string> names = [.. fields.Select(f => f.Trim())];
        return names.GroupBy(n => n).FirstOrDefault(g => g.Count() > 1)?.Key is { } twice
            ? throw new BadFormatException($"the column {twice} occurs twice in its header")
            : new(names, Encoding.UTF8.GetString(record), end);
    }

    /// <summary>Where the record ends and the next begins; null where more text is needed.</summary>
    private static (int End, int Next)? RecordEnd(
        ReadOnlySpan<byte> data, int start, bool isComplete, byte delimiter, byte lineEnd, List<string> fields)
    {
        int at = start;
        while (true)
        {
            int? behind = at < data.Length && data[at] == '"'
                ? Quoted(data, at, isComplete, fields)
                : Plain(data, at, isComplete, delimiter, fields);
            if (behind is not { } field)
            {
                return null;
            }

            at = field;
            if (at == data.Length || data[at] != delimiter)
            {
                break;
            }

            at++;
        }

        int end = at;
        while (end < data.Length && data[end] == '\r' && lineEnd != '\r')
        {
            end++;
        }

        return end < data.Length && data[end] != lineEnd ? throw OutOfPlace()
            : end == data.Length && !isComplete ? null
            : (at, Math.Min(end + 1, data.Length));
    }

    private static int? Plain(ReadOnlySpan<byte> data, int at, bool isComplete, byte delimiter, List<string> fields)
    {
        int length = data[at..].IndexOfAny([delimiter, (byte)'\n', (byte)'"', (byte)'\r']);
        if (length < 0 && !isComplete)
        {
            return null;
        }

        length = length < 0 ? data.Length - at : length;
        fields.Add(Encoding.UTF8.GetString(data.Slice(at, length)));
        return at + length;
    }

    private static int? Quoted(ReadOnlySpan<byte> data, int at, bool isComplete, List<string> fields)
    {
        int end = at + 1;
        while (true)
        {
            int quote = data[end..].IndexOf((byte)'"');
            if (quote < 0 || (end + quote + 1 == data.Length && !isComplete))
            {
                return isComplete ? throw OutOfPlace() : null;
            }

            end += quote;
            if (end + 1 >= data.Length || data[end + 1] != '"')
            {
                string text = Encoding.UTF8.GetString(data[(at + 1)..end]);
                fields.Add(text.Replace("\"\"", "\"", StringComparison.Ordinal));
                return end + 1;
            }

            end += 2;
        }
    }

    private static BadFormatException OutOfPlace() =>
        new("its header has a quotation mark or carriage return out of place");
}
