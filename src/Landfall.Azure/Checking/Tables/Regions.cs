using System.Collections.Frozen;

namespace Landfall.Azure.Checking.Tables;

/// <summary>The regions of Azure, and the types that lie in none.</summary>
internal static class Regions
{
    /// <summary>What stands in place of a region.</summary>
    public const string Global = "global";

    private static readonly FrozenSet<string> Names = new[]
    {
        "australiacentral", "australiacentral2", "australiaeast", "australiasoutheast", "austriaeast", "belgiumcentral",
        "brazilsouth", "brazilsoutheast", "canadacentral", "canadaeast", "centralindia", "centralus", "chilecentral",
        "denmarkeast", "eastasia", "eastus", "eastus2", "francecentral", "francesouth", "germanynorth",
        "germanywestcentral", "indonesiacentral", "israelcentral", "italynorth", "japaneast", "japanwest",
        "jioindiacentral", "jioindiawest", "koreacentral", "koreasouth", "malaysiawest", "mexicocentral",
        "newzealandnorth", "northcentralus", "northeurope", "norwayeast", "norwaywest", "polandcentral", "qatarcentral",
        "southafricanorth", "southafricawest", "southcentralus", "southeastasia", "southindia", "spaincentral",
        "swedencentral", "swedensouth", "switzerlandnorth", "switzerlandwest", "uaecentral", "uaenorth", "uksouth",
        "ukwest", "westcentralus", "westeurope", "westindia", "westus", "westus2", "westus3",
    }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> GlobalOnly = new[]
    {
        "Microsoft.Network/privateDnsZones", "Microsoft.Network/privateDnsZones/virtualNetworkLinks",
        "Microsoft.Network/dnsZones", "Microsoft.Network/trafficManagerProfiles", "Microsoft.Network/frontDoors",
        "Microsoft.Insights/metricAlerts", "Microsoft.Insights/activityLogAlerts",
        "Microsoft.Insights/privateLinkScopes", "Microsoft.AlertsManagement/smartDetectorAlertRules",
        "Microsoft.AlertsManagement/actionRules",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly string[] GlobalToo =
        ["Microsoft.Insights/actionGroups", "Microsoft.Cdn/", "Microsoft.BotService/", "Microsoft.Communication/"];

    /// <summary>The name as Azure compares it: <c>West Europe</c> is <c>westeurope</c>.</summary>
    public static string Normalize(string location) =>
        location.Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant();

    /// <summary>Whether a normalized name is a region.</summary>
    public static bool IsRegion(string name) => Names.Contains(name);

    /// <summary>Whether a type lies in no region.</summary>
    public static bool MustBeGlobal(string type) => GlobalOnly.Contains(type);

    /// <summary>Whether a type may lie in no region.</summary>
    public static bool MayBeGlobal(string type) => MustBeGlobal(type)
        || Array.Exists(GlobalToo, t => type.StartsWith(t, StringComparison.OrdinalIgnoreCase));
}
