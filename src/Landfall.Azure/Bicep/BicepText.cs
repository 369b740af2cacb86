using System.Collections;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Landfall.Azure.Bicep;

/// <summary>Writes values as <c>bicep format</c> leaves them.</summary>
internal static partial class BicepText
{
    private const int Width = 120;

    /// <summary>A value as Bicep has it.</summary>
    /// <param name="value">The value.</param>
    /// <param name="indent">Blanks that its line begins with.</param>
    /// <param name="column">Characters before it on its line.</param>
    public static string Of(object value, int indent = 0, int? column = null) => value switch
    {
        Expression expression => expression.Text,
        string text => Quote(text),
        bool flag => flag ? "true" : "false",
        int number => number.ToString(CultureInfo.InvariantCulture),
        BicepObject map => Map(map, indent),
        Call call => Sequence(call.Function + "(", call.Arguments, ")", ",", true, indent, column ?? indent),
        Inline list => Sequence("[", [.. list.Items], "]", "", true, indent, column ?? indent),
        IEnumerable list => Sequence("[", [.. list.Cast<object>()], "]", "", false, indent, column ?? indent),
        _ => throw new ArgumentException($"No value of Bicep: {value.GetType().Name}", nameof(value)),
    };

    /// <summary>A text in quotation marks.</summary>
    public static string Quote(string text)
    {
        StringBuilder quoted = new("'");
        foreach (char c in text)
        {
            _ = c switch
            {
                '\'' => quoted.Append("\\'"),
                '\\' => quoted.Append("\\\\"),
                '\n' => quoted.Append("\\n"),
                '\r' => quoted.Append("\\r"),
                '\t' => quoted.Append("\\t"),
                _ => quoted.Append(c),
            };
        }

        return quoted.Replace("${", "\\${").Append('\'').ToString();
    }

    /// <summary>
    /// Ids as one name of Bicep, different for different ids: <c>operations.cloud-accounts</c> as
    /// <c>operations__cloudAccounts</c>, <c>zone-1</c> as <c>zone_1</c>.
    /// </summary>
    public static string Symbol(string ids)
    {
        StringBuilder symbol = new();
        for (int i = 0; i < ids.Length; i++)
        {
            _ = ids[i] switch
            {
                '.' => symbol.Append("__"),
                '-' when char.IsAsciiLetter(ids[i + 1]) => symbol.Append(char.ToUpperInvariant(ids[++i])),
                '-' => symbol.Append('_'),
                char c => symbol.Append(c),
            };
        }

        return symbol.ToString();
    }

    private static string Map(BicepObject map, int indent)
    {
        if (map.Count == 0)
        {
            return "{}";
        }

        string pad = new(' ', indent + 2);
        IEnumerable<string> lines = map.Select(p =>
        {
            string head = p.Key == "..." ? p.Key : $"{Key(p.Key)}: ";
            return $"{pad}{head}{Of(p.Value, indent + 2, indent + 2 + head.Length)}\n";
        });
        return $"{{\n{string.Concat(lines)}{new string(' ', indent)}}}";
    }

    /// <summary>On one line where it fits and holds no object; else an item a line.</summary>
    private static string Sequence(
        string open, IReadOnlyList<object> items, string close, string separator, bool isInline, int indent, int column)
    {
        string line = $"{open}{string.Join(", ", items.Select(i => Of(i, indent)))}{close}";
        if ((isInline || items.Count < 2) && !line.Contains('\n', StringComparison.Ordinal)
            && column + line.Length <= Width)
        {
            return line;
        }

        string pad = new(' ', indent + 2);
        string body = string.Join(separator + "\n", items.Select(i => pad + Of(i, indent + 2)));
        return $"{open}\n{body}\n{new string(' ', indent)}{close}";
    }

    private static string Key(string key) => KeyPattern().IsMatch(key) ? key : Quote(key);

    [GeneratedRegex(@"\A[A-Za-z_][A-Za-z0-9_]*\z", RegexOptions.NonBacktracking)]
    private static partial Regex KeyPattern();
}
