using Landfall.Azure.Bicep;
using Landfall.Azure.Design;

namespace Landfall.Azure.Generation;

/// <summary>What deployments have in common: names, tags, endpoints, settings.</summary>
/// <param name="template">The deployment.</param>
/// <param name="zone">Id of the zone that it is of.</param>
/// <param name="owner">Group that owns what is deployed.</param>
/// <param name="costCentre">Cost centre that pays.</param>
/// <param name="unit">The unit that it is of; null for what a zone shares.</param>
/// <param name="hasNetwork">Whether the zone's network is there already.</param>
internal sealed class DeploymentBlocks(
    DeploymentTemplate<Placement> template, string zone, string owner, string costCentre, HostedUnit? unit = null,
    bool hasNetwork = false)
{
    /// <summary>The parameter that holds ids of private DNS zones.</summary>
    public const string DnsGroup = "privateDnsZones";

    /// <summary>API version of resource groups.</summary>
    private const string ResourceGroups = "Microsoft.Resources/resourceGroups@2025-04-01";

    /// <summary>The deployment.</summary>
    public DeploymentTemplate<Placement> Template => template;

    /// <summary>Id of the zone.</summary>
    public string Zone => zone;

    /// <summary>The unit that it is of; null for what a zone shares.</summary>
    public HostedUnit? Unit => unit;

    /// <summary>Whether the zone's network is there already.</summary>
    public bool HasNetwork => hasNetwork;

    /// <summary>Region of what is deployed.</summary>
    public Expression Location => template.Parameter(
        "location", "Region of everything in the deployment.", "string", p => p.Region(zone));

    /// <summary>Tags of what is deployed.</summary>
    public Expression Tags
    {
        get
        {
            template.Import("tagsType");
            return template.Parameter("tags", "Tags of everything in the deployment.", "tagsType", TagsOf);
        }
    }

    /// <summary>The lock of what holds data or connects.</summary>
    public Expression Lock => template.Variable("lock", new BicepObject { { "kind", "CanNotDelete" } });

    /// <summary>Names.</summary>
    public ParameterGroup<Placement> Names =>
        template.Group("names", "Names of resource groups and resources.");

    /// <summary>Ranges and addresses.</summary>
    public ParameterGroup<Placement> Ranges => template.Group("ranges", "Ranges of networks, in CIDR notation.");

    /// <summary>Ids of what other deployments make, or what is there already.</summary>
    public ParameterGroup<Placement> Ids => template.Group("ids", "Ids of what is there before this deployment.");

    /// <summary>Ids of private DNS zones.</summary>
    public ParameterGroup<Placement> DnsZones =>
        template.Group(DnsGroup, "Ids of private DNS zones, by what their names lead to.");

    /// <summary>The module that makes the zone's network; null where it is there before this deployment.</summary>
    public Expression? Network { get; set; }

    /// <summary>Id of the zone's network.</summary>
    public Expression NetworkId => Network is null
        ? Ids.Add("network", p => p.NetworkId(zone))
        : new($"{Network}.outputs.resourceId");

    /// <summary>Id of the log workspace; of the one that is there before this deployment unless set.</summary>
    public Expression LogWorkspace
    {
        get => field ?? Ids.Add("logWorkspace", p => p.LogWorkspaceId(zone));
        set;
    }

    /// <summary>Symbols of what must be there before endpoints; nothing where another deployment makes it.</summary>
    public IReadOnlyList<string> BeforeEndpoints { get; set; } = [];

    /// <summary>Availability zones of what is spread over them.</summary>
    public Expression AvailabilityZones => template.Parameter(
        "availabilityZones", "Availability zones that services are spread over; none for any.", "string[]",
        p => p.Environment.IsZoneRedundant ? (string[])["1", "2", "3"] : []);

    /// <summary>Tags with one more.</summary>
    public Expression TagsWith(string name, string value) =>
        new($"{{ ...{Tags}, {name}: {BicepText.Quote(value)} }}");

    /// <summary>Adds a resource group.</summary>
    public Expression Group(string symbol, string content) => template.Resource(
        symbol, ResourceGroups,
        new() { { "name", GroupName(symbol, content) }, { "location", Location }, { "tags", Tags } });

    /// <summary>The name of a resource group of the zone.</summary>
    public Expression GroupName(string symbol, string content) => Names.Add(symbol, p => p.Group(zone, content));

    /// <summary>What every module begins with.</summary>
    public BicepObject Head(Expression name) => new() { { "name", name }, { "location", Location }, { "tags", Tags } };

    /// <summary>Adds where logs go.</summary>
    public BicepObject WithDiagnostics(BicepObject parameters)
    {
        parameters.Add("diagnosticSettings", template.Variable("diagnosticSettings", (BicepObject[])
            [new() { { "name", "landfall" }, { "workspaceResourceId", LogWorkspace } }]));
        return parameters;
    }

    /// <summary>Id of a subnet of the zone's network.</summary>
    /// <param name="key">Its name among the ids, where the network is there before this deployment.</param>
    /// <param name="subnet">The subnet.</param>
    public Expression SubnetId(string key, string subnet) => Network is null
        ? Ids.Add(key, p => p.SubnetId(zone, subnet))
        : new($"'${{{NetworkId}}}/subnets/{subnet}'");

    /// <summary>A private endpoint.</summary>
    /// <param name="name">Name of the resource that it leads to.</param>
    /// <param name="service">The part of the resource.</param>
    /// <param name="dnsZones">Keys of the private DNS zones that hold its names.</param>
    public Call Endpoint(Expression name, string service, params string[] dnsZones)
    {
        template.Import("endpoint");
        const string key = "servicesSubnet";
        Expression subnet = SubnetId(key, SubnetNames.Services);
        if (Network is not null)
        {
            subnet = template.Variable(key, subnet);
        }

        IEnumerable<Expression> ids = dnsZones.Select(k => DnsZones.Add(k, p => p.DnsZoneId(k)));
        return new("endpoint", name, service, subnet, new Inline(ids));
    }

    /// <summary>Object id of the group that owns what is deployed.</summary>
    public Expression OwnerGroup => template.Parameter(
        "ownerGroupId", "Object id of the group that owns the zone or unit.", "string",
        p => p.Environment.Groups[owner]);

    /// <summary>A role of the group that owns what is deployed.</summary>
    public BicepObject[] OwnerRole(string role) =>
    [
        new()
        {
            { "principalId", OwnerGroup }, { "principalType", "Group" }, { "roleDefinitionId", template.Role(role) },
        },
    ];

    /// <summary>How many copies of data there are.</summary>
    public Expression StorageSku => template.Parameter(
        "storageSku", "How many copies of data there are, and where.", "'Standard_LRS' | 'Standard_ZRS'",
        p => p.Environment.IsZoneRedundant ? "Standard_ZRS" : "Standard_LRS");

    /// <summary>Adds a storage account with its endpoints.</summary>
    public Expression Storage(
        string symbol, Expression group, Func<Placement, string> name, bool isLake, params string[] services)
    {
        Expression account = Names.Add(symbol, name);
        BicepObject parameters = Head(account);
        parameters.Add("lock", Lock);
        parameters.Add("skuName", StorageSku);
        parameters.Add("isHnsEnabled", isLake);
        parameters.Add("retentionDays", 30);
        _ = WithDiagnostics(parameters);
        parameters.Add("privateEndpoints", services.Select(s => Endpoint(account, s, s)));
        return template.Module(symbol, "storage-account", group, parameters, BeforeEndpoints);
    }

    /// <summary>Adds the containers of a storage account.</summary>
    public void Containers(string symbol, Expression group, Expression account, IEnumerable<string> containers) =>
        template.Module($"{symbol}Containers", "storage-containers", group, new()
        {
            { "storageAccountName", new Expression($"{account}.outputs.name") },
            { "containers", containers },
            { "coolAfterDays", 90 },
        });

    /// <summary>Adds a key vault with its endpoint; its owners keep its secrets.</summary>
    public void Vault(Expression group)
    {
        Expression vault = Names.Add("vault", p => p.Vault(zone, unit?.Id));
        BicepObject parameters = Head(vault);
        parameters.Add("lock", Lock);
        parameters.Add("roleAssignments", OwnerRole(RoleNames.SecretsOfficer));
        _ = WithDiagnostics(parameters);
        parameters.Add("privateEndpoints", (Call[])[Endpoint(vault, "vault", "vault")]);
        _ = template.Module("vault", "key-vault", group, parameters, BeforeEndpoints);
    }

    /// <summary>Adds an identity.</summary>
    public Expression Identity(string symbol, Expression group, Expression name) =>
        template.Module(symbol, "user-assigned-identity", group, Head(name));

    /// <summary>Adds a role on everything in a resource group.</summary>
    public void Role(string symbol, object group, Expression principal, string role, string purpose) =>
        template.Module(symbol, "role-assignment", group, new()
        {
            { "principalId", principal }, { "roleDefinitionId", template.Role(role) }, { "purpose", purpose },
        });

    private object TagsOf(Placement placement)
    {
        BicepObject tags = new()
        {
            { "estate", placement.Design.Estate.Name },
            { "zone", zone },
            { "environment", placement.Environment.Name },
            { "owner", owner },
            { "costCentre", costCentre },
        };
        if (unit is not null)
        {
            tags.Add("unit", unit.Id);
        }

        return tags;
    }
}
