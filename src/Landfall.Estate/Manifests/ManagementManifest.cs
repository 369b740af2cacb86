using System.Collections.Immutable;
using Landfall.Estate.Azure;
using Landfall.Estate.Management;
using Landfall.Estate.Reading;
using Group = Landfall.Estate.Management.Group;

namespace Landfall.Estate.Manifests;

/// <summary>Reads <c>management/zone.yaml</c>.</summary>
internal static class ManagementManifest
{
    /// <summary>The management zone's id and folder.</summary>
    public const string Id = "management";

    private const string File = "management/zone.yaml";

    /// <summary>The management zone; null when the file cannot be read at all.</summary>
    public static ManagementZone? Read(LoadContext context)
    {
        if (context.Files.ReadMapping(File) is not { } mapping)
        {
            return null;
        }

        var section = new Section(context, mapping, "The management zone");
        context.Mark("management", section.Location);
        section.Header("ManagementZone", EstateManifest.Versions);
        string id = section.Id("id");
        UnitParts.CheckFolder(section, id, Id);
        context.Mark("management/owner", section.Place("owner"));
        context.Mark("management/network", section.Place("network"));
        Section? network = section.Nested("network", "The network");
        Section? identities = section.Nested("identities", "The identities");
        var zone = new ManagementZone
        {
            Id = Id,
            Owner = section.Text("owner"),
            AddressRange = NetworkRange.Read(network),
            DnsSuffix = network?.Matching(
                "dnsSuffix", EstateManifest.DomainPattern(), "a domain such as relecloud.internal") ?? "",
            Egress = Egress(section, "management/egress:"),
            Users = Identities(identities, "users"),
            ServicePrincipals = Identities(identities, "servicePrincipals"),
            Groups = Groups(identities),
            SharedClassifications = Shared(section),
            AzureExisting = AzureUnitManifest.ReadExisting(section, AzureServices.ExistingOfManagement),
        };
        network?.Close();
        identities?.Close();
        section.Close();
        return zone;
    }

    /// <summary>The egress rules of a manifest; names are unique below the prefix.</summary>
    public static ImmutableArray<EgressRule> Egress(Section zone, string prefix)
    {
        ImmutableArray<EgressRule>.Builder rules = ImmutableArray.CreateBuilder<EgressRule>();
        foreach (Section section in zone.Sections("egress", "The egress rule", required: false))
        {
            string name = section.Id("name");
            UnitParts.MarkUnique(section, prefix, name, "name");
            ImmutableArray<int> ports =
            [
                .. section.Scalars("ports", required: false)
                    .Select(p => (int)section.IntegerOf(p, "ports", 1, ushort.MaxValue)),
            ];
            rules.Add(new(name, Host(section), ports));
            section.Close();
        }

        return rules.ToImmutable();
    }

    /// <summary>One host name or address; empty (and reported) otherwise.</summary>
    public static string Host(Section section)
    {
        string host = section.Text("host");
        return host.Length == 0 || HostName.Parse(host) is not null
            ? host
            : section.Wrong(section.Scalar("host", true)!, "host", "a host name or address, no port, no wildcard", "");
    }

    private static ImmutableArray<string> Shared(Section zone)
    {
        if (zone.Nested("sharing", "Sharing", required: false) is not { } sharing)
        {
            return ManagementZone.SharedByDefault;
        }

        ImmutableArray<string> classifications = [.. sharing.Scalars("classifications").Select(s => s.Text)];
        sharing.Close();
        return classifications;
    }

    private static ImmutableArray<string> Identities(Section? identities, string key) =>
        identities is null
            ? []
            : [.. identities.Scalars(key, required: false).Select(s =>
            {
                identities.Context.Mark($"management/identity:{s.Text}", s.Location);
                return s.Text;
            })];

    private static ImmutableArray<Group> Groups(Section? identities)
    {
        ImmutableArray<Group>.Builder groups = ImmutableArray.CreateBuilder<Group>();
        foreach (Section section in identities?.Sections("groups", "The group") ?? [])
        {
            string id = section.Id("id");
            UnitParts.MarkUnique(section, "management/group:", id, "id");
            ImmutableArray<string> members =
            [
                .. section.Scalars("members").Select(m =>
                {
                    section.Context.Mark($"management/group:{id}/member:{m.Text}", m.Location);
                    return m.Text;
                }),
            ];
            groups.Add(new(id, members));
            section.Close();
        }

        return [.. groups.OrderBy(g => g.Id, StringComparer.Ordinal)];
    }
}
