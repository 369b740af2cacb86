using System.Collections.Immutable;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Landfall.Estate.Environments;
using Landfall.Estate.Names;
using Landfall.Estate.Reading;
using Landfall.Estate.Yaml;

namespace Landfall.Estate.Manifests;

/// <summary>Reads <c>azure/&lt;environment&gt;.yaml</c>.</summary>
internal static partial class EnvironmentManifest
{
    private const string Folder = "azure";

    private const string Suffix = ".yaml";

    /// <summary>Every environment whose file can be read, in the order of their names.</summary>
    public static ImmutableArray<AzureEnvironment> ReadAll(LoadContext context)
    {
        string[] files = [.. context.Files.FileNames(Folder).Where(f => f.EndsWith(Suffix, StringComparison.Ordinal))];
        foreach (string file in files.Where(f => f != "zone.yaml" && !AzureEnvironment.Names.Contains(NameOf(f))))
        {
            context.Diagnostics.Error(
                "LF1016", new($"{Folder}/{file}", 1, 1), $"'{NameOf(file)}' is no environment.",
                Spelling.Hint(NameOf(file), AzureEnvironment.Names));
        }

        return
        [
            .. AzureEnvironment.Names.Where(n => files.Contains(n + Suffix))
                .Select(n => Read(context, n)).OfType<AzureEnvironment>(),
        ];
    }

    private static string NameOf(string file) => file[..^Suffix.Length];

    private static AzureEnvironment? Read(LoadContext context, string name)
    {
        if (context.Files.ReadMapping($"{Folder}/{name}{Suffix}") is not { } mapping)
        {
            return null;
        }

        string key = $"azure:{name}";
        var section = new Section(context, mapping, $"The environment '{name}'");
        context.Mark(key, section.Location);
        section.Header("AzureEnvironment", EstateManifest.Versions);
        CheckName(section, name);
        string region = section.Matching("region", RegionPattern(), "a region such as westeurope");
        var environment = new AzureEnvironment
        {
            Name = name,
            Tenant = Guid(section, "tenant"),
            IsZoneRedundant = section.Boolean("zoneRedundant", absent: false),
            BudgetStart = section.Matching("budgetStart", MonthPattern(), "the first day of a month: 2026-12-01"),
            Zones = Each(section, "zones", key, (part, id) => Zone(part, $"{key}/zones:{id}", region)),
            Groups = Texts(section, "groups", key, (name, text) => GuidPattern().IsMatch(text.Text)
                ? text.Text
                : section.Wrong(text, name, "the object id of the group in Entra, a GUID in small letters", "")),
            Locations = Texts(section, "locations", key, (name, text) => Location(section, name, text)),
            Hosts = Each(section, "hosts", key, (part, _) => Host(part)),
            Egress = ManagementManifest.Egress(section, $"{key}/egress:"),
            Gateways = Each(section, "gateways", key, (part, _) => Gateway(part)),
            Image = section.Has("image")
                ? section.Matching("image", ImagePattern(), "registry/repository:tag, or @sha256:digest")
                : null,
        };
        section.Close();
        return environment;
    }

    private static void CheckName(Section section, string name)
    {
        string own = section.Word("environment", AzureEnvironment.Names);
        if (own.Length > 0 && own != name)
        {
            section.Context.Diagnostics.Error(
                "LF1021", section.Place("environment"),
                $"The environment is '{own}' but the file is '{name}{Suffix}'.", "Give both the same name.");
        }
    }

    private static AzureZone Zone(Section zone, string key, string region)
    {
        string subscription = Guid(zone, "subscription");
        string own = zone.Has("region")
            ? zone.Matching("region", RegionPattern(), "a region such as westeurope")
            : region;
        ImmutableSortedDictionary<string, string> existing = Texts(
            zone, "existing", key, (word, text) => ExistingIds.Fits(word, text.Text)
                ? text.Text
                : zone.Wrong(text, word, ExistingIds.Shape(word), ""));
        return new(subscription, own, existing);
    }

    private static AzureHost Host(Section section) => new(
        ManagementManifest.Host(section), (int)section.Integer("port", 1, ushort.MaxValue));

    private static AzureGateway Gateway(Section section)
    {
        string host = section.Matching("host", EstateManifest.DomainPattern(), "a host name");
        ImmutableArray<string> clients =
        [
            .. section.Scalars("clients").Select(s => IsIPv4(s.Text)
                ? s.Text
                : section.Wrong(s, "clients", "ranges of IPv4 addresses such as 203.0.113.0/24", "")),
        ];
        if (section.Find("clients") is YamlSequence { Items.IsEmpty: true } none)
        {
            section.Context.Diagnostics.Error(
                "LF1014", none.Location, "The gateway has no clients.", "Write a range such as 203.0.113.0/24.");
        }

        return new(host, clients);
    }

    private static bool IsIPv4(string text) =>
        NetworkRange.Parse(text) is { BaseAddress.AddressFamily: AddressFamily.InterNetwork };

    private static string Location(Section section, string name, YamlScalar text)
    {
        // A host that would be read as another one is none.
        bool fits = LocationPattern().IsMatch(text.Text)
            && Uri.TryCreate(text.Text, UriKind.Absolute, out Uri? address)
            && text.Text.StartsWith($"https://{address.Host}", StringComparison.Ordinal);
        if (!fits)
        {
            // A signature may stand in it: the message must not repeat the value.
            section.Context.Diagnostics.Error(
                "LF1014", text.Location, $"The address of '{name}' is none that can be used.",
                "Write an https address without user, query or fragment.");
        }

        return fits ? text.Text : "";
    }

    private static string Guid(Section section, string key) =>
        section.Matching(key, GuidPattern(), "its id, a GUID in small letters");

    private static ImmutableSortedDictionary<string, T> Each<T>(
        Section section, string key, string prefix, Func<Section, string, T> read)
    {
        ImmutableSortedDictionary<string, T>.Builder all =
            ImmutableSortedDictionary.CreateBuilder<string, T>(StringComparer.Ordinal);
        foreach (YamlEntry entry in section.Entries(key, required: key == "zones"))
        {
            section.Context.Mark($"{prefix}/{key}:{entry.Key.Text}", entry.Key.Location);
            if (section.AsSection(entry.Value, $"'{entry.Key.Text}'") is { } part)
            {
                all[entry.Key.Text] = read(part, entry.Key.Text);
                part.Close();
            }
        }

        return all.ToImmutable();
    }

    private static ImmutableSortedDictionary<string, string> Texts(
        Section section, string key, string prefix, Func<string, YamlScalar, string> read)
    {
        ImmutableSortedDictionary<string, string>.Builder all =
            ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (YamlEntry entry in section.Entries(key, required: key == "groups"))
        {
            section.Context.Mark($"{prefix}/{key}:{entry.Key.Text}", entry.Key.Location);
            all[entry.Key.Text] = section.AsScalar(entry.Value, entry.Key.Text) is { } text
                ? read(entry.Key.Text, text)
                : "";
        }

        return all.ToImmutable();
    }

    [GeneratedRegex(@"\A[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\z")]
    private static partial Regex GuidPattern();

    [GeneratedRegex(@"\A[a-z]+[0-9]?\z")]
    private static partial Regex RegionPattern();

    [GeneratedRegex(@"\A20[0-9]{2}-(0[1-9]|1[0-2])-01\z")]
    private static partial Regex MonthPattern();

    [GeneratedRegex(
        @"\Ahttps://[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:[1-9][0-9]{0,4})?(/[A-Za-z0-9._~/-]*)?\z",
        RegexOptions.NonBacktracking)]
    private static partial Regex LocationPattern();

    [GeneratedRegex(
        @"\A[a-z0-9.-]+(:[0-9]+)?(/[a-z0-9._-]+)+(:[A-Za-z0-9._-]{1,128}|@sha256:[0-9a-f]{64})\z",
        RegexOptions.NonBacktracking)]
    private static partial Regex ImagePattern();
}
