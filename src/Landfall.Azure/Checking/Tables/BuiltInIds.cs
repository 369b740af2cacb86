using System.Collections.Frozen;
using Landfall.Azure.Snapshots;

namespace Landfall.Azure.Checking.Tables;

/// <summary>Ids that Azure itself has, and children that are there as soon as their parent is.</summary>
internal static class BuiltInIds
{
    private static readonly FrozenSet<string> Types = new[]
    {
        "Microsoft.Authorization/roleDefinitions",
        "Microsoft.Authorization/policyDefinitions",
        "Microsoft.Authorization/policySetDefinitions",
        "Microsoft.Maintenance/publicMaintenanceConfigurations",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Names of children that come with their parent, by type; none where any name may be there.</summary>
    private static readonly FrozenDictionary<string, string[]> Children = new Dictionary<string, string[]>
    {
        ["Microsoft.Storage/storageAccounts/blobServices"] = ["default"],
        ["Microsoft.Storage/storageAccounts/fileServices"] = ["default"],
        ["Microsoft.Storage/storageAccounts/queueServices"] = ["default"],
        ["Microsoft.Storage/storageAccounts/tableServices"] = ["default"],
        ["Microsoft.DataFactory/factories/integrationRuntimes"] = ["AutoResolveIntegrationRuntime"],
        ["Microsoft.Synapse/workspaces/integrationRuntimes"] = ["AutoResolveIntegrationRuntime"],
        ["Microsoft.Synapse/workspaces/managedVirtualNetworks"] = ["default"],
        ["Microsoft.Sql/servers/databases"] = ["master"],
        ["Microsoft.EventHub/namespaces/authorizationRules"] = ["RootManageSharedAccessKey"],
        ["Microsoft.OperationalInsights/workspaces/tables"] = [],
        ["Microsoft.MachineLearningServices/workspaces/datastores"] =
        [
            "workspaceblobstore", "workspacefilestore", "workspaceartifactstore", "workspaceworkingdirectory",
        ],
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether Azure itself has an id.</summary>
    public static bool Has(string id) =>
        id.Contains("/locations/", StringComparison.OrdinalIgnoreCase) || Types.Contains(ResourceId.TypeOf(id));

    /// <summary>Whether a child comes with its parent.</summary>
    public static bool IsMadeWithParent(string type, string name) =>
        Children.TryGetValue(type, out string[]? made)
        && (made.Length == 0 || made.Contains(name, StringComparer.OrdinalIgnoreCase));
}
