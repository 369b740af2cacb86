using System.Net;
using Landfall.Azure.Bicep;
using Landfall.Azure.Design;

namespace Landfall.Azure.Generation;

/// <summary>The network of a zone: its subnets are put together here, and written in one place.</summary>
/// <param name="blocks">The deployment.</param>
/// <param name="group">The resource group of the network.</param>
/// <param name="plan">Where subnets are.</param>
internal sealed class NetworkBlock(DeploymentBlocks blocks, Expression group, Func<Placement, AddressPlan> plan)
{
    private readonly List<BicepObject> _subnets = [];

    /// <summary>Adds the security group of a subnet.</summary>
    /// <param name="subnet">The subnet.</param>
    /// <param name="rules">Rules beside those that every group has.</param>
    public Expression SecurityGroup(string subnet, object rules)
    {
        string symbol = $"{BicepText.Symbol(subnet)}Security";
        BicepObject parameters = blocks.Head(
            blocks.Names.Add(symbol, p => p.Local(80, "nsg", $"{blocks.Zone}-{subnet}")));
        _ = blocks.WithDiagnostics(parameters);
        parameters.Add("securityRules", rules);
        return blocks.Template.Module(symbol, "network-security-group", group, parameters);
    }

    /// <summary>Adds the table that sends what leaves the network through the firewall.</summary>
    public Expression Routes()
    {
        BicepObject parameters = blocks.Head(blocks.Names.Add("routes", p => p.Local(80, "rt", blocks.Zone)));
        parameters.Add("firewallAddress", FirewallAddress());
        return blocks.Template.Module("routes", "route-table", group, parameters);
    }

    /// <summary>Adds a subnet.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="range">The name of its range among the parameters.</param>
    /// <param name="security">Its security group; null where Azure allows none.</param>
    /// <param name="routes">Its routes; null where traffic leaves directly.</param>
    /// <param name="delegation">The service that it is given to; null for none.</param>
    public void AddSubnet(
        string name, string range, Expression? security = null, Expression? routes = null, string? delegation = null)
    {
        BicepObject subnet = new()
        {
            { "name", name },
            { "addressPrefix", blocks.Ranges.Add(range, p => plan(p).Subnet(name).ToString()) },
            { "delegations", delegation is null ? Array.Empty<string>() : [delegation] },
        };
        if (security is not null)
        {
            subnet.Add("networkSecurityGroup", Reference(security));
        }

        if (routes is not null)
        {
            subnet.Add("routeTable", Reference(routes));
        }

        _subnets.Add(subnet);
    }

    /// <summary>Adds the network with its subnets, as that of the deployment's zone.</summary>
    /// <param name="range">Its range.</param>
    /// <param name="dnsServers">Addresses that names are asked at.</param>
    public Expression Add(Func<Placement, IPNetwork> range, IEnumerable<Expression> dnsServers)
    {
        BicepObject parameters = blocks.Head(blocks.Names.Add("network", p => p.Network(blocks.Zone)));
        _ = blocks.WithDiagnostics(parameters);
        parameters.Add("addressPrefix", blocks.Ranges.Add("network", p => range(p).ToString()));
        parameters.Add("dnsServers", dnsServers);
        parameters.Add("subnets", _subnets);
        return blocks.Network = blocks.Template.Module("network", "virtual-network", group, parameters);
    }

    /// <summary>The address of the firewall.</summary>
    public Expression FirewallAddress() => blocks.Template.Parameter(
        "firewallAddress", "Address of the hub's firewall, which also resolves names.", "string",
        p => p.FirewallAddress());

    private static BicepObject Reference(Expression module) =>
        new() { { "id", new Expression($"{module}.outputs.resourceId") } };
}
