using System.Globalization;
using Landfall.Estate.Contracts;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace Landfall.Estate.Manifests;

/// <summary>Changes the text of a contract and keeps everything else of it: comments, order, style.</summary>
public static class ContractEditor
{
    /// <summary>
    /// Marks a column as gone from its source since a day, with the custom property that
    /// <see cref="ContractColumn.GoneProperty"/> names, and raises the minor version.
    /// </summary>
    /// <param name="text">The contract; one that was read without errors.</param>
    /// <param name="table">Name of a table of it.</param>
    /// <param name="column">Name of a column of that.</param>
    /// <param name="day">The day.</param>
    /// <returns>The text, and the contract's new version.</returns>
    public static (string Text, string Version) MarkGone(string text, string table, string column, DateOnly day)
    {
        YamlStream stream = [];
        stream.Load(new StringReader(text));
        var contract = (YamlMappingNode)stream.Documents[0].RootNode;
        YamlMappingNode found = Named(Named(contract, "schema", table), "properties", column);
        string property = string.Create(
            CultureInfo.InvariantCulture,
            $"{{ property: {ContractColumn.GoneProperty}, value: \"{day:yyyy-MM-dd}\" }}");
        var version = (YamlScalarNode)contract["version"];
        string next = ContractVersion.Parse(version.Value!).NextMinor.ToString();
        List<(int At, int Length, string Text)> edits =
        [
            (Place(version.Start), Place(version.End) - Place(version.Start),
                version.Style == ScalarStyle.Plain ? next : $"\"{next}\""),
            Addition(text, found, property),
        ];
        foreach ((int at, int length, string put) in edits.OrderByDescending(e => e.At))
        {
            text = string.Concat(text.AsSpan(0, at), put, text.AsSpan(at + length));
        }

        return (text, next);
    }

    private static (int At, int Length, string Text) Addition(string text, YamlMappingNode column, string property)
    {
        if (column.Children.TryGetValue("customProperties", out YamlNode? value)
            && value is YamlSequenceNode { Children.Count: > 0 } list)
        {
            return list.Style == SequenceStyle.Flow
                ? (Place(list.Start) + 1, 0, property + ", ")
                : (Place(list.Start), 0, $"- {property}{NewLine(text)}{new string(' ', ColumnOf(list.Start))}");
        }

        // The name comes with every column and is on one line, so that a line can be put behind it.
        YamlNode name = column["name"];
        string entry = $"customProperties: [{property}]";
        if (column.Style == MappingStyle.Flow)
        {
            return (Place(name.End), 0, ", " + entry);
        }

        YamlNode key = column.Children.First(c => c.Value == name).Key;
        int end = text.IndexOf('\n', Place(name.End));
        string indent = new(' ', ColumnOf(key.Start));
        return end < 0
            ? (text.Length, 0, $"\n{indent}{entry}\n")
            : (end + 1, 0, $"{indent}{entry}{NewLine(text)}");
    }

    private static YamlMappingNode Named(YamlMappingNode owner, string list, string name) =>
        ((YamlSequenceNode)owner[list]).Children.OfType<YamlMappingNode>()
            .Single(c => (c["name"] as YamlScalarNode)?.Value == name);

    private static int Place(Mark mark) => (int)mark.Index;

    private static int ColumnOf(Mark mark) => (int)mark.Column - 1;

    private static string NewLine(string text) => text.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";
}
