using System.Collections.Frozen;

namespace Landfall.Azure.Planning;

/// <summary>Properties that Azure never changes: another value needs another resource.</summary>
internal static class ImmutableProperties
{
    /// <summary>What may become true and then stays so.</summary>
    private static readonly string[] OnceTrue = ["properties.enablePurgeProtection", "properties.enableSoftDelete"];

    private static readonly FrozenDictionary<string, string[]> Paths = new Dictionary<string, string[]>
    {
        ["Microsoft.Storage/storageAccounts"] =
        [
            "kind", "properties.isHnsEnabled", "properties.isNfsV3Enabled",
            "properties.encryption.requireInfrastructureEncryption",
        ],
        ["Microsoft.KeyVault/vaults"] = ["properties.softDeleteRetentionInDays", .. OnceTrue],
        ["Microsoft.Synapse/workspaces"] =
        [
            "properties.defaultDataLakeStorage", "properties.managedVirtualNetwork",
            "properties.managedVirtualNetworkSettings.preventDataExfiltration", "properties.managedResourceGroupName",
            "properties.sqlAdministratorLogin",
        ],
        ["Microsoft.Databricks/workspaces"] =
        [
            "properties.managedResourceGroupId", "properties.parameters.customVirtualNetworkId",
            "properties.parameters.customPublicSubnetName", "properties.parameters.customPrivateSubnetName",
            "properties.parameters.storageAccountName", "properties.computeMode",
        ],
        ["Microsoft.ContainerService/managedClusters"] =
        [
            "properties.networkProfile.networkPlugin", "properties.networkProfile.serviceCidr",
            "properties.networkProfile.podCidr", "properties.networkProfile.dnsServiceIP",
            "properties.apiServerAccessProfile.enablePrivateCluster", "properties.nodeResourceGroup",
            "properties.dnsPrefix",
        ],
        ["Microsoft.MachineLearningServices/workspaces"] =
            ["properties.storageAccount", "properties.keyVault", "properties.hbiWorkspace", "kind"],
        ["Microsoft.Purview/accounts"] = ["properties.managedResourceGroupName"],
        ["Microsoft.Sql/servers"] = ["properties.administratorLogin"],
        ["Microsoft.Sql/servers/databases"] = ["properties.collation"],
        ["Microsoft.DocumentDB/databaseAccounts"] = ["kind"],
        ["Microsoft.App/managedEnvironments"] = ["properties.vnetConfiguration"],
        ["Microsoft.Network/privateEndpoints"] =
            ["properties.subnet", "properties.privateLinkServiceConnections", "properties.customNetworkInterfaceName"],
        ["Microsoft.Authorization/roleAssignments"] = ["properties.principalId", "properties.roleDefinitionId"],
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether Azure refuses a change.</summary>
    public static bool Refuses(string type, PropertyChange change) => change.Path == "location"
        || (Paths.TryGetValue(type, out string[]? paths)
            && Array.Exists(paths, p => IsWithin(change.Path, p))
            && (!OnceTrue.Contains(change.Path) || change.Old == "true"));

    private static bool IsWithin(string path, string above) =>
        path.StartsWith(above, StringComparison.OrdinalIgnoreCase)
        && (path.Length == above.Length || path[above.Length] is '.' or '[');
}
