using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Landfall.Estate.Integrations;
using Landfall.Estate.Reading;
using Landfall.Estate.Sources;
using Landfall.Estate.Yaml;

namespace Landfall.Estate.Manifests;

/// <summary>Reads a table of an integration.</summary>
internal static partial class TableManifest
{
    private static readonly ImmutableSortedDictionary<string, LoadMode> _modes =
        new Dictionary<string, LoadMode>
        {
            ["append"] = LoadMode.Append,
            ["snapshot"] = LoadMode.Snapshot,
            ["upsert"] = LoadMode.Upsert,
        }.ToImmutableSortedDictionary();

    private static readonly ImmutableSortedDictionary<string, DuplicatePolicy> _duplicates =
        new Dictionary<string, DuplicatePolicy>
        {
            ["fail"] = DuplicatePolicy.Fail,
            ["quarantine"] = DuplicatePolicy.Quarantine,
        }.ToImmutableSortedDictionary();

    /// <summary>The table.</summary>
    public static IntegrationTable Read(
        Section section, string key, string name, ISourceManifest kind,
        ImmutableArray<ISourceManifest> kinds)
    {
        foreach (string part in (string[])["mode", "cursor", "overlap", "files", "rename"])
        {
            section.Context.Mark($"{key}/{part}", section.Place(part));
        }

        foreach (ISourceManifest other in kinds.Where(k => k.Type != kind.Type))
        {
            section.Refuse(other.TableKeys.Except(kind.TableKeys), $"a {other.Type} source");
        }

        return new()
        {
            Name = name,
            Mode = section.Choice("mode", _modes) ?? LoadMode.Snapshot,
            SourceTimeZone = section.Has("sourceTimeZone")
                ? section.Matching("sourceTimeZone", ZonePattern(), "an IANA time zone such as UTC or Europe/Paris")
                : "",
            OnDuplicate = section.Choice("onDuplicate", _duplicates, required: false) ?? DuplicatePolicy.Quarantine,
            Rename = Renames(section, key),
            Reading = kind.ReadTable(section),
        };
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

    [GeneratedRegex(@"\A[A-Za-z_]+(/[A-Za-z0-9_+-]+){0,2}\z")]
    private static partial Regex ZonePattern();
}
