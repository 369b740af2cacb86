using System.Collections.Immutable;
using Landfall.Estate.Integrations;
using Landfall.Estate.Reading;

namespace Landfall.Estate.Sources;

/// <summary>Sources of type <c>files</c>.</summary>
public sealed class FilesManifest : ISourceManifest
{
    private static readonly ImmutableSortedDictionary<string, FileFormat> _formats =
        new Dictionary<string, FileFormat>
        {
            ["csv"] = FileFormat.Csv,
            ["json"] = FileFormat.Json,
            ["jsonl"] = FileFormat.JsonLines,
            ["parquet"] = FileFormat.Parquet,
        }.ToImmutableSortedDictionary();

    private static readonly ImmutableSortedDictionary<string, RewritePolicy> _rewrites =
        new Dictionary<string, RewritePolicy>
        {
            ["append"] = RewritePolicy.Append,
            ["fail"] = RewritePolicy.Fail,
            ["replace"] = RewritePolicy.Replace,
        }.ToImmutableSortedDictionary();

    /// <inheritdoc/>
    public string Type => "files";

    /// <inheritdoc/>
    public ImmutableArray<string> TableKeys { get; } =
        ["files", "format", "delimiter", "nullText", "onRewrite", "sourceTime"];

    /// <inheritdoc/>
    public Source Read(Section section, string key) => new FilesSource(
        section.Id("location"),
        section.Has("onBadFile") && section.Word("onBadFile", ["quarantine", "stop"]) == "stop");

    /// <inheritdoc/>
    public TableReading ReadTable(Section section)
    {
        FileFormat format = section.Choice("format", _formats, required: false) ?? FileFormat.ByExtension;
        if (format is not (FileFormat.Csv or FileFormat.ByExtension))
        {
            section.Refuse(["delimiter", "nullText"], "the format csv");
        }

        return new FilesReading
        {
            Files = Pattern(section),
            Format = format,
            Delimiter = Delimiter(section),
            NullText = section.TextOr("nullText", ""),
            OnRewrite = section.Choice("onRewrite", _rewrites, required: false) ?? RewritePolicy.Replace,
            SourceTimeFromName =
                section.Has("sourceTime") && section.Word("sourceTime", ["modified", "name"]) == "name",
        };
    }

    /// <inheritdoc/>
    public void Check(SourceCheck check)
    {
        // A source that could not be read has been reported.
        if (check.Integration.Source is FilesSource { Location.Length: > 0 })
        {
            check.RequireTool();
        }
    }

    /// <inheritdoc/>
    public void CheckTable(SourceCheck check, IntegrationTable table)
    {
        if (table.Mode == LoadMode.Upsert)
        {
            check.Report.Error(
                "LF1043", $"{check.KeyOf(table)}/mode", "Mode upsert needs a postgres source.",
                "Write append or snapshot.");
        }
    }

    private static char Delimiter(Section section)
    {
        if (section.Scalar("delimiter", required: false) is not { } scalar)
        {
            return ',';
        }

        return scalar.Text.Length == 1 && scalar.Text[0] is >= '\t' and <= '~' and not ('"' or '\r' or '\n')
            ? scalar.Text[0]
            : section.Wrong(scalar, "delimiter", "one character, such as \";\" or \"\\t\"", ',');
    }

    private static string Pattern(Section section)
    {
        string text = section.Text("files");
        bool inside = !text.StartsWith('/') && !text.Contains('\\') && !text.Split('/').Contains("..");
        if (text.Length > 0 && !inside)
        {
            section.Context.Diagnostics.Error(
                "LF1014", section.Place("files"), $"'{text}' is no value of 'files'.",
                "Write a pattern below the location, with '/', without '..' and not beginning with '/'.");
        }

        return text;
    }
}
