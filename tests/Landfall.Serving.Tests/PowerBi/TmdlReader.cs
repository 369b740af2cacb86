using System.Text;
using System.Text.RegularExpressions;

namespace Landfall.Serving.Tests.PowerBi;

/// <summary>
/// Reads the TMDL that a model is written in, and nothing else: tabs are structure, an object is a keyword with a name,
/// a property has a colon, a block stands two levels below its property.
/// </summary>
internal sealed partial class TmdlReader
{
    private static readonly Dictionary<string, string[]> Parents = new()
    {
        ["database"] = [""],
        ["model"] = [""],
        ["table"] = [""],
        ["expression"] = [""],
        ["relationship"] = [""],
        ["ref table"] = [""],
        ["column"] = ["table"],
        ["measure"] = ["table"],
        ["partition"] = ["table"],
    };

    private static readonly string[] Flags = ["isKey"];

    /// <summary>Properties whose values are names, with the quotation marks of names.</summary>
    private static readonly string[] References = ["fromColumn", "toColumn"];

    private readonly string[] _lines;

    private int _at;

    private TmdlReader(string text)
    {
        Check(text.EndsWith('\n') && !text.Contains('\r'), "lines end with LF");
        _lines = text[..^1].Split('\n');
    }

    /// <summary>The objects of a file.</summary>
    /// <exception cref="FormatException">The text is no such TMDL.</exception>
    public static List<TmdlObject> Read(string text)
    {
        TmdlReader reader = new(text);
        TmdlObject file = new() { Keyword = "" };
        reader.Body(file, 0);
        Check(reader._at == reader._lines.Length, "nothing is left");
        return file.Children;
    }

    /// <summary>Reads <c>name</c> or <c>'name'</c> at a place, and moves it behind.</summary>
    public static string Name(string text, ref int at)
    {
        if (at < text.Length && text[at] == '\'')
        {
            StringBuilder name = new();
            for (at++; ; at++)
            {
                Check(at < text.Length, "a quoted name ends");
                if (text[at] != '\'')
                {
                    name.Append(text[at]);
                }
                else if (at + 1 < text.Length && text[at + 1] == '\'')
                {
                    name.Append(text[at++]);
                }
                else
                {
                    at++;
                    return name.ToString();
                }
            }
        }

        Match word = Word().Match(text, at);
        Check(word.Success && word.Length > 0, $"a name begins: {text[at..]}");
        at += word.Length;
        return word.Value;
    }

    /// <summary>Reads <c>table.column</c>.</summary>
    public static (string Table, string Column) Reference(string text)
    {
        int at = 0;
        string table = Name(text, ref at);
        Check(at < text.Length && text[at] == '.', "a dot follows the table");
        at++;
        string column = Name(text, ref at);
        Check(at == text.Length, "the column ends the reference");
        return (table, column);
    }

    private void Body(TmdlObject owner, int depth)
    {
        List<string> description = [];
        while (_at < _lines.Length)
        {
            string line = _lines[_at];
            if (line.Length == 0)
            {
                Check(description.Count == 0, "a description stands right above its object");
                _at++;
                continue;
            }

            int tabs = line.TakeWhile(c => c == '\t').Count();
            if (tabs < depth)
            {
                break;
            }

            Check(tabs == depth, $"{depth} tabs: {line}");
            string text = line[tabs..];
            _at++;
            if (text.StartsWith("///", StringComparison.Ordinal))
            {
                Check(text.Length == 3 || text[3] == ' ', "a blank follows ///");
                description.Add(text.Length == 3 ? "" : text[4..]);
            }
            else if (ObjectAt(text, owner, description) is { } child)
            {
                description.Clear();
                owner.Children.Add(child);
                Body(child, depth + 1);
            }
            else
            {
                Check(description.Count == 0, "a property has no description");
                Property(text, owner, depth);
            }
        }

        Check(description.Count == 0, "a description has an object");
    }

    private static TmdlObject? ObjectAt(string text, TmdlObject owner, List<string> description)
    {
        string? keyword = Parents.Keys.FirstOrDefault(k =>
            text == k || text.StartsWith(k + " ", StringComparison.Ordinal));
        if (keyword is null)
        {
            return null;
        }

        Check(Parents[keyword].Contains(owner.Keyword), $"{keyword} stands in its parent");
        int at = keyword.Length + 1;
        string name = text == keyword ? "" : keyword == "relationship" ? text[at..] : Name(text, ref at);
        at = keyword == "relationship" ? text.Length : at;
        string rest = at >= text.Length ? "" : text[at..];
        Check(rest.Length == 0 || (rest.StartsWith(" = ", StringComparison.Ordinal) && rest.Length > 3),
            $"an expression follows =: {text}");
        Check((rest.Length > 0) == keyword is "measure" or "partition" or "expression" || keyword is "partition",
            $"{keyword} has its expression");
        return new()
        {
            Keyword = keyword,
            Name = name,
            Description = string.Join('\n', description),
            Expression = rest.Length == 0 ? "" : rest[3..],
        };
    }

    private void Property(string text, TmdlObject owner, int depth)
    {
        Match match = PropertyPattern().Match(text);
        Check(match.Success, $"an object or a property: {text}");
        string name = match.Groups[1].Value;
        string value = References.Contains(name) ? match.Groups[3].Value
            : match.Groups[3].Success ? Value(match.Groups[3].Value)
            : match.Groups[2].Value == " =" ? Block(depth + 2)
            : Flags.Contains(name) ? "true"
            : throw new FormatException($"{name} is no flag");
        Check(owner.Properties.TryAdd(name, value), $"{name} stands once");
    }

    private string Block(int depth)
    {
        StringBuilder block = new();
        while (_at < _lines.Length && _lines[_at].StartsWith(new string('\t', depth), StringComparison.Ordinal))
        {
            block.Append(_lines[_at++][depth..]).Append('\n');
        }

        Check(block.Length > 0, "a block has lines");
        return block.ToString();
    }

    private static string Value(string text)
    {
        if (text[0] != '"')
        {
            Check(!text.Contains('"') && text == text.Trim(), $"a plain value has no quotation marks: {text}");
            return text;
        }

        Check(QuotedValue().IsMatch(text), $"a quoted value ends: {text}");
        return text[1..^1].Replace("\"\"", "\"", StringComparison.Ordinal);
    }

    private static void Check(bool holds, string rule)
    {
        if (!holds)
        {
            throw new FormatException(rule);
        }
    }

    [GeneratedRegex(@"\G[A-Za-z_][A-Za-z0-9_]*")]
    private static partial Regex Word();

    [GeneratedRegex(@"\A([a-z][A-Za-z0-9]*)(: (.+)| =)?\z")]
    private static partial Regex PropertyPattern();

    [GeneratedRegex(@"\A""([^""]|"""")*""\z")]
    private static partial Regex QuotedValue();
}
