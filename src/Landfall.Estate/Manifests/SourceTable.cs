using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Landfall.Estate.Integrations;
using Landfall.Estate.Names;
using Landfall.Estate.Yaml;

namespace Landfall.Estate.Manifests;

/// <summary>Reads a table of an integration.</summary>
internal static partial class SourceTable
{
    private static readonly ImmutableSortedDictionary<string, LoadMode> _modes =
        new Dictionary<string, LoadMode>
        {
            ["append"] = LoadMode.Append,
            ["snapshot"] = LoadMode.Snapshot,
            ["upsert"] = LoadMode.Upsert,
        }.ToImmutableSortedDictionary();

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

    private static readonly string[] _fileKeys =
        ["files", "format", "delimiter", "nullText", "onRewrite", "sourceTime"];
    private static readonly string[] _databaseKeys = ["relation", "cursor", "overlap"];

    /// <summary>The table.</summary>
    public static IntegrationTable Read(Section section, string key, string name, Source source)
    {
        foreach (string part in (string[])["mode", "cursor", "overlap", "files", "rename"])
        {
            section.Context.Mark($"{key}/{part}", section.Place(part));
        }

        var table = new IntegrationTable
        {
            Name = name,
            Mode = section.Choice("mode", _modes) ?? LoadMode.Snapshot,
            SourceTimeZone = section.Has("sourceTimeZone")
                ? section.Matching("sourceTimeZone", ZonePattern(), "an IANA time zone such as UTC or Europe/Paris")
                : "",
            Rename = Renames(section, key),
        };
        return source is PostgresSource ? OfDatabase(section, table) : OfFiles(section, table);
    }

    private static IntegrationTable OfFiles(Section section, IntegrationTable table)
    {
        RefuseKeys(section, _databaseKeys, "a postgres source");
        FileFormat format = section.Choice("format", _formats, required: false) ?? FileFormat.ByExtension;
        if (format is not (FileFormat.Csv or FileFormat.ByExtension))
        {
            RefuseKeys(section, ["delimiter", "nullText"], "the format csv");
        }

        return table with
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

    private static IntegrationTable OfDatabase(Section section, IntegrationTable table)
    {
        RefuseKeys(section, _fileKeys, "a files source");
        string cursor = section.OptionalText("cursor") ?? "";
        if (cursor.Length == 0)
        {
            RefuseKeys(section, ["overlap"], "a cursor");
        }

        return table with
        {
            Relation = section.Matching("relation", RelationPattern(), "schema.table"),
            Cursor = cursor,
            CursorOverlap = Overlap(section),
        };
    }

    private static long Overlap(Section section) =>
        section.Scalar("overlap", required: false) is not { } scalar ? 0
        : Quantities.TryInteger(scalar.Text, out long units) && units >= 0 ? units
        : Quantities.TryDuration(scalar.Text, out long seconds) ? seconds
        : section.Wrong(scalar, "overlap", "a duration such as 1h, or a whole number for a cursor of numbers", 0L);

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

    private static ImmutableDictionary<string, string> Renames(Section section, string key)
    {
        ImmutableDictionary<string, string>.Builder renames = ImmutableDictionary.CreateBuilder<string, string>();
        foreach (YamlEntry entry in section.Entries("rename", required: false))
        {
            section.Context.Mark($"{key}/rename/{entry.Key.Text}", entry.Key.Location);
            if (section.AsScalar(entry.Value, entry.Key.Text) is { } column)
            {
                renames[entry.Key.Text] =
                    column.Text.Length > 0 ? column.Text : section.Wrong(column, entry.Key.Text, "a source column", "");
            }
        }

        return renames.ToImmutable();
    }

    private static void RefuseKeys(Section section, string[] keys, string needs)
    {
        foreach (string key in keys.Where(section.Has))
        {
            section.Context.Diagnostics.Error(
                "LF1048", section.Place(key), $"'{key}' has no meaning here: it needs {needs}.", "Remove it.");
        }
    }

    [GeneratedRegex(@"\A[^.\s""]{1,63}\.[^.\s""]{1,63}\z", RegexOptions.NonBacktracking)]
    private static partial Regex RelationPattern();

    [GeneratedRegex(@"\A[A-Za-z_]+(/[A-Za-z0-9_+-]+){0,2}\z", RegexOptions.NonBacktracking)]
    private static partial Regex ZonePattern();
}
