using Landfall.Estate.Integrations;

namespace Landfall.Engine.Formats;

/// <summary>
/// Counts the records of text as it goes by: lines that are not blank; in CSV line breaks inside quotes do not count.
/// Lines end with line feeds, or with carriage returns where there is no line feed.
/// </summary>
internal sealed class RecordCounter
{
    private readonly FileFormat _format;
    private readonly byte _lineEnd;
    private readonly bool _quotes;

    /// <summary>Counts by carriage returns, as long as there was no line feed.</summary>
    private RecordCounter? _returns;
    private bool _inQuotes;
    private bool _content;
    private long _records;

    /// <summary>Begins a text of a format.</summary>
    public RecordCounter(FileFormat format)
        : this(format, (byte)'\n') => _returns = new(format, (byte)'\r');

    private RecordCounter(FileFormat format, byte lineEnd)
    {
        _format = format;
        _lineEnd = lineEnd;
        _quotes = format == FileFormat.Csv;
    }

    /// <summary>Records seen, a CSV header not counted; null for formats whose records are not lines.</summary>
    public long? Records => _format switch
    {
        FileFormat.JsonLines => Total,
        FileFormat.Csv => Math.Max(0, Total - 1),
        _ => null,
    };

    private long Total => _returns?.Total ?? _records + (_content ? 1 : 0);

    /// <summary>Takes the next bytes.</summary>
    public void Append(ReadOnlySpan<byte> text)
    {
        if (_returns is not null && text.Contains((byte)'\n'))
        {
            _returns = null;
        }

        _returns?.Append(text);
        if (_quotes)
        {
            AppendQuoted(text);
            return;
        }

        while (text.IndexOf(_lineEnd) is var end and >= 0)
        {
            EndLine(text[..end]);
            text = text[(end + 1)..];
        }

        _content |= HasContent(text);
    }

    private void AppendQuoted(ReadOnlySpan<byte> text)
    {
        while (text.IndexOfAny((byte)'"', _lineEnd) is var next and >= 0)
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
