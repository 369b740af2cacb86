using System.Buffers;
using System.Globalization;
using System.Text;

namespace Landfall.Serving.Connections;

/// <summary>Texts as other languages write them, so that no text can end early or say more than it is.</summary>
internal static class Quoted
{
    /// <summary>What may not stand bare in a connection string of ODBC.</summary>
    private static readonly SearchValues<char> _odbc = SearchValues.Create("{};='\\");

    /// <summary>A word of a POSIX shell.</summary>
    public static string Shell(string text) =>
        IsPlain(text) ? text : $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    /// <summary>A value of a connection string of libpq.</summary>
    public static string Libpq(string text)
    {
        string inner = text.Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace("'", "\\'", StringComparison.Ordinal);
        return IsPlain(text) ? text : $"'{inner}'";
    }

    /// <summary>
    /// A value of a connection string of ODBC. PostgreSQL's driver takes braces for a part of user, server and
    /// database: they stand only where nothing else does.
    /// </summary>
    public static string Odbc(string text) =>
        text.Length > 0 && text.Trim() == text && !text.AsSpan().ContainsAny(_odbc)
            ? text
            : $"{{{text.Replace("}", "}}", StringComparison.Ordinal)}}}";

    /// <summary>A literal of SQL with standard strings.</summary>
    public static string SqlText(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    /// <summary>A name of SQL.</summary>
    public static string SqlName(string name) =>
        name.Length > 0 && !char.IsAsciiDigit(name[0]) && name.All(c => char.IsAsciiLetterLower(c)
            || char.IsAsciiDigit(c) || c == '_')
            ? name
            : $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>A literal of Python.</summary>
    public static string Python(string text)
    {
        StringBuilder literal = new("\"");
        foreach (char c in text)
        {
            _ = c switch
            {
                '"' or '\\' => literal.Append('\\').Append(c),
                _ when char.IsControl(c) || c is '\u2028' or '\u2029' =>
                    literal.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => literal.Append(c),
            };
        }

        return literal.Append('"').ToString();
    }

    private static bool IsPlain(string text) =>
        text.Length > 0 && text.All(c => char.IsAsciiLetterOrDigit(c) || "/._-:".Contains(c, StringComparison.Ordinal));
}
