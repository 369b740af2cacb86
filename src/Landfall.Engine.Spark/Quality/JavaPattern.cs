using System.Text;

namespace Landfall.Engine.Spark.Quality;

/// <summary>
/// Regular expressions of contracts, which are RE2's, for Java's engine: the same texts match, or the pattern is
/// refused.
/// </summary>
internal static class JavaPattern
{
    private const string Blanks = @"\t\n\f\r ";

    /// <summary>
    /// Matches whole texts as the pattern does; null where Java would understand a part of it otherwise.
    /// </summary>
    public static string? Whole(string pattern)
    {
        // Only LF ends a line in RE2, and \z is the end of the text while Java's $ also stands before a last LF.
        StringBuilder java = new(@"\A(?d:");
        bool inClass = false;
        for (int i = 0; i < pattern.Length; i++)
        {
            char c = pattern[i];
            char next = i + 1 < pattern.Length ? pattern[i + 1] : '\0';
            if (c == '\\')
            {
                if (Escape(next, inClass) is not { } escaped)
                {
                    return null;
                }

                java.Append(escaped);
                i++;
                continue;
            }

            // Classes inside of classes, named ones and intersections are Java's or RE2's alone.
            if ((inClass && (c == '[' || (c == '&' && next == '&'))) || (c == '(' && next == '?'
                && !IsPlainGroup(pattern, i)))
            {
                return null;
            }

            inClass = c switch
            {
                '[' => true,
                ']' => false,
                _ => inClass,
            };
            java.Append(c == '$' && !inClass ? @"\z" : $"{c}");
        }

        return java.Append(@")\z").ToString();
    }

    private static bool IsPlainGroup(string pattern, int at) =>
        string.CompareOrdinal(pattern, at, "(?:", 0, 3) == 0;

    private static string? Escape(char next, bool inClass) => next switch
    {
        's' => inClass ? Blanks : $"[{Blanks}]",
        'S' => inClass ? null : $"[^{Blanks}]",
        'd' or 'D' or 'w' or 'W' or 't' or 'n' or 'r' or 'f' => $@"\{next}",
        _ when !char.IsLetterOrDigit(next) && next != '\0' => $@"\{next}",
        _ => null,
    };
}
