using System.Collections.Immutable;
using Landfall.Estate.Azure;
using Landfall.Estate.Reading;
using Landfall.Estate.Yaml;
using Landfall.Estate.Zones;

namespace Landfall.Estate.Manifests;

/// <summary>Reads <c>&lt;zone&gt;/zone.yaml</c>.</summary>
internal static class ZoneManifest
{
    /// <summary>Engines that a manifest may name; not every program has each.</summary>
    public static ImmutableArray<string> Engines { get; } = ["duckdb", "spark"];

    /// <summary>Ways of serving there are.</summary>
    public static ImmutableArray<string> Serving { get; } = ["sql", "http"];

    /// <summary>
    /// The zone without integrations, products and agreements; null when the file cannot be read at all.
    /// </summary>
    public static Zone? Read(LoadContext context, string folder, ImmutableArray<string> sources)
    {
        if (context.Files.ReadMapping($"{folder}/zone.yaml") is not { } mapping)
        {
            _ = context.Unreadable.Add(folder);
            return null;
        }

        string key = $"zone:{folder}";
        var section = new Section(context, mapping, $"The zone '{folder}'");
        context.Mark(key, section.Location);
        section.Header("LandingZone", EstateManifest.Versions);
        string id = section.Id("id");
        UnitParts.CheckFolder(section, id, folder);
        UnitParts.CheckNotReserved(section, id);
        context.Mark($"{key}/id", section.Place("id"));
        context.Mark($"{key}/owner", section.Place("owner"));
        context.Mark($"{key}/network", section.Place("network"));
        Section? network = section.Nested("network", "The network");
        Section? budget = section.Nested("budget", "The budget", required: false);
        var zone = new Zone
        {
            Id = folder,
            Title = section.Text("title"),
            Owner = section.Text("owner"),
            CostCentre = section.Text("costCentre"),
            Peers = References(section, "peers", $"{key}/peer:"),
            Tools = Tools(section.Nested("tools", "The tools"), sources),
            Pools = Pools(section, key),
            MonthlyBudget = budget?.Decimal("monthly", 0, 1_000_000_000_000),
            Roles = Roles(section, key),
            AddressRange = NetworkRange.Read(network),
            AzureExisting = AzureUnitManifest.ReadExisting(section, AzureServices.ExistingOfZones),
            Integrations = [],
            Products = [],
            Agreements = [],
        };
        network?.Close();
        budget?.Close();
        section.Close();
        return zone;
    }

    private static ImmutableArray<string> References(Section section, string list, string prefix, bool required = true)
    {
        ImmutableArray<YamlScalar> scalars = section.Scalars(list, required);
        foreach (YamlScalar scalar in scalars)
        {
            section.Context.Mark(prefix + scalar.Text, scalar.Location);
        }

        return [.. scalars.Select(s => s.Text)];
    }

    private static ZoneTools Tools(Section? section, ImmutableArray<string> sources)
    {
        if (section is null)
        {
            return new([], [], []);
        }

        var tools = new ZoneTools(
            section.Words("engines", Engines),
            section.Words("sources", sources),
            section.Words("serving", Serving));
        section.Close();
        return tools;
    }

    private static ImmutableArray<Pool> Pools(Section zone, string zoneKey)
    {
        ImmutableArray<Pool>.Builder pools = ImmutableArray.CreateBuilder<Pool>();
        foreach (Section section in zone.Sections("pools", "The pool"))
        {
            string id = section.Id("id");
            string key = $"{zoneKey}/pool:{id}";
            UnitParts.MarkUnique(section, $"{zoneKey}/pool:", id, "id");
            section.Context.Mark($"{key}/engine", section.Place("engine"));
            section.Context.Mark($"{key}/dedicatedTo", section.Place("dedicatedTo"));
            Section? price = section.Nested("price", "The price");
            pools.Add(new()
            {
                Id = id,
                Engine = section.Word("engine", Engines),
                MemoryBytes = section.Size("memory", 64L << 20, 16L << 40),
                Threads = (int)section.Integer("threads", 1, 256),
                Concurrency = (int)section.Integer("concurrency", 1, 64),
                TimeoutSeconds = (int)section.Duration("timeout", 1, 7 * 86_400),
                Secrets =
                [
                    .. section.Scalars("secrets", required: false)
                        .Where(s => Secrets.CheckName(section, s)).Select(s => s.Text),
                ],
                DedicatedTo = section.OptionalText("dedicatedTo"),
                AzureService = AzureUnitManifest.ReadPool(section),
                Spark = SparkManifest.Read(section, key),
                CpuHourPrice = price?.Decimal("cpuHour", 0, 1_000_000) ?? 0,
            });
            price?.Close();
            section.Close();
        }

        return [.. pools.OrderBy(p => p.Id, StringComparer.Ordinal)];
    }

    private static ImmutableArray<Role> Roles(Section zone, string zoneKey)
    {
        ImmutableArray<Role>.Builder roles = ImmutableArray.CreateBuilder<Role>();
        foreach (Section section in zone.Sections("roles", "The role", required: false))
        {
            string id = section.Id("id");
            string key = $"{zoneKey}/role:{id}";
            UnitParts.MarkUnique(section, $"{zoneKey}/role:", id, "id");
            roles.Add(new(
                id,
                References(section, "groups", $"{key}/group:"),
                References(section, "tables", $"{key}/table:"))
            {
                Classifications = section.Words("classifications", Role.Named, required: false),
            });
            section.Close();
        }

        return roles.ToImmutable();
    }
}
