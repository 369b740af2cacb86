using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Landfall.Estate.Reading;
using Landfall.Estate.Yaml;
using Landfall.Estate.Zones;

namespace Landfall.Estate.Manifests;

/// <summary>Reads <c>spark</c> of a pool.</summary>
internal static partial class SparkManifest
{
    private const int CoresMax = 100_000;

    /// <summary>The settings; null where a pool has none.</summary>
    public static SparkSettings? Read(Section pool, string key)
    {
        if (pool.Nested("spark", "Spark", required: false) is not { } section)
        {
            return null;
        }

        section.Context.Mark($"{key}/spark", section.Location);
        section.Context.Mark($"{key}/spark/address", section.Place("address"));
        section.Context.Mark($"{key}/spark/ui", section.Place("ui"));
        Secrets.CheckReferences(section, "address");
        var settings = new SparkSettings
        {
            Address = section.Matching("address", SparkSettings.Pattern(), SparkSettings.Shape),
            Ui = section.Has("ui")
                ? section.Matching("ui", UiPattern(), "http://HOST:PORT or https://HOST:PORT") : "",
            Cores = (int)section.Integer("cores", 1, CoresMax, absent: 1),
            Configuration = Configuration(section, key),
        };
        section.Close();
        return settings;
    }

    private static ImmutableSortedDictionary<string, string> Configuration(Section section, string key)
    {
        var settings = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (YamlEntry entry in section.Entries("configuration", required: false))
        {
            section.Context.Mark($"{key}/spark/configuration/{entry.Key.Text}", entry.Key.Location);
            if (section.AsScalar(entry.Value, entry.Key.Text) is { } value)
            {
                settings[entry.Key.Text] = value.Text;
            }
        }

        return settings.ToImmutable();
    }

    [GeneratedRegex(@"\Ahttps?://([A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(:[0-9]{1,5})?/?\z")]
    private static partial Regex UiPattern();
}
