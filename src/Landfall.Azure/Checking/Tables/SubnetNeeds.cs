using Landfall.Azure.Checking.Ranges;
using Landfall.Azure.Snapshots;

namespace Landfall.Azure.Checking.Tables;

/// <summary>Which subnets must be how large, by name and by the service that they are delegated to.</summary>
internal static class SubnetNeeds
{
    /// <summary>Azure keeps five addresses of each subnet: a /29 is the smallest that it takes.</summary>
    private static readonly SubnetNeed Any = new("any use", 29);

    private static readonly SubnetNeed Gateway = new("an application gateway", 28);

    private static readonly Dictionary<string, SubnetNeed> ByName = new(StringComparer.OrdinalIgnoreCase)
    {
        ["AzureFirewallSubnet"] = new("Azure Firewall", 26),
        ["AzureFirewallManagementSubnet"] = new("the management of Azure Firewall", 26),
        ["AzureBastionSubnet"] = new("Azure Bastion", 26),
        ["GatewaySubnet"] = new("a gateway", 27),
    };

    private static readonly Dictionary<string, SubnetNeed> ByDelegation = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Microsoft.Databricks/workspaces"] = new("Databricks", 26),
        ["Microsoft.App/environments"] = new("Container Apps", 27),
        ["Microsoft.PowerPlatform/vnetaccesslinks"] = new("a Power Platform gateway", 28),
        ["Microsoft.PowerPlatform/enterprisePolicies"] = new("Power Platform", 28),
        ["Microsoft.Web/serverFarms"] = new("App Service", 28),
        ["Microsoft.DBforMySQL/flexibleServers"] = new("Database for MySQL", 28),
        ["Microsoft.DBforPostgreSQL/flexibleServers"] = new("Database for PostgreSQL", 28),
        ["Microsoft.Network/applicationGateways"] = Gateway,
        ["Microsoft.Network/dnsResolvers"] = new("a DNS resolver", 28),
    };

    /// <summary>What a subnet needs.</summary>
    public static IEnumerable<SubnetNeed> Of(Subnet subnet, bool isOfGateway)
    {
        IEnumerable<SubnetNeed> all = subnet.Properties.At("delegations").Items()
            .Select(d => d.At("properties", "serviceName").Text() ?? "")
            .Append(subnet.Name)
            .Select(word => ByDelegation.GetValueOrDefault(word) ?? ByName.GetValueOrDefault(word))
            .OfType<SubnetNeed>()
            .Concat(isOfGateway ? [Gateway] : [])
            .Append(Any);
        return all.OrderBy(n => n.Prefix).Take(1);
    }
}
