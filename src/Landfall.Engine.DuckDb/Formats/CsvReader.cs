using System.Collections.Immutable;
using System.Text;
using System.Text.Unicode;
using Landfall.Engine.Formats;

namespace Landfall.Engine.DuckDb.Formats;

/// <summary>
/// Reads CSV by RFC 4180 with a header line. A row's number is the line it begins on, so that the first row after a
/// header of one line is 2. A record that cannot be read ends at its first line break, so that the next ones can.
/// </summary>
internal sealed class CsvReader : IRecordReader
{
    private readonly TextBuffer _buffer;
    private readonly FieldNames _names;
    private readonly CsvOptions _options;
    private readonly List<Cell> _fields = [];
    private int[]? _columns;
    private long _line = 1;

    /// <summary>Begins a file.</summary>
    /// <param name="buffer">The text; disposed with the reader.</param>
    /// <param name="names">Columns by header name.</param>
    /// <param name="options">How the text is written.</param>
    public CsvReader(TextBuffer buffer, FieldNames names, CsvOptions options)
    {
        _buffer = buffer;
        _names = names;
        _options = options;
    }

    /// <summary>Columns that the header names; empty before the first row and for a file without a header.</summary>
    public ImmutableArray<int> Columns => _columns is null ? [] : [.. _columns.Where(c => c >= 0)];

    /// <summary>The header's names; empty before the first row and for a file without a header.</summary>
    public ImmutableArray<string> Header { get; private set; } = [];

    /// <summary>Whether the file has a header.</summary>
    public bool HasHeader => _columns is not null;

    /// <inheritdoc/>
    public bool Read(RowBatch batch, IBadRows bad)
    {
        while (!batch.IsFull)
        {
            CsvRecord record = Tokenise(batch);
            if (record == CsvRecord.NeedsMore)
            {
                if (batch.Count > 0)
                {
                    return true;
                }

                if (!_buffer.Fill())
                {
                    GiveUp(bad);
                }
            }
            else if (record == CsvRecord.End)
            {
                return false;
            }
            else
            {
                Accept(record == CsvRecord.Whole, batch, bad);
            }
        }

        return true;
    }

    /// <summary>Closes the file. Safe to call twice.</summary>
    public void Dispose() => _buffer.Dispose();

    private int _recordEnd;
    private int _nextRecord;

    private enum CsvRecord
    {
        Whole,
        Malformed,
        NeedsMore,
        End,
    }

    /// <summary>Passes over the first line of what is too long for a record: the next may be read again.</summary>
    private void GiveUp(IBadRows bad)
    {
        if (_columns is null)
        {
            throw new BadFormatException("its header is longer than 64 MiB");
        }

        int length = _buffer.Rest.IndexOf(_buffer.LineEnd);
        bad.Add(_line++, Rules.TooLong, null, length < 0 ? _buffer.Rest : _buffer.Rest[..length]);
        _buffer.SkipLine();
    }

    private void Accept(bool whole, RowBatch batch, IBadRows bad)
    {
        int start = _buffer.Start;
        ReadOnlySpan<byte> record = _buffer.Data.AsSpan(start, _recordEnd - start);
        bool utf8 = _buffer.IsUtf8 || Utf8.IsValid(record);
        long line = _line;
        _line += _buffer.Data.AsSpan(start, _nextRecord - start).Count(_buffer.LineEnd);
        _buffer.Start = _nextRecord;
        if (whole && record.IsEmpty)
        {
            return;
        }

        if (_columns is null)
        {
            ReadHeader(whole, utf8, batch);
        }
        else if (whole && utf8 && _fields.Count == _columns.Length)
        {
            Span<Cell> cells = batch.Begin();
            for (int i = 0; i < _columns.Length; i++)
            {
                if (_columns[i] >= 0)
                {
                    cells[_columns[i]] = _fields[i];
                }
            }

            batch.Commit(line, start, record.Length);
        }
        else
        {
            bad.Add(line, Rules.Malformed, null, record);
        }
    }

    private void ReadHeader(bool whole, bool utf8, RowBatch batch)
    {
        bool readable = whole && utf8;
        string[] header = readable ? [.. _fields.Select(f => Encoding.UTF8.GetString(batch.Bytes(f)).Trim())] : [];
        string? twice = header.GroupBy(h => h).FirstOrDefault(g => g.Count() > 1)?.Key;
        if (!readable || twice is not null)
        {
            throw new BadFormatException(twice is not null ? $"the column {twice} occurs twice in its header"
                : whole ? "its header is not UTF-8"
                : "its header has a quotation mark or carriage return out of place");
        }

        Header = [.. header];
        _columns = [.. header.Select((h, i) => _names.Find(Encoding.UTF8.GetBytes(h), i))];
        batch.Clear();
    }

    /// <summary>Finds the fields of the record at the start of the rest.</summary>
    private CsvRecord Tokenise(RowBatch batch)
    {
        _fields.Clear();
        batch.Text = _buffer.Data;
        int at = _buffer.Start;
        if (at == _buffer.End)
        {
            return _buffer.IsComplete ? CsvRecord.End : CsvRecord.NeedsMore;
        }

        while (true)
        {
            bool quoted = at < _buffer.End && _buffer.Data[at] == '"';
            CsvRecord field = quoted ? QuotedField(batch, ref at) : PlainField(ref at);
            if (field != CsvRecord.Whole)
            {
                return field;
            }

            if (at < _buffer.End && _buffer.Data[at] == _options.Delimiter)
            {
                at++;
                continue;
            }

            return EndRecord(at);
        }
    }

    private CsvRecord EndRecord(int at)
    {
        int rest = _buffer.End - at;
        if (rest == 0)
        {
            (_recordEnd, _nextRecord) = (at, at);
            return _buffer.IsComplete ? CsvRecord.Whole : CsvRecord.NeedsMore;
        }

        // Some writers end lines with several carriage returns before the line feed; elsewhere one ends nothing.
        int end = at;
        while (end < _buffer.End && _buffer.Data[end] == '\r' && _buffer.LineEnd != '\r')
        {
            end++;
        }

        if (end == _buffer.End && !_buffer.IsComplete)
        {
            return CsvRecord.NeedsMore;
        }

        if (end < _buffer.End && _buffer.Data[end] != _buffer.LineEnd)
        {
            return Resume();
        }

        (_recordEnd, _nextRecord) = (at, Math.Min(end + 1, _buffer.End));
        return CsvRecord.Whole;
    }

    /// <summary>
    /// A field without quotation marks, up to what cannot be of it; what follows is judged with the record.
    /// </summary>
    private CsvRecord PlainField(ref int at)
    {
        ReadOnlySpan<byte> rest = _buffer.Data.AsSpan(at, _buffer.End - at);
        int length = rest.IndexOfAny([_options.Delimiter, (byte)'\n', (byte)'"', (byte)'\r']);
        if (length < 0)
        {
            if (!_buffer.IsComplete)
            {
                return CsvRecord.NeedsMore;
            }

            length = rest.Length;
        }

        ReadOnlySpan<byte> value = rest[..length];
        bool isNull = value.IsEmpty || value.SequenceEqual(_options.NullText);
        _fields.Add(new(at, length, isNull ? CellKind.Null : CellKind.Text));
        at += length;
        return CsvRecord.Whole;
    }

    private CsvRecord QuotedField(RowBatch batch, ref int at)
    {
        int start = at + 1;
        bool doubled = false;
        int end = start;
        while (true)
        {
            int quote = _buffer.Data.AsSpan(end, _buffer.End - end).IndexOf((byte)'"');
            if (quote < 0 || (end + quote + 1 == _buffer.End && !_buffer.IsComplete))
            {
                return _buffer.IsComplete ? Resume() : CsvRecord.NeedsMore;
            }

            end += quote;
            if (end + 1 >= _buffer.End || _buffer.Data[end + 1] != '"')
            {
                break;
            }

            doubled = true;
            end += 2;
        }

        ReadOnlySpan<byte> text = _buffer.Data.AsSpan(start, end - start);
        _fields.Add(text.IsEmpty ? new(start, 0, CellKind.Empty)
            : doubled ? Undouble(batch, text)
            : new(start, text.Length, CellKind.Text));
        at = end + 1;
        return CsvRecord.Whole;
    }

    private static Cell Undouble(RowBatch batch, ReadOnlySpan<byte> text)
    {
        Span<byte> target = batch.Reserve(text.Length);
        int written = 0;
        while (text.IndexOf("\"\""u8) is var quote and >= 0)
        {
            text[..(quote + 1)].CopyTo(target[written..]);
            written += quote + 1;
            text = text[(quote + 2)..];
        }

        text.CopyTo(target[written..]);
        return batch.Keep(written + text.Length);
    }

    /// <summary>Gives the record up and goes on behind its first line.</summary>
    private CsvRecord Resume()
    {
        int length = _buffer.Rest.IndexOf(_buffer.LineEnd);
        if (length < 0 && !_buffer.IsComplete)
        {
            return CsvRecord.NeedsMore;
        }

        _recordEnd = length < 0 ? _buffer.End : _buffer.Start + length;
        _nextRecord = length < 0 ? _buffer.End : _recordEnd + 1;
        while (_recordEnd > _buffer.Start && _buffer.Data[_recordEnd - 1] == '\r')
        {
            _recordEnd--;
        }

        return CsvRecord.Malformed;
    }
}

/// <summary>How CSV is written.</summary>
/// <param name="Delimiter">The delimiter.</param>
/// <param name="NullText">The unquoted text that stands for null, as UTF-8; the empty field always does.</param>
internal sealed record CsvOptions(byte Delimiter, byte[] NullText);
