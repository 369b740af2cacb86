using System.Globalization;
using System.Text;

namespace Landfall.Serving.PowerBi;

/// <summary>Names as models and file systems can have them.</summary>
internal static class ModelName
{
    private const int FileNameLength = 60;

    private static readonly HashSet<string> _devices = new(StringComparer.OrdinalIgnoreCase)
    {
        "CON", "PRN", "AUX", "NUL", "COM0", "COM1", "COM2", "COM3", "COM4", "COM5", "COM6", "COM7", "COM8", "COM9",
        "LPT0", "LPT1", "LPT2", "LPT3", "LPT4", "LPT5", "LPT6", "LPT7", "LPT8", "LPT9",
    };

    /// <summary>
    /// A text on one line: blanks for what ends a line or is no character, and none at its ends.
    /// </summary>
    public static string OneLine(string text)
    {
        StringBuilder line = new(text.Length);
        foreach (Rune rune in text.EnumerateRunes())
        {
            _ = Rune.GetUnicodeCategory(rune)
                is UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
                ? line.Append(' ')
                : line.Append(rune.ToString());
        }

        return line.ToString().Trim();
    }

    /// <summary>A name that none of the taken ones is without regard to case, which it joins then.</summary>
    public static string Unique(string name, HashSet<string> taken)
    {
        string free = name;
        for (int number = 2; !taken.Add(free); number++)
        {
            free = $"{name} ({number})";
        }

        return free;
    }

    /// <summary>
    /// A title as a name of files on any system and in a relative path: letters, digits, symbols such as emoji, blanks
    /// and <c>-_.(),'</c>, which neither begins nor ends with a dot or blank. Everything else becomes <c>-</c>.
    /// </summary>
    /// <param name="title">The title.</param>
    /// <param name="otherwise">The name where nothing of the title is left.</param>
    public static string FileName(string title, string otherwise)
    {
        StringBuilder name = new();
        foreach (Rune rune in title.EnumerateRunes())
        {
            string next = MayStand(rune) ? rune.ToString() : "-";
            if (name.Length + next.Length > FileNameLength)
            {
                break;
            }

            if (next != "-" || name.Length == 0 || name[^1] != '-')
            {
                _ = name.Append(next);
            }
        }

        string trimmed = name.ToString().Trim(' ', '.', '-');
        return trimmed.Length == 0 ? otherwise
            : _devices.Contains(trimmed.Split('.')[0].Trim()) ? trimmed + "_"
            : trimmed;
    }

    private static bool MayStand(Rune rune) => Rune.GetUnicodeCategory(rune)
        is UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter
        or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter or UnicodeCategory.NonSpacingMark
        or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.DecimalDigitNumber
        || (Rune.GetUnicodeCategory(rune) == UnicodeCategory.OtherSymbol && rune != Rune.ReplacementChar)
        || (rune.IsBmp && " -_.(),'".Contains((char)rune.Value, StringComparison.Ordinal));
}
