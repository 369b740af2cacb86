using System.Text.Unicode;
using Landfall.Engine.Formats;

namespace Landfall.Engine.DuckDb.Formats;

/// <summary>Reads one JSON array of objects. A row's number is its place in the array, from 1.</summary>
/// <param name="buffer">The text; disposed with the reader.</param>
/// <param name="parser">Reads the objects.</param>
internal sealed class JsonArrayReader(TextBuffer buffer, JsonRowParser parser) : IRecordReader
{
    private long _element;
    private Place _place;

    private enum Place
    {
        Before,
        First,
        Behind,
        Element,
    }

    /// <inheritdoc/>
    public bool Read(RowBatch batch, IBadRows bad)
    {
        while (!batch.IsFull)
        {
            int length = NextElement(out int start, out bool end);
            if (length == 0 && end)
            {
                buffer.Start = start + 1;
                RefuseMore();
                return false;
            }

            if (length < 0)
            {
                if (batch.Count > 0)
                {
                    return true;
                }

                if (!buffer.Fill())
                {
                    SkipElement(bad);
                }

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
        _place = Place.Behind;
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
        while ((start = buffer.Start + SpaceAt(buffer.Start)) < buffer.End)
        {
            byte first = buffer.Data[start];
            end = first == ']' && _place is (Place.First or Place.Behind);
            if (end)
            {
                return 0;
            }

            if (_place is Place.First or Place.Element)
            {
                return ElementLength(start);
            }

            if (first != (_place == Place.Before ? '[' : ','))
            {
                throw Unreadable(_place == Place.Before ? "it is no array" : "a bracket is out of place");
            }

            _place = _place == Place.Before ? Place.First : Place.Element;
            buffer.Start = start + 1;
        }

        buffer.Start = start;
        return buffer.IsComplete ? throw Unreadable("it ends inside the array") : -1;
    }

    private int ElementLength(int start)
    {
        ElementScan scan = default;
        int length = scan.EndIn(buffer.Data.AsSpan(start, buffer.End - start));
        return length < 0 && buffer.IsComplete ? throw Unreadable("it ends inside an element") : length;
    }

    private void SkipElement(IBadRows bad)
    {
        bad.Add(++_element, Rules.TooLong, null, buffer.Rest);
        _place = Place.Behind;
        ElementScan scan = default;
        int length;
        while ((length = scan.EndIn(buffer.Rest)) < 0)
        {
            if (buffer.IsComplete)
            {
                throw Unreadable("it ends inside an element");
            }

            buffer.Start = buffer.End;
            buffer.Fill();
        }

        buffer.Start += length;
    }

    /// <summary>What follows the array would be lost without a word.</summary>
    private void RefuseMore()
    {
        while ((buffer.Start += SpaceAt(buffer.Start)) == buffer.End && !buffer.IsComplete)
        {
            buffer.Fill();
        }

        if (buffer.Start < buffer.End)
        {
            throw Unreadable("something follows the array");
        }
    }

    private int SpaceAt(int at)
    {
        int space = buffer.Data.AsSpan(at, buffer.End - at).IndexOfAnyExcept(" \t\r\n"u8);
        return space < 0 ? buffer.End - at : space;
    }

    private static BadFormatException Unreadable(string problem) =>
        new($"it is not one JSON array of objects: {problem}");
}
