using Landfall.Estate.Integrations;

namespace Landfall.Engine.Formats;

/// <summary>
/// Counts the records of text as it goes by: lines that are not blank; in CSV line breaks inside quotes do not count.
/// </summary>
/// <param name="format">The text's format.</param>
internal sealed class RecordCounter(FileFormat format)
{
    private readonly bool _quotes = format == FileFormat.Csv;
    private bool _inQuotes;
    private bool _content;
    private long _records;

    /// <summary>Records seen, a CSV header not counted; null for formats whose records are not lines.</summary>
    public long? Records => format switch
    {
        FileFormat.JsonLines => Total,
        FileFormat.Csv => Math.Max(0, Total - 1),
        _ => null,
    };

    private long Total => _records + (_content ? 1 : 0);

    /// <summary>Takes the next bytes.</summary>
    public void Append(ReadOnlySpan<byte> text)
    {
        if (_quotes)
        {
            AppendQuoted(text);
            return;
        }

        while (text.IndexOf((byte)'\n') is var end and >= 0)
        {
            EndLine(text[..end]);
            text = text[(end + 1)..];
        }

        _content |= HasContent(text);
    }

    private void AppendQuoted(ReadOnlySpan<byte> text)
    {
        while (text.IndexOfAny((byte)'"', (byte)'\n') is var next and >= 0)
        {
            if (text[next] == '"')
            {
                _inQuotes = !_inQuotes;
                _content = true;
            }
            else if (!_inQuotes)
            {
                EndLine(text[..next]);
            }

            text = text[(next + 1)..];
        }

        _content |= HasContent(text);
    }

    private void EndLine(ReadOnlySpan<byte> line)
    {
        _records += _content || HasContent(line) ? 1 : 0;
        _content = false;
    }

    private static bool HasContent(ReadOnlySpan<byte> line) => line.IndexOfAnyExcept(" \t\r"u8) >= 0;
}
