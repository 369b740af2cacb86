using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Landfall.Estate.Reading;
using Landfall.Estate.Yaml;

namespace Landfall.Estate.Manifests;

/// <summary>Reads <c>estate.yaml</c>.</summary>
internal static partial class EstateManifest
{
    /// <summary>The version of our own manifests.</summary>
    public static ImmutableArray<string> Versions { get; } = ["landfall/v1"];

    /// <summary>The file's name in the estate's folder.</summary>
    public const string File = "estate.yaml";

    /// <summary>The estate without zones; null when the file cannot be read at all.</summary>
    public static EstateHead? Read(LoadContext context)
    {
        if (context.Files.ReadMapping(File) is not { } mapping)
        {
            return null;
        }

        var section = new Section(context, mapping, "The estate");
        context.Mark("estate", section.Location);
        section.Header("Estate", Versions);
        var head = new EstateHead(
            section.Id("name"),
            section.Text("title"),
            section.Matching("domain", DomainPattern(), "an internet domain such as relecloud.example"),
            section.Matching("currency", CurrencyPattern(), "an ISO 4217 code such as EUR"),
            Prices(section.Nested("prices", "The price list")),
            Targets(section));
        section.Close();
        return head;
    }

    /// <summary>An internet domain.</summary>
    [GeneratedRegex(
        @"\A[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*\z")]
    internal static partial Regex DomainPattern();

    private static PriceList Prices(Section? section)
    {
        const decimal Most = 1_000_000;
        var prices = new PriceList
        {
            Version = section?.Text("version") ?? "",
            StorageGigabyteMonth = section?.Decimal("storageGigabyteMonth", 0, Most) ?? 0,
            MillionRequests = section?.Decimal("millionRequests", 0, Most) ?? 0,
        };
        section?.Close();
        return prices;
    }

    private static ImmutableArray<Target> Targets(Section estate)
    {
        ImmutableArray<Target>.Builder targets = ImmutableArray.CreateBuilder<Target>();
        foreach (YamlEntry entry in estate.Entries("targets"))
        {
            string name = estate.IdOf(entry.Key);
            if (estate.AsSection(entry.Value, $"The target '{entry.Key.Text}'") is not { } section)
            {
                continue;
            }

            estate.Context.Mark($"estate/target:{name}", entry.Key.Location);
            targets.Add(new()
            {
                Name = name,
                Lake = section.Text("lake"),
                Locations = Locations(section),
                Postgres = ExternalPostgresManifest.Read(section),
            });
            section.Close();
        }

        if (targets.Count == 0 && estate.Has("targets"))
        {
            estate.Context.Diagnostics.Error(
                "LF1014", estate.Place("targets"), "The estate has no target.", "Write 'local: { lake: lake }'.");
        }

        return targets.ToImmutable();
    }

    private static ImmutableDictionary<string, string> Locations(Section target)
    {
        ImmutableDictionary<string, string>.Builder locations = ImmutableDictionary.CreateBuilder<string, string>();
        foreach (YamlEntry entry in target.Entries("locations", required: false))
        {
            string name = target.IdOf(entry.Key);
            if (name.Length > 0 && target.AsScalar(entry.Value, name) is { } path)
            {
                locations[name] = path.Text.Length > 0 ? path.Text : target.Wrong(path, name, "a folder", "");
            }
        }

        return locations.ToImmutable();
    }

    [GeneratedRegex(@"\A[A-Z]{3}\z")]
    private static partial Regex CurrencyPattern();
}
