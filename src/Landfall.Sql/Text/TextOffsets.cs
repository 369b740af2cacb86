using System.Text;

namespace Landfall.Sql.Text;

/// <summary>Turns the parser's offsets into indexes of a .NET string.</summary>
internal static class TextOffsets
{
    /// <summary>Index of a UTF-8 byte offset, clamped to the text.</summary>
    public static int FromBytes(string text, long offset)
    {
        int index = 0;
        long bytes = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (bytes >= offset)
            {
                break;
            }

            bytes += rune.Utf8SequenceLength;
            index += rune.Utf16SequenceLength;
        }

        return index;
    }

    /// <summary>Index of an offset in Unicode characters, clamped to the text.</summary>
    public static int FromCharacters(string text, long offset)
    {
        int index = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (offset-- <= 0)
            {
                break;
            }

            index += rune.Utf16SequenceLength;
        }

        return index;
    }

    /// <summary>A fast form of <see cref="FromBytes"/>: for plain ASCII both are the same.</summary>
    public static Func<long, int> BytesToIndex(string text) => Ascii.IsValid(text)
        ? offset => (int)Math.Min(offset, text.Length)
        : offset => FromBytes(text, offset);
}
