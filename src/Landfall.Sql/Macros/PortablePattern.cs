using System.Globalization;
using System.Text;

namespace Landfall.Sql.Macros;

/// <summary>
/// Regular expressions that RE2 (DuckDB) and Java (Spark) match alike: literals, <c>.</c>, <c>[…]</c>, groups,
/// alternatives, greedy and lazy repetition, <c>^</c> and <c>$</c>; no backslashes, which string literals of the two
/// engines treat differently.
/// </summary>
internal sealed class PortablePattern
{
    private const int RepeatMax = 1000;
    private const int DepthMax = 100;

    private readonly string _text;
    private int _at;
    private int _depth;
    private string? _problem;

    private PortablePattern(string text)
    {
        _text = text;
        MatchesNothing = Alternatives();
        if (_problem is null && _at < text.Length)
        {
            Fail("it has ) without (");
        }
    }

    private bool MatchesNothing { get; }

    private char Current => _at < _text.Length && _problem is null ? _text[_at] : '\0';

    /// <summary>Why a pattern is not portable, or null if it is.</summary>
    public static string? Problem(string pattern) =>
        pattern.Length == 0 ? "it is empty"
        : pattern.Any(c => c is > '\u007e' or < ' ') ? "it has a character that is not printable ASCII"
        : pattern.Contains('\\') ? "it has a backslash; write [.] for a dot and [0-9] for a digit"
        : new PortablePattern(pattern)._problem;

    /// <summary>Whether a portable pattern may match no characters at all.</summary>
    public static bool CanBeEmpty(string pattern) => new PortablePattern(pattern).MatchesNothing;

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

    private void Fail(string problem) => _problem ??= problem;

    private bool Take(char c)
    {
        bool taken = Current == c;
        _at += taken ? 1 : 0;
        return taken;
    }

    // Each of these says whether what it read may match nothing.
    private bool Alternatives()
    {
        if (++_depth > DepthMax)
        {
            Fail("its groups are nested too deeply");
        }

        bool empty = Sequence();
        while (Take('|'))
        {
            empty |= Sequence();
        }

        _depth--;
        return empty;
    }

    private bool Sequence()
    {
        bool empty = true;
        while (Current is not ('\0' or '|' or ')'))
        {
            empty &= Repeated();
        }

        return empty;
    }

    private bool Repeated()
    {
        bool isAnchor = Current is '^' or '$';
        bool empty = Atom();
        if (!IsRepetition)
        {
            return empty;
        }

        if (isAnchor)
        {
            Fail("it repeats ^ or $");
        }

        empty |= Repetition();
        Take('?');
        if (IsRepetition)
        {
            Fail("it has two repetitions side by side");
        }

        return empty;
    }

    private bool IsRepetition => Current is '*' or '+' or '?' or '{';

    private bool Atom()
    {
        char c = Current;
        _at++;
        switch (c)
        {
            case '(':
                if (Current == '?')
                {
                    Fail("it has a (?…) group");
                }

                bool empty = Alternatives();
                if (!Take(')'))
                {
                    Fail("its group is not closed");
                }

                return empty;
            case '[':
                Class();
                return false;
            case '^' or '$':
                return true;
            case '*' or '+' or '?':
                Fail("it repeats nothing");
                return true;
            case '{' or '}' or ']':
                Fail($"it has {c} by itself; write [{c}]");
                return false;
            default:
                return false;
        }
    }

    // Whether the repetition allows none.
    private bool Repetition()
    {
        char c = Current;
        _at++;
        if (c != '{')
        {
            return c != '+';
        }

        int close = _text.IndexOf('}', _at);
        string[] bounds = close < 0 ? [] : _text[_at..close].Split(',');
        int? least = bounds.Length > 0 ? Bound(bounds[0]) : null;
        int? most = bounds.Length == 2 && bounds[1].Length > 0 ? Bound(bounds[1]) : least;
        if (bounds.Length is 0 or > 2 || least is null || most is null || most < least)
        {
            Fail($"it has a {{…}} that is not {{n}}, {{n,}} or {{n,m}} with numbers to {RepeatMax}");
            return false;
        }

        _at = close + 1;
        return least == 0;
    }

    private static int? Bound(string digits) =>
        int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int value) && value <= RepeatMax
            ? value : null;

    private void Class()
    {
        Take('^');
        if (Current == ']')
        {
            Fail("its class is empty or begins with ]");
        }

        while (Current is not (']' or '\0'))
        {
            ClassItem();
        }

        if (!Take(']'))
        {
            Fail("its class is not closed");
        }
    }

    private void ClassItem()
    {
        char from = Current;
        char next = _at + 1 < _text.Length ? _text[_at + 1] : '\0';
        char to = _at + 2 < _text.Length ? _text[_at + 2] : '\0';
        if (from == '[')
        {
            Fail("it has [ inside a class");
        }
        else if (from == '&' && next == '&')
        {
            Fail("it has && inside a class");
        }
        else if (next == '-' && to is not (']' or '\0'))
        {
            if (to < from || to == '[')
            {
                Fail("it has a range inside a class that runs backwards");
            }

            _at += 2;
        }

        _at++;
    }
}
