using System.Globalization;
using Landfall.Estate.Contracts;
using Landfall.Estate.Yaml;
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
        YamlEditor editor = new(text);
        YamlMappingNode owner = YamlEditor.Named(
            YamlEditor.Named(editor.Root, "schema", "name", table), "properties", "name", column);
        var version = (YamlScalarNode)editor.Root["version"];
        string next = ContractVersion.Parse(version.Value!).NextMinor.ToString();
        editor.Replace(version, next);
        editor.SetProperty(
            owner, ContractColumn.GoneProperty, day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), "name");
        return (editor.ToString(), next);
    }
}
