using System.Collections.Frozen;

namespace Landfall.Azure.Checking.Tables;

/// <summary>Which names Azure accepts, beside what the types say; and which must be unique in all of Azure.</summary>
internal static class NameTable
{
    private const string Guid = "^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$";

    /// <summary>Rules that hold for most parts of a network.</summary>
    private static readonly NameFormat Part = new(
        @"^[a-zA-Z0-9]([\w.-]{0,78}\w)?$", "1 to 80 letters, digits, hyphens, dots and underscores");

    private static readonly string[] Parts =
    [
        "Microsoft.Network/virtualNetworks/subnets", "Microsoft.Network/virtualNetworks/virtualNetworkPeerings",
        "Microsoft.Network/networkSecurityGroups", "Microsoft.Network/routeTables",
        "Microsoft.Network/routeTables/routes", "Microsoft.Network/publicIPAddresses",
        "Microsoft.Network/publicIPPrefixes", "Microsoft.Network/firewallPolicies", "Microsoft.Network/natGateways",
        "Microsoft.Network/applicationGateways", "Microsoft.Network/virtualNetworkGateways",
        "Microsoft.Network/loadBalancers", "Microsoft.Network/networkInterfaces", "Microsoft.Network/bastionHosts",
    ];

    private static readonly Dictionary<string, NameFormat> Own = new()
    {
        ["Microsoft.Authorization/roleAssignments"] = new(Guid, "a GUID"),
        ["Microsoft.Authorization/roleDefinitions"] = new(Guid, "a GUID"),
        ["Microsoft.Storage/storageAccounts"] = new(
            @"^[a-z0-9]{3,24}$",
            "3 to 24 lower-case letters and digits"),
        ["Microsoft.Storage/storageAccounts/blobServices/containers"] = new(
            @"^(\$root|\$web|\$logs|[a-z0-9](?!.*--)[a-z0-9-]{1,61}[a-z0-9])$",
            "3 to 63 lower-case letters, digits and single hyphens"),
        ["Microsoft.KeyVault/vaults"] = new(
            @"^[a-zA-Z](?!.*--)[a-zA-Z0-9-]{1,22}[a-zA-Z0-9]$",
            "3 to 24 letters, digits and single hyphens, a letter first"),
        ["Microsoft.KeyVault/vaults/secrets"] = new(
            @"^[a-zA-Z0-9-]{1,127}$",
            "1 to 127 letters, digits and hyphens"),
        ["Microsoft.Resources/resourceGroups"] = new(
            @"^[\w.()-]{0,89}[\w()-]$",
            "1 to 90 letters, digits, hyphens, dots, underscores and parentheses, no dot last"),
        ["Microsoft.Network/virtualNetworks"] = new(
            @"^[a-zA-Z0-9][\w.-]{0,62}\w$",
            "2 to 64 letters, digits, hyphens, dots and underscores"),
        ["Microsoft.Network/privateEndpoints"] = new(
            @"^[a-zA-Z0-9][\w.-]{0,62}\w$",
            "2 to 64 letters, digits, hyphens, dots and underscores"),
        ["Microsoft.Network/azureFirewalls"] = new(
            @"^[a-zA-Z0-9]([\w.-]{0,54}\w)?$",
            "1 to 56 letters, digits, hyphens, dots and underscores"),
        ["Microsoft.Synapse/workspaces"] = new(
            @"^(?!.*-ondemand)[a-z0-9]([a-z0-9-]{0,48}[a-z0-9])?$",
            "1 to 50 lower-case letters, digits and hyphens, without -ondemand"),
        ["Microsoft.Synapse/workspaces/bigDataPools"] = new(
            @"^[a-zA-Z][a-zA-Z0-9]{0,14}$",
            "1 to 15 letters and digits, a letter first"),
        ["Microsoft.Synapse/workspaces/sqlPools"] = new(
            @"^[\w]{1,60}$",
            "1 to 60 letters, digits and underscores"),
        ["Microsoft.Synapse/privateLinkHubs"] = new(
            @"^[a-z0-9]{1,45}$",
            "1 to 45 lower-case letters and digits"),
        ["Microsoft.Databricks/workspaces"] = new(
            @"^[\w-]{3,64}$",
            "3 to 64 letters, digits, hyphens and underscores"),
        ["Microsoft.MachineLearningServices/workspaces"] = new(
            @"^[a-zA-Z0-9][\w-]{2,32}$",
            "3 to 33 letters, digits, hyphens and underscores"),
        ["Microsoft.MachineLearningServices/workspaces/computes"] = new(
            @"^[a-zA-Z][a-zA-Z0-9-]{0,30}[a-zA-Z0-9]$",
            "2 to 32 letters, digits and hyphens, a letter first"),
        ["Microsoft.MachineLearningServices/workspaces/onlineEndpoints"] = new(
            @"^[a-zA-Z][a-zA-Z0-9-]{1,30}[a-zA-Z0-9]$",
            "3 to 32 letters, digits and hyphens, a letter first"),
        ["Microsoft.MachineLearningServices/workspaces/onlineEndpoints/deployments"] = new(
            @"^[a-zA-Z][a-zA-Z0-9-]{1,30}[a-zA-Z0-9]$",
            "3 to 32 letters, digits and hyphens, a letter first"),
        ["Microsoft.ContainerRegistry/registries"] = new(
            @"^[a-zA-Z0-9]{5,50}$",
            "5 to 50 letters and digits"),
        ["Microsoft.ContainerService/managedClusters"] = new(
            @"^[a-zA-Z0-9]([\w-]{0,61}[a-zA-Z0-9])?$",
            "1 to 63 letters, digits, hyphens and underscores"),
        ["Microsoft.ContainerService/managedClusters/agentPools"] = new(
            @"^[a-z][a-z0-9]{0,11}$",
            "1 to 12 lower-case letters and digits, a letter first"),
        ["Microsoft.DataFactory/factories"] = new(
            @"^[a-zA-Z0-9][a-zA-Z0-9-]{1,61}[a-zA-Z0-9]$",
            "3 to 63 letters, digits and hyphens"),
        ["Microsoft.DataFactory/factories/integrationRuntimes"] = new(
            @"^[a-zA-Z0-9][a-zA-Z0-9-]{1,61}[a-zA-Z0-9]$",
            "3 to 63 letters, digits and hyphens"),
        ["Microsoft.Purview/accounts"] = new(
            @"^[a-zA-Z0-9][a-zA-Z0-9-]{1,61}[a-zA-Z0-9]$",
            "3 to 63 letters, digits and hyphens"),
        ["Microsoft.ManagedIdentity/userAssignedIdentities"] = new(
            @"^[a-zA-Z0-9][\w-]{2,127}$",
            "3 to 128 letters, digits, hyphens and underscores"),
        ["Microsoft.Consumption/budgets"] = new(
            @"^[\w-]{1,63}$",
            "1 to 63 letters, digits, hyphens and underscores"),
        ["Microsoft.App/jobs"] = new(
            @"^[a-z](?!.*--)[a-z0-9-]{0,30}[a-z0-9]$",
            "2 to 32 lower-case letters, digits and single hyphens, a letter first"),
        ["Microsoft.App/containerApps"] = new(
            @"^[a-z](?!.*--)[a-z0-9-]{0,30}[a-z0-9]$",
            "2 to 32 lower-case letters, digits and single hyphens, a letter first"),
        ["Microsoft.OperationalInsights/workspaces"] = new(
            @"^[a-zA-Z0-9][a-zA-Z0-9-]{2,61}[a-zA-Z0-9]$",
            "4 to 63 letters, digits and hyphens"),
        ["Microsoft.Sql/servers"] = new(
            @"^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$",
            "1 to 63 lower-case letters, digits and hyphens"),
        ["Microsoft.EventHub/namespaces"] = new(
            @"^[a-zA-Z][a-zA-Z0-9-]{4,48}[a-zA-Z0-9]$",
            "6 to 50 letters, digits and hyphens, a letter first"),
        ["Microsoft.DocumentDB/databaseAccounts"] = new(
            @"^[a-z0-9][a-z0-9-]{1,42}[a-z0-9]$",
            "3 to 44 lower-case letters, digits and hyphens"),
        // The types say 24; longer ones are made every day.
        ["Microsoft.Portal/dashboards"] = new(@"^[a-zA-Z0-9-]{3,160}$", "3 to 160 letters, digits and hyphens"),
        ["Microsoft.Search/searchServices"] = new(
            @"^[a-z0-9]([a-z0-9-]{0,58}[a-z0-9])$",
            "2 to 60 lower-case letters, digits and hyphens"),
    };

    /// <summary>Formats by type.</summary>
    public static FrozenDictionary<string, NameFormat> Formats { get; } = Own
        .Concat(Parts.Select(p => KeyValuePair.Create(p, Part)))
        .ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>Types whose names are part of a host name, so that nobody else may have them.</summary>
    public static FrozenSet<string> Global { get; } = new[]
    {
        "Microsoft.Storage/storageAccounts", "Microsoft.KeyVault/vaults", "Microsoft.ContainerRegistry/registries",
        "Microsoft.Synapse/workspaces", "Microsoft.Purview/accounts", "Microsoft.DataFactory/factories",
        "Microsoft.Sql/servers", "Microsoft.DocumentDB/databaseAccounts", "Microsoft.EventHub/namespaces",
        "Microsoft.ServiceBus/namespaces", "Microsoft.Search/searchServices", "Microsoft.Devices/IotHubs",
        "Microsoft.Web/sites", "Microsoft.DBforMySQL/servers", "Microsoft.DBforPostgreSQL/servers",
        "Microsoft.DBforMySQL/flexibleServers", "Microsoft.DBforPostgreSQL/flexibleServers",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);
}
