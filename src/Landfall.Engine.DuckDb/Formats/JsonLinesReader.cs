using System.Text.Unicode;
using Landfall.Engine.Formats;

namespace Landfall.Engine.DuckDb.Formats;

/// <summary>
/// Reads JSON Lines: an object a line. A row's number is its line's, from 1; blank lines count and are no rows.
/// </summary>
/// <param name="buffer">The text; disposed with the reader.</param>
/// <param name="parser">Reads the objects.</param>
internal sealed class JsonLinesReader(TextBuffer buffer, JsonRowParser parser) : IRecordReader
{
    private long _line;

    /// <inheritdoc/>
    public bool Read(RowBatch batch, IBadRows bad)
    {
        while (!batch.IsFull)
        {
            int length = buffer.Rest.IndexOf(buffer.LineEnd);
            if (length < 0 && !buffer.IsComplete)
            {
                if (batch.Count > 0)
                {
                    return true;
                }

                if (!buffer.Fill())
                {
                    bad.Add(++_line, Rules.TooLong, null, buffer.Rest);
                    buffer.SkipLine();
                }

                continue;
            }

            batch.Text = buffer.Data;
            ReadLine(length < 0 ? buffer.Rest.Length : length, batch, bad);
            buffer.Start = Math.Min(buffer.End, buffer.Start + (length < 0 ? buffer.Rest.Length : length + 1));
            if (length < 0)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Closes the file. Safe to call twice.</summary>
    public void Dispose() => buffer.Dispose();

    private void ReadLine(int length, RowBatch batch, IBadRows bad)
    {
        _line++;
        ReadOnlySpan<byte> line = buffer.Rest[..length];
        line = line.TrimEnd((byte)'\r');
        if (line.IndexOfAnyExcept(" \t\r"u8) < 0)
        {
            return;
        }

        if ((buffer.IsUtf8 || Utf8.IsValid(line)) && parser.TryParse(batch, buffer.Start, line.Length))
        {
            batch.Commit(_line, buffer.Start, line.Length);
        }
        else
        {
            bad.Add(_line, Rules.Malformed, null, line);
        }
    }
}
