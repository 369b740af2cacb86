using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace Landfall.Estate.Yaml;

/// <summary>
/// Changes single values of a YAML text that was read without errors, and keeps everything else of it: comments, order,
/// style, line ends.
/// </summary>
internal sealed class YamlEditor
{
    private readonly string _text;
    private readonly List<(int At, int Length, string Text)> _edits = [];

    /// <summary>Begins to edit a text of one document whose value is a mapping.</summary>
    public YamlEditor(string text)
    {
        _text = text;
        YamlStream stream = [];
        stream.Load(new StringReader(text));
        Root = (YamlMappingNode)stream.Documents[0].RootNode;
    }

    /// <summary>The document's mapping.</summary>
    public YamlMappingNode Root { get; }

    private string NewLine => _text.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";

    /// <summary>The mapping of a list that has a name.</summary>
    public static YamlMappingNode Named(YamlMappingNode owner, string list, string key, string name) =>
        ((YamlSequenceNode)owner[list]).Children.OfType<YamlMappingNode>()
            .Single(c => (c[key] as YamlScalarNode)?.Value == name);

    /// <summary>Puts a text in the place of a scalar.</summary>
    public void Replace(YamlNode scalar, string value) => _edits.Add((
        Place(scalar.Start), Place(scalar.End) - Place(scalar.Start),
        ((YamlScalarNode)scalar).Style == ScalarStyle.Plain && IsPlain(value) ? value : Quoted(value)));

    /// <summary>Sets a key of the document, which is put at its end where it is missing.</summary>
    public void Set(string key, string value)
    {
        if (Root.Children.TryGetValue(key, out YamlNode? found))
        {
            Replace(found, value);
        }
        else
        {
            Append($"{key}: {(IsPlain(value) ? value : Quoted(value))}");
        }
    }

    /// <summary>
    /// Sets a custom property, as the Bitol standards have them, of a mapping: behind an entry that is on one line
    /// where the mapping has none, or at the end of the document.
    /// </summary>
    /// <param name="owner">The mapping.</param>
    /// <param name="property">The property's name.</param>
    /// <param name="value">Its value, a text.</param>
    /// <param name="behind">A key of the mapping; null for the document itself.</param>
    public void SetProperty(YamlMappingNode owner, string property, string value, string? behind)
    {
        string item = $"{{ property: {property}, value: {Quoted(value)} }}";
        if (!owner.Children.TryGetValue("customProperties", out YamlNode? found)
            || found is not YamlSequenceNode { Children.Count: > 0 } list)
        {
            AddList(owner, $"customProperties: [{item}]", behind);
            return;
        }

        YamlMappingNode? known = list.Children.OfType<YamlMappingNode>()
            .FirstOrDefault(p => (p["property"] as YamlScalarNode)?.Value == property);
        if (known is not null && known.Children.TryGetValue("value", out YamlNode? old) && old is YamlScalarNode)
        {
            Replace(old, value);
        }
        else
        {
            _edits.Add(list.Style == SequenceStyle.Flow
                ? (Place(list.Start) + 1, 0, item + ", ")
                : (Place(list.Start), 0, $"- {item}{NewLine}{new string(' ', ColumnOf(list.Start))}"));
        }
    }

    /// <summary>The text with all changes.</summary>
    public override string ToString()
    {
        string text = _text;
        foreach ((int at, int length, string put) in _edits.Index().OrderByDescending(e => e.Item.At)
            .ThenByDescending(e => e.Index).Select(e => e.Item))
        {
            text = string.Concat(text.AsSpan(0, at), put, text.AsSpan(at + length));
        }

        return text;
    }

    private void AddList(YamlMappingNode owner, string entry, string? behind)
    {
        if (behind is null)
        {
            Append(entry);
            return;
        }

        (YamlNode key, YamlNode value) = owner.Children.First(c => (c.Key as YamlScalarNode)?.Value == behind);
        if (owner.Style == MappingStyle.Flow)
        {
            _edits.Add((Place(value.End), 0, ", " + entry));
            return;
        }

        int end = _text.IndexOf('\n', Place(value.End));
        string indent = new(' ', ColumnOf(key.Start));
        _edits.Add(end < 0
            ? (_text.Length, 0, $"\n{indent}{entry}\n")
            : (end + 1, 0, $"{indent}{entry}{NewLine}"));
    }

    private void Append(string entry) => _edits.Add((
        _text.Length, 0,
        (_text.EndsWith('\n') || _edits.Exists(e => e.At == _text.Length) ? "" : NewLine) + entry + NewLine));

    private static bool IsPlain(string value) =>
        value.Length > 0 && char.IsAsciiLetterOrDigit(value[0])
        && value.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or ':' or '_' or '@')
        && !value.EndsWith(':');

    private static string Quoted(string value) =>
        "\"" + value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)
            .Replace("\n", "\\n", StringComparison.Ordinal).Replace("\r", "\\r", StringComparison.Ordinal)
            .Replace("\t", "\\t", StringComparison.Ordinal) + "\"";

    private static int Place(Mark mark) => (int)mark.Index;

    private static int ColumnOf(Mark mark) => (int)mark.Column - 1;
}
