using System.Globalization;
using System.Text;

namespace Landfall.Serving.Tests.PowerBi;

/// <summary>A token of DAX or M.</summary>
/// <param name="Kind">
/// <c>w</c> a word or number, <c>p</c> punctuation, <c>s</c> a text, <c>t</c> a table of DAX in quotation marks,
/// <c>c</c> a column or measure of DAX in brackets.
/// </param>
/// <param name="Text">What it means, without marks and escapes.</param>
internal sealed record CodeToken(char Kind, string Text)
{
    /// <summary>The tokens of an expression of DAX.</summary>
    /// <exception cref="FormatException">Something else stands there.</exception>
    public static List<CodeToken> OfDax(string code) => Read(code, "(),=&", isDax: true);

    /// <summary>The tokens of an expression of M.</summary>
    /// <exception cref="FormatException">Something else stands there.</exception>
    public static List<CodeToken> OfM(string code) => Read(code, "()[]{},=", isDax: false);

    private static List<CodeToken> Read(string code, string punctuation, bool isDax)
    {
        List<CodeToken> tokens = [];
        int at = 0;
        while (at < code.Length)
        {
            char c = code[at];
            if (char.IsWhiteSpace(c))
            {
                at++;
            }
            else if (c == '"')
            {
                tokens.Add(new('s', Marked(code, ref at, '"', hasEscapes: !isDax)));
            }
            else if (isDax && c is '\'' or '[')
            {
                tokens.Add(new(c == '[' ? 'c' : 't', Marked(code, ref at, c == '[' ? ']' : '\'', hasEscapes: false)));
            }
            else if (punctuation.Contains(c))
            {
                tokens.Add(new('p', c.ToString()));
                at++;
            }
            else
            {
                int start = at;
                while (at < code.Length && (char.IsAsciiLetterOrDigit(code[at]) || code[at] is '_' or '.' or '-'))
                {
                    at++;
                }

                tokens.Add(at > start ? new('w', code[start..at]) : throw new FormatException($"{c} at {at}: {code}"));
            }
        }

        return tokens;
    }

    /// <summary>What stands between marks, of which two are one; M has escapes that begin with <c>#(</c>.</summary>
    private static string Marked(string code, ref int at, char end, bool hasEscapes)
    {
        StringBuilder text = new();
        for (at++; at < code.Length; at++)
        {
            if (code[at] == end)
            {
                if (at + 1 >= code.Length || code[at + 1] != end)
                {
                    at++;
                    return text.ToString();
                }

                at++;
                text.Append(end);
            }
            else if (hasEscapes && code[at] == '#' && at + 1 < code.Length && code[at + 1] == '(')
            {
                int close = code.IndexOf(')', at);
                string escape = code[(at + 2)..close];
                text.Append(escape == "#" ? "#" : ((char)int.Parse(
                    escape, NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToString());
                at = close;
            }
            else
            {
                text.Append(code[at]);
            }
        }

        throw new FormatException($"No {end} ends it: {code}");
    }
}
