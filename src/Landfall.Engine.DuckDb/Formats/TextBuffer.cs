using System.Text.Unicode;
using Landfall.Engine.Formats;

namespace Landfall.Engine.DuckDb.Formats;

/// <summary>A window over a stream of text that grows to hold one whole record. Used by one thread.</summary>
/// <param name="stream">The text; disposed with the buffer.</param>
/// <param name="size">Bytes of the text where they are known: a small text needs a small window.</param>
internal sealed class TextBuffer(Stream stream, long size = TextBuffer.FirstSize) : IDisposable
{
    private const int FirstSize = 1 << 20;

    /// <summary>Bytes of the longest record that is read, its line end included: 64 MiB.</summary>
    public const int LargestSize = 1 << 26;

    private bool _began;

    /// <summary>The bytes; those from <see cref="Start"/> to <see cref="End"/> are text not read yet.</summary>
    public byte[] Data { get; private set; } = new byte[Math.Min(size + 1, FirstSize)];

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

    /// <summary>
    /// Moves the rest to the front and reads on, which moves all text that was read before. False where the window is
    /// at its largest and full: what begins it is too long for a record.
    /// </summary>
    /// <exception cref="BadFormatException">The file does not begin as UTF-8 text does.</exception>
    public bool Fill()
    {
        Rest.CopyTo(Data);
        End -= Start;
        Start = 0;
        if (End == LargestSize)
        {
            return false;
        }

        Grow();
        int read;
        while (End < Data.Length && (read = stream.Read(Data, End, Data.Length - End)) > 0)
        {
            End += read;
        }

        IsComplete = End < Data.Length;
        Begin();
        IsUtf8 = Utf8.IsValid(Data.AsSpan(0, WholeEnd()));
        return true;
    }

    /// <summary>Goes on behind the next line end, or to the end, without keeping what is in between.</summary>
    public void SkipLine()
    {
        int length;
        while ((length = Rest.IndexOf(LineEnd)) < 0 && !IsComplete)
        {
            Start = End;
            Fill();
        }

        Start = length < 0 ? End : Start + length + 1;
    }

    /// <summary>Closes the stream. Safe to call twice.</summary>
    public void Dispose() => stream.Dispose();

    private void Grow()
    {
        if (End < Data.Length)
        {
            return;
        }

        byte[] larger = new byte[Math.Min(Data.Length * 2, LargestSize)];
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
        ForeignContent.Refuse(Rest);
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
