using System.Text;

namespace Landfall.Sql.Macros;

/// <summary>
/// Regular expressions that RE2 (DuckDB) and Java (Spark) match alike: literals, <c>.</c>, <c>[…]</c>, groups,
/// alternatives, greedy and lazy repetition, <c>^</c> and <c>$</c>; no backslashes, which string literals of the two
/// engines treat differently.
/// </summary>
internal static class PortablePattern
{
    /// <summary>Why a pattern is not portable, or null if it is.</summary>
    public static string? Problem(string pattern)
    {
        bool inClass = false;
        for (int i = 0; i < pattern.Length; i++)
        {
            char c = pattern[i];
            char next = i + 1 < pattern.Length ? pattern[i + 1] : '\0';
            string? problem = c switch
            {
                > '\u007e' or < ' ' => "it has a character that is not printable ASCII",
                '\\' => "it has a backslash; write [.] for a dot and [0-9] for a digit",
                '[' when inClass => "it has [ inside a class",
                '&' when inClass && next == '&' => "it has && inside a class",
                '(' when !inClass && next == '?' => "it has a (?…) group",
                '+' when !inClass && i > 0 && pattern[i - 1] is '+' or '*' or '?' or '}' =>
                    "it has a possessive repetition",
                _ => null,
            };
            if (problem is not null)
            {
                return problem;
            }

            inClass = inClass ? c != ']' : c == '[';
        }

        return inClass ? "its class is not closed" : null;
    }

    /// <summary>How many groups a portable pattern captures.</summary>
    public static int Groups(string pattern)
    {
        int groups = 0;
        Walk(pattern, (c, inClass) => groups += c == '(' && !inClass ? 1 : 0);
        return groups;
    }

    /// <summary>
    /// The pattern for Java: only <c>\n</c> ends a line for <c>.</c>, and <c>$</c> is the very end, as in RE2.
    /// </summary>
    public static string ForSpark(string pattern)
    {
        var result = new StringBuilder("(?d)");
        Walk(pattern, (c, inClass) => _ = c == '$' && !inClass ? result.Append("(?!(?s:.))") : result.Append(c));
        return result.ToString();
    }

    private static void Walk(string pattern, Action<char, bool> visit)
    {
        bool inClass = false;
        foreach (char c in pattern)
        {
            visit(c, inClass);
            inClass = inClass ? c != ']' : c == '[';
        }
    }
}
