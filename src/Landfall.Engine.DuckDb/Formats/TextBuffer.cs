using System.Text.Unicode;
using Landfall.Engine.Ingest;
using Landfall.Estate;

namespace Landfall.Engine.DuckDb.Formats;

/// <summary>A window over a stream of text that grows to hold one whole record. Used by one thread.</summary>
/// <param name="stream">The text; disposed with the buffer.</param>
/// <param name="file">Name of the file for messages.</param>
internal sealed class TextBuffer(Stream stream, string file) : IDisposable
{
    private const int FirstSize = 1 << 20;
    private const int LargestSize = 1 << 26;
    private bool _began;

    /// <summary>The bytes; those from <see cref="Start"/> to <see cref="End"/> are text not read yet.</summary>
    public byte[] Data { get; private set; } = new byte[FirstSize];

    /// <summary>First byte not read yet.</summary>
    public int Start { get; set; }

    /// <summary>End of the text in the window.</summary>
    public int End { get; private set; }

    /// <summary>Whether the stream has no more text.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>
    /// Whether all text of the window not read yet is UTF-8; a record cut at its end counts as valid.
    /// </summary>
    public bool IsUtf8 { get; private set; }

    /// <summary>
    /// What ends lines: a line feed, or a carriage return where the first window, of 1 MiB, has those alone.
    /// </summary>
    public byte LineEnd { get; private set; } = (byte)'\n';

    /// <summary>Text not read yet.</summary>
    public ReadOnlySpan<byte> Rest => Data.AsSpan(Start, End - Start);

    /// <summary>Moves the rest to the front and reads on, which moves all text that was read before.</summary>
    public void Fill()
    {
        Rest.CopyTo(Data);
        End -= Start;
        Start = 0;
        Grow();
        int read;
        while (End < Data.Length && (read = stream.Read(Data, End, Data.Length - End)) > 0)
        {
            End += read;
        }

        IsComplete = End < Data.Length;
        Begin();
        IsUtf8 = Utf8.IsValid(Data.AsSpan(0, WholeEnd()));
    }

    /// <summary>Closes the stream. Safe to call twice.</summary>
    public void Dispose() => stream.Dispose();

    private void Grow()
    {
        if (End < Data.Length)
        {
            return;
        }

        if (Data.Length >= LargestSize)
        {
            throw new LandfallException(
                IngestCodes.Unreadable,
                $"The file {file} has a record of more than 64 MiB. Nothing of its batch was committed; it stays "
                + "in raw. Have the source split the record, or correct the table's format.");
        }

        byte[] larger = new byte[Data.Length * 2];
        Data.CopyTo(larger, 0);
        Data = larger;
    }

    private void Begin()
    {
        if (_began)
        {
            return;
        }

        _began = true;
        Start = Rest.StartsWith("\uFEFF"u8) ? 3 : 0;
        LineEnd = Rest.Contains((byte)'\r') && !Rest.Contains((byte)'\n') ? (byte)'\r' : (byte)'\n';
    }

    /// <summary>The end without a character that the window cuts.</summary>
    private int WholeEnd()
    {
        int last = Data.AsSpan(0, End).LastIndexOf(LineEnd);
        return IsComplete || last < 0 ? End : last;
    }
}
