using Landfall.Estate.Environments;

namespace Landfall.Azure.Design;

/// <summary>
/// Names, ids and addresses of an estate in one environment. All depend on the estate, the zone or unit, and the
/// environment only, so that one deployment knows what another one makes.
/// </summary>
/// <param name="design">The estate.</param>
/// <param name="environment">The environment.</param>
internal sealed class Placement(EstateDesign design, AzureEnvironment environment)
{
    /// <summary>The estate.</summary>
    public EstateDesign Design { get; } = design;

    /// <summary>The environment.</summary>
    public AzureEnvironment Environment { get; } = environment;

    /// <summary>Id of the management zone.</summary>
    public string Hub => Design.Management.Id;

    private string Env => Environment.Name;

    /// <summary>A landing zone.</summary>
    public ZoneDesign Zone(string zone) => Design.Zones.First(z => z.Zone.Id == zone);

    /// <summary>Id of a zone's subscription.</summary>
    public string Subscription(string zone) => Environment.Zones[zone].Subscription;

    /// <summary>Region of a zone.</summary>
    public string Region(string zone) => Environment.Zones[zone].Region;

    /// <summary>A resource group, by its zone and what is in it: at most 90 characters.</summary>
    public string Group(string zone, string content) => AzureName.Of(90, "rg", zone, $"{Env}-{content}");

    /// <summary>A name of letters, digits and hyphens that is unique in all of Azure.</summary>
    /// <param name="most">Characters that its type allows.</param>
    /// <param name="head">The kind of the resource.</param>
    /// <param name="zone">Its zone.</param>
    /// <param name="unit">Its unit; null for what the zone shares.</param>
    public string Unique(int most, string head, string zone, string? unit = null) =>
        AzureName.Of(most, head, unit ?? zone, $"{Env}-{SuffixOf(zone, unit)}", isTold: true);

    /// <summary>The same of small letters and digits only.</summary>
    public string UniqueCompact(int most, string head, string zone, string purpose, string? unit = null) =>
        AzureName.Compact(most, head, unit ?? zone, purpose + Env + SuffixOf(zone, unit), isTold: true);

    /// <summary>A name that is unique in its resource group.</summary>
    public string Local(int most, string head, string words) => AzureName.Of(most, head, words, Env);

    /// <summary>A storage account, 3 to 24 small letters and digits.</summary>
    public string Storage(string zone, string purpose, string? unit = null) =>
        UniqueCompact(24, "st", zone, purpose, unit);

    /// <summary>The key vault of a zone or unit.</summary>
    public string Vault(string zone, string? unit = null) => Unique(24, "kv", zone, unit);

    /// <summary>A zone's log workspace.</summary>
    public string LogWorkspace(string zone) => Unique(63, "log", zone);

    /// <summary>A unit's container registry.</summary>
    public string Registry(HostedUnit unit) => UniqueCompact(50, "cr", unit.Zone, "", unit.Id);

    /// <summary>The Synapse workspace of a zone or unit.</summary>
    public string Synapse(string zone, string? unit = null) => UniqueCompact(45, "syn", zone, "", unit);

    /// <summary>The catalogue.</summary>
    public string Purview() => Unique(40, "pview", Hub);

    /// <summary>A zone's virtual network.</summary>
    public string Network(string zone) => Local(64, "vnet", zone);

    /// <summary>A unit's identity.</summary>
    public string Identity(string unit) => Local(128, "id", unit);

    /// <summary>The resource group of a unit's identity.</summary>
    public string IdentityGroup(HostedUnit unit) =>
        Group(unit.Zone, unit.HasOwnGroup ? Groups.Of(unit.Id) : Groups.Processing);

    /// <summary>Id of a resource in a zone's subscription.</summary>
    public string Id(string zone, string group, string type, params IEnumerable<string> names)
    {
        string[] types = type.Split('/');
        IEnumerable<string> parts = types[1..].Zip(names, (t, n) => $"/{t}/{n}");
        return $"{GroupId(zone, group)}/providers/{types[0]}{string.Concat(parts)}";
    }

    /// <summary>Id of a resource group in a zone's subscription.</summary>
    public string GroupId(string zone, string group) => $"/subscriptions/{Subscription(zone)}/resourceGroups/{group}";

    /// <summary>Id of a zone's network: a new one, or the one that is there.</summary>
    public string NetworkId(string zone) => Existing(zone, "network")
        ?? Id(zone, Group(zone, Groups.Network), "Microsoft.Network/virtualNetworks", Network(zone));

    /// <summary>Id of a subnet of a zone's network.</summary>
    public string SubnetId(string zone, string subnet) => $"{NetworkId(zone)}/subnets/{subnet}";

    /// <summary>Id of a storage account of a zone's lake.</summary>
    public string LakeId(string zone, string purpose) => Id(
        zone, Group(zone, Groups.Lake), "Microsoft.Storage/storageAccounts", Storage(zone, purpose));

    /// <summary>Id of the workspace that a zone's logs go to.</summary>
    public string LogWorkspaceId(string zone) => Existing(Hub, "logWorkspace")
        ?? Id(
            zone, Group(zone, Groups.Monitoring), "Microsoft.OperationalInsights/workspaces", LogWorkspace(zone));

    /// <summary>Id of the catalogue.</summary>
    public string PurviewId() => Existing(Hub, "purview")
        ?? Id(Hub, Group(Hub, Groups.Governance), "Microsoft.Purview/accounts", Purview());

    /// <summary>Id of a private DNS zone.</summary>
    public string DnsZoneId(string key) =>
        (Existing(Hub, "dnsZones") ?? GroupId(Hub, Group(Hub, Groups.Dns)))
        + $"/providers/Microsoft.Network/privateDnsZones/{PrivateDns.ZoneName(key)}";

    /// <summary>Address of the firewall, which resolves names too.</summary>
    public string FirewallAddress() => Existing(Hub, "firewallAddress")
        ?? HubPlan().AddressOf(SubnetNames.Firewall, 4);

    /// <summary>Where the subnets of a landing zone are.</summary>
    public static AddressPlan Plan(ZoneDesign zone) => AddressPlan.OfZone(zone.Zone.Id, zone.Zone.AddressRange);

    /// <summary>Where the subnets of the hub are.</summary>
    public AddressPlan HubPlan() => AddressPlan.OfHub(Hub, Design.Management.AddressRange);

    /// <summary>What is there already, by its word; null for what is made here.</summary>
    public string? Existing(string zone, string word) => Environment.Zones[zone].Existing.GetValueOrDefault(word);

    private string SuffixOf(string zone, string? unit) =>
        Suffix.Of(unit is null ? [Design.Estate.Name, zone, Env] : [Design.Estate.Name, zone, unit, Env]);
}
