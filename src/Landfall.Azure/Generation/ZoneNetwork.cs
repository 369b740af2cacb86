using Landfall.Azure.Bicep;
using Landfall.Azure.Design;
using Landfall.Azure.Snapshots;
using Landfall.Estate.Azure;

namespace Landfall.Azure.Generation;

/// <summary>The network of a landing zone and its peering with the hub, both sides.</summary>
internal static class ZoneNetwork
{
    private const string Databricks = "Microsoft.Databricks/workspaces";

    /// <summary>Adds them.</summary>
    public static void Add(DeploymentBlocks blocks, ZoneDesign zone)
    {
        Expression group = blocks.Group("networkGroup", Groups.Network);
        NetworkBlock network = new(blocks, group, _ => Placement.Plan(zone));
        Expression routes = network.Routes();
        foreach (string subnet in zone.Subnets)
        {
            Subnet(blocks, network, routes, zone, subnet);
        }

        Expression made = network.Add(_ => zone.Zone.AddressRange, [network.FirewallAddress()]);
        Peerings(blocks, group, made);
    }

    private static void Subnet(
        DeploymentBlocks blocks, NetworkBlock network, Expression routes, ZoneDesign zone, string subnet)
    {
        string symbol = BicepText.Symbol(subnet);
        switch (subnet)
        {
            case SubnetNames.DatabricksPublic or SubnetNames.DatabricksPrivate:
                Add(Rules("databricksRules"), routes, Databricks);
                break;
            case SubnetNames.Containers:
                Add(Array.Empty<string>(), routes, "Microsoft.App/environments");
                break;
            case SubnetNames.PowerBi:
                Add(Array.Empty<string>(), routes, "Microsoft.PowerPlatform/vnetaccesslinks");
                break;
            case SubnetNames.Gateway:
                // Azure manages a gateway from outside, which a route through the firewall would break.
                Add(new Expression($"{Rules("gatewayRules")}({Clients(blocks, zone)})"), null, null);
                break;
            default:
                Add(Array.Empty<string>(), routes, null);
                break;
        }

        Expression Rules(string name)
        {
            blocks.Template.ImportRules(name);
            return new(name);
        }

        void Add(object rules, Expression? through, string? delegation) => network.AddSubnet(
            subnet, symbol, network.SecurityGroup(subnet, rules), through, delegation);
    }

    private static Expression Clients(DeploymentBlocks blocks, ZoneDesign zone)
    {
        string[] products =
        [
            .. zone.Units.Where(u => u.Azure.Entry?.Type == AzureServices.Gateway).Select(u => u.Deployment),
        ];
        return blocks.Template.Parameter(
            "clients", "Ranges of public addresses that applications call the zone's endpoints from.", "string[]",
            p => products.SelectMany(u => p.Environment.Gateways[u].Clients).Distinct());
    }

    private static void Peerings(DeploymentBlocks blocks, Expression group, Expression network)
    {
        ParameterGroup<Placement> hub = blocks.Template.Group(
            "hub", "The hub's network: its id, subscription, resource group and name.");
        Expression id = hub.Add("network", p => p.NetworkId(p.Hub));
        Call scope = ExistingId.Scope(hub, "network", p => p.NetworkId(p.Hub));
        Expression made = new($"{network}.outputs.resourceId");
        _ = blocks.Template.Module("peeringToHub", "virtual-network-peerings", group, new()
        {
            { "localVirtualNetworkName", new Expression($"{network}.outputs.name") },
            { "peerings", One(blocks.Names.Add("peeringToHub", p => p.Local(80, "peer", p.Hub)), id) },
        });
        _ = blocks.Template.Module("peeringFromHub", "virtual-network-peerings", scope, new()
        {
            { "localVirtualNetworkName", hub.Add("networkName", p => ResourceId.NameOf(p.NetworkId(p.Hub))) },
            { "peerings", One(blocks.Names.Add("peeringFromHub", p => p.Local(80, "peer", blocks.Zone)), made) },
        });
    }

    private static BicepObject[] One(Expression name, Expression other) =>
        [new() { { "name", name }, { "remoteVirtualNetworkResourceId", other } }];
}
