using System.Buffers;
using System.Text.Json;

namespace Landfall.Engine.DuckDb.Formats;

/// <summary>
/// Reads JSON objects into rows, strictly by RFC 8259. Numbers keep the text they were written with, which a detour
/// through doubles would change. Used by one thread.
/// </summary>
/// <param name="names">Columns by field name.</param>
internal sealed class JsonRowParser(FieldNames names)
{
    private static readonly SearchValues<byte> StringEnd = SearchValues.Create(
        [.. Enumerable.Range(0, 32).Select(i => (byte)i), (byte)'"', (byte)'\\']);

    private static readonly SearchValues<byte> Digit = SearchValues.Create("0123456789"u8);

    private byte[] _key = new byte[1024];
    private byte[] _text = [];
    private int _at;
    private int _end;

    /// <summary>
    /// Reads one object into the batch's next row; the caller commits it. False where the text is no JSON object, or
    /// one that says a field twice.
    /// </summary>
    /// <param name="batch">Receives the fields; its text holds the record.</param>
    /// <param name="start">First byte of the record.</param>
    /// <param name="length">Bytes of the record.</param>
    public bool TryParse(RowBatch batch, int start, int length)
    {
        _text = batch.Text;
        _at = start;
        _end = start + length;
        Span<Cell> cells = batch.Begin();
        return Take((byte)'{') && ReadFields(batch, cells) && IsAtEnd();
    }

    private bool ReadFields(RowBatch batch, Span<Cell> cells)
    {
        if (Take((byte)'}'))
        {
            return true;
        }

        for (int place = 0; ; place++)
        {
            if (!TryReadKey(place, out int column) || !Take((byte)':') || !TryReadValue(batch, out Cell value)
                || (column >= 0 && cells[column].Kind != CellKind.Missing))
            {
                return false;
            }

            if (column >= 0)
            {
                cells[column] = value;
            }

            if (!Take((byte)','))
            {
                return Take((byte)'}');
            }
        }
    }

    private bool TryReadKey(int place, out int column)
    {
        column = -1;
        SkipSpace();
        if (!TryReadString(out int start, out int length, out bool escaped))
        {
            return false;
        }

        if (!escaped)
        {
            column = names.Find(_text.AsSpan(start, length), place);
            return true;
        }

        if (length > _key.Length)
        {
            _key = new byte[length];
        }

        if (!TryUnescape(start, length, _key, out int written))
        {
            return false;
        }

        column = names.Find(_key.AsSpan(0, written), place);
        return true;
    }

    private bool TryReadValue(RowBatch batch, out Cell value)
    {
        value = default;
        SkipSpace();
        if (_at >= _end)
        {
            return false;
        }

        switch (_text[_at])
        {
            case (byte)'"':
                return TryReadText(batch, out value);
            case (byte)'{' or (byte)'[':
                return TryReadNested(out value);
            case (byte)'t':
                return TryReadWord("true"u8, CellKind.Text, out value);
            case (byte)'f':
                return TryReadWord("false"u8, CellKind.Text, out value);
            case (byte)'n':
                return TryReadWord("null"u8, CellKind.Null, out value);
            default:
                return TryReadNumber(out value);
        }
    }

    private bool TryReadText(RowBatch batch, out Cell value)
    {
        value = default;
        if (!TryReadString(out int start, out int length, out bool escaped))
        {
            return false;
        }

        if (!escaped)
        {
            value = new(start, length, CellKind.Text);
            return true;
        }

        if (!TryUnescape(start, length, batch.Reserve(length), out int written))
        {
            return false;
        }

        value = batch.Keep(written);
        return true;
    }

    private bool TryReadString(out int start, out int length, out bool escaped)
    {
        start = _at + 1;
        length = 0;
        escaped = false;
        if (_at >= _end || _text[_at] != '"')
        {
            return false;
        }

        int at = start;
        while (true)
        {
            int next = _text.AsSpan(at, _end - at).IndexOfAny(StringEnd);
            if (next < 0)
            {
                return false;
            }

            at += next;
            if (_text[at] == '"')
            {
                length = at - start;
                _at = at + 1;
                return true;
            }

            if (_text[at] != '\\' || at + 1 >= _end)
            {
                return false;
            }

            escaped = true;
            at += 2;
        }
    }

    /// <summary>The runtime's reader knows every escape and refuses halves of surrogate pairs.</summary>
    private bool TryUnescape(int start, int length, Span<byte> target, out int written)
    {
        written = 0;
        try
        {
            Utf8JsonReader reader = new(_text.AsSpan(start - 1, length + 2));
            if (!reader.Read())
            {
                return false;
            }

            written = reader.CopyString(target);
            return true;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    private bool TryReadNested(out Cell value)
    {
        value = default;
        try
        {
            Utf8JsonReader reader = new(_text.AsSpan(_at, _end - _at), isFinalBlock: false, state: default);
            if (!reader.Read() || !reader.TrySkip())
            {
                return false;
            }

            value = new(_at, (int)reader.BytesConsumed, CellKind.Text);
            _at += (int)reader.BytesConsumed;
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private bool TryReadWord(ReadOnlySpan<byte> word, CellKind kind, out Cell value)
    {
        value = new(_at, word.Length, kind);
        _at += word.Length;
        return _at <= _end && _text.AsSpan(value.Start, word.Length).SequenceEqual(word);
    }

    private bool TryReadNumber(out Cell value)
    {
        int start = _at;
        Skip((byte)'-');
        bool whole = Skip((byte)'0') || SkipDigits();
        bool fraction = !Skip((byte)'.') || SkipDigits();
        bool exponent = true;
        if (Skip((byte)'e') || Skip((byte)'E'))
        {
            _ = Skip((byte)'+') || Skip((byte)'-');
            exponent = SkipDigits();
        }

        value = new(start, _at - start, CellKind.Text);
        return whole && fraction && exponent;
    }

    private bool SkipDigits()
    {
        int count = _text.AsSpan(_at, _end - _at).IndexOfAnyExcept(Digit);
        count = count < 0 ? _end - _at : count;
        _at += count;
        return count > 0;
    }

    private bool Skip(byte character)
    {
        bool found = _at < _end && _text[_at] == character;
        _at += found ? 1 : 0;
        return found;
    }

    private bool Take(byte character)
    {
        SkipSpace();
        return Skip(character);
    }

    private void SkipSpace()
    {
        while (_at < _end && _text[_at] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
        {
            _at++;
        }
    }

    private bool IsAtEnd()
    {
        SkipSpace();
        return _at == _end;
    }
}
