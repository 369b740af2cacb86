using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Landfall.Azure.Policies.Aliases;

/// <summary>
/// Aliases that the types of Azure do not tell: older names of properties, and types that were retired. Source: the
/// documentation of each type.
/// </summary>
internal static class AliasTable
{
    private static readonly FrozenDictionary<string, string> Paths = new Dictionary<string, string>
    {
        ["Microsoft.Compute/virtualMachines/imageOffer"] = "properties.storageProfile.imageReference.offer",
        ["Microsoft.Compute/virtualMachines/imagePublisher"] = "properties.storageProfile.imageReference.publisher",
        ["Microsoft.Compute/virtualMachines/imageSku"] = "properties.storageProfile.imageReference.sku",
        ["Microsoft.Compute/virtualMachines/imageVersion"] = "properties.storageProfile.imageReference.version",
        ["Microsoft.Compute/virtualMachines/osDisk.uri"] = "properties.storageProfile.osDisk.vhd.uri",
        ["Microsoft.Compute/virtualMachines/sku.name"] = "properties.hardwareProfile.vmSize",
        ["Microsoft.Compute/virtualMachineScaleSets/extensionProfile.extensions[*]"] =
            "properties.virtualMachineProfile.extensionProfile.extensions[*]",
        ["Microsoft.Compute/virtualMachineScaleSets/extensionProfile.extensions[*].type"] =
            "properties.virtualMachineProfile.extensionProfile.extensions[*].properties.type",
        ["Microsoft.Compute/virtualMachineScaleSets/osDisk.imageUrl"] =
            "properties.virtualMachineProfile.storageProfile.osDisk.image.uri",
        ["Microsoft.Compute/virtualMachineScaleSets/osDisk.vhdContainers"] =
            "properties.virtualMachineProfile.storageProfile.osDisk.vhdContainers",
        ["Microsoft.Compute/virtualMachineScaleSets/osProfile.windowsConfiguration"] =
            "properties.virtualMachineProfile.osProfile.windowsConfiguration",
        ["Microsoft.Storage/storageAccounts/accountType"] = "sku.name",
        ["Microsoft.Storage/storageAccounts/enableBlobEncryption"] = "properties.encryption.services.blob.enabled",
        ["Microsoft.Synapse/workspaces/sqlPools/metadataSync/enabled"] = "properties.enabled",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>Types of the table that the types of Azure do not have.</summary>
    private static readonly FrozenSet<string> Types =
        FrozenSet.ToFrozenSet(["Microsoft.Synapse/workspaces/sqlPools/metadataSync"], StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether the table knows a type.</summary>
    public static bool HasType(string type) => Types.Contains(type);

    /// <summary>Where a listed alias leads; null where it is not listed.</summary>
    public static ImmutableArray<AliasStep>? Find(string alias) => Paths.TryGetValue(alias, out string? path)
        ? [.. path.Split('.').SelectMany(Steps)]
        : null;

    private static IEnumerable<AliasStep> Steps(string part) => part.EndsWith("[*]", StringComparison.Ordinal)
        ? [new(part[..^3]), AliasStep.Items]
        : [new(part)];
}
