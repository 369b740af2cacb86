using System.Text.Unicode;
using Landfall.Engine.Formats;
using Landfall.Engine.Ingest;
using Landfall.Estate;

namespace Landfall.Engine.DuckDb.Formats;

/// <summary>Reads one JSON array of objects. A row's number is its place in the array, from 1.</summary>
/// <param name="buffer">The text; disposed with the reader.</param>
/// <param name="parser">Reads the objects.</param>
/// <param name="file">Name of the file for messages.</param>
internal sealed class JsonArrayReader(TextBuffer buffer, JsonRowParser parser, string file) : IRecordReader
{
    private long _element;
    private bool _began;

    /// <inheritdoc/>
    public bool Read(RowBatch batch, IBadRows bad)
    {
        while (!batch.IsFull)
        {
            int length = NextElement(out int start, out bool end);
            if (length == 0 && end)
            {
                return false;
            }

            if (length < 0)
            {
                if (batch.Count > 0)
                {
                    return true;
                }

                buffer.Fill();
                continue;
            }

            batch.Text = buffer.Data;
            ReadElement(start, length, batch, bad);
            buffer.Start = start + length;
        }

        return true;
    }

    /// <summary>Closes the file. Safe to call twice.</summary>
    public void Dispose() => buffer.Dispose();

    private void ReadElement(int start, int length, RowBatch batch, IBadRows bad)
    {
        _element++;
        ReadOnlySpan<byte> record = buffer.Data.AsSpan(start, length);
        if ((buffer.IsUtf8 || Utf8.IsValid(record)) && parser.TryParse(batch, start, length))
        {
            batch.Commit(_element, start, length);
        }
        else
        {
            bad.Add(_element, Rules.Malformed, null, record);
        }
    }

    /// <summary>Length of the next element; −1 where more text is needed, 0 at the end of the array.</summary>
    private int NextElement(out int start, out bool end)
    {
        end = false;
        start = buffer.Start + SpaceAt(buffer.Start);
        if (start >= buffer.End)
        {
            return buffer.IsComplete ? throw Unreadable("it ends inside the array") : -1;
        }

        byte first = buffer.Data[start];
        if (_began && first == ']')
        {
            end = true;
            return 0;
        }

        if (first == (_began ? (byte)',' : (byte)'['))
        {
            bool opened = !_began;
            _began = true;
            buffer.Start = start + 1;
            return opened && IsEmptyArray() ? EndEmpty(out end) : NextElement(out start, out end);
        }

        return _began ? ElementLength(start) : throw Unreadable("it is no array");
    }

    private int EndEmpty(out bool end)
    {
        end = true;
        return 0;
    }

    private bool IsEmptyArray()
    {
        int at = buffer.Start + SpaceAt(buffer.Start);
        return at < buffer.End && buffer.Data[at] == ']';
    }

    /// <summary>Strings and brackets tell where an element ends; whether it is valid the parser says.</summary>
    private int ElementLength(int start)
    {
        int depth = 0;
        bool text = false;
        for (int at = start; at < buffer.End; at++)
        {
            byte c = buffer.Data[at];
            if (text)
            {
                at += c == '\\' ? 1 : 0;
                text = c != '"';
                continue;
            }

            text = c == '"';
            depth += c is (byte)'{' or (byte)'[' ? 1 : c is (byte)'}' or (byte)']' ? -1 : 0;
            if (depth < 0 || (depth == 0 && c == ','))
            {
                return at - start;
            }
        }

        return buffer.IsComplete ? throw Unreadable("it ends inside an element") : -1;
    }

    private int SpaceAt(int at)
    {
        int space = buffer.Data.AsSpan(at, buffer.End - at).IndexOfAnyExcept(" \t\r\n"u8);
        return space < 0 ? buffer.End - at : space;
    }

    private LandfallException Unreadable(string problem) => new(
        IngestCodes.Unreadable,
        $"The file {file} is not one JSON array of objects: {problem}. Nothing of its batch was committed; it "
        + "stays in raw. Have the source send it again, or correct the table's format.");
}
