using System.Text;

namespace Landfall.Serving.PowerBi;

/// <summary>Writes TMDL: tabs are structure, an object or a property is one line.</summary>
internal sealed class TmdlText
{
    private static readonly string[] _lineEnds = ["\r\n", "\n", "\r", "\u0085", "\u2028", "\u2029", "\v", "\f"];

    private readonly StringBuilder _text = new();

    /// <summary>A name, in quotation marks unless it is one word.</summary>
    public static string Name(string name)
    {
        string line = ModelName.OneLine(name);
        bool isWord = line.Length > 0 && !char.IsAsciiDigit(line[0])
            && line.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');
        return isWord ? line : $"'{line.Replace("'", "''", StringComparison.Ordinal)}'";
    }

    /// <summary>The value of a property of text; quotation marks where it could be read as something else.</summary>
    public static string Value(string text)
    {
        string line = ModelName.OneLine(text);
        return line.Length == 0 || line.Contains('"', StringComparison.Ordinal)
            ? $"\"{line.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
            : line;
    }

    /// <summary>Adds a line that may stand as it is.</summary>
    public TmdlText Line(int depth, string line)
    {
        _ = _text.Append('\t', depth).Append(line).Append('\n');
        return this;
    }

    /// <summary>Adds a property of text; nothing where the text is empty.</summary>
    public TmdlText Property(int depth, string name, string text) =>
        text.Length == 0 ? this : Line(depth, $"{name}: {Value(text)}");

    /// <summary>Adds the description of what the next line declares, line by line.</summary>
    public TmdlText Description(int depth, string text)
    {
        if (!string.IsNullOrWhiteSpace(text))
        {
            foreach (string line in text.Split(_lineEnds, StringSplitOptions.None))
            {
                _ = Line(depth, $"/// {ModelName.OneLine(line)}".TrimEnd());
            }
        }

        return this;
    }

    /// <summary>Adds an empty line.</summary>
    public TmdlText Blank()
    {
        _ = _text.Append('\n');
        return this;
    }

    /// <summary>The file's text.</summary>
    public override string ToString() => _text.ToString();
}
