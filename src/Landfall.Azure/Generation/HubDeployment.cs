using Landfall.Azure.Bicep;
using Landfall.Azure.Design;
using Landfall.Azure.Snapshots;
using Landfall.Estate.Management;

namespace Landfall.Azure.Generation;

/// <summary>The deployment of the management zone: what landing zones share.</summary>
internal static class HubDeployment
{
    private static readonly string[] _stateContainers = ["runs", "audit", "meters"];

    /// <summary>Puts it together.</summary>
    public static DeploymentTemplate<Placement> Of(EstateDesign design, IReadOnlyCollection<string> dnsKeys)
    {
        ManagementZone zone = design.Management;
        DeploymentTemplate<Placement> template = new(
            zone.Id, $"The management zone of {design.Estate.Title}: network, firewall, names, catalogue, audit.");
        DeploymentBlocks blocks = new(template, zone.Id, zone.Owner, "shared");
        Expression? network =
            design.HasExisting("network") ? null : blocks.Group("networkGroup", Groups.Network);
        MonitoringBlock.Add(blocks, design);
        Network(blocks, design, network);
        Firewall(blocks, design, network);
        Names(blocks, design, dnsKeys);
        blocks.Vault(blocks.Group("vaultGroup", Groups.Vault));
        Catalogue(blocks, design);
        State(blocks);
        return template;
    }

    private static void Network(DeploymentBlocks blocks, EstateDesign design, Expression? group)
    {
        if (design.HasExisting("network"))
        {
            return;
        }

        NetworkBlock network = new(blocks, group!, p => p.HubPlan());
        if (!design.HasExisting("firewall"))
        {
            network.AddSubnet(SubnetNames.Firewall, "firewall");
        }

        network.AddSubnet(
            SubnetNames.Services, "services", network.SecurityGroup(SubnetNames.Services, Array.Empty<string>()));
        _ = network.Add(p => p.Design.Management.AddressRange, dnsServers: []);
    }

    private static void Firewall(DeploymentBlocks blocks, EstateDesign design, Expression? group)
    {
        object place;
        Expression policy;
        string[] after = [];
        if (design.HasExisting("firewall"))
        {
            ParameterGroup<Placement> existing = blocks.Template.Group(
                "firewall", "The firewall policy that is there: its subscription, resource group and name.");
            place = ExistingId.Scope(existing, "firewall", p => p.Existing(p.Hub, "firewall")!);
            policy = existing.Add("name", p => ResourceId.NameOf(p.Existing(p.Hub, "firewall")!));
        }
        else
        {
            // Azure wants a firewall in the resource group of its network.
            place = group is not null ? group : ExistingId.Scope(
                blocks.Template.Group("hub", "The network that is there: its subscription and resource group."),
                "network", p => p.NetworkId(p.Hub));
            policy = blocks.Names.Add("firewallPolicy", p => p.Local(80, "afwp", p.Hub));
            BicepObject parameters = blocks.Head(blocks.Names.Add("firewall", p => p.Local(56, "afw", p.Hub)));
            parameters.Add("lock", blocks.Lock);
            _ = blocks.WithDiagnostics(parameters);
            parameters.Add("subnetResourceId", blocks.SubnetId("firewallSubnet", SubnetNames.Firewall));
            parameters.Add("policyName", policy);
            BicepObject address = blocks.Head(blocks.Names.Add("firewallAddress", p => p.Local(80, "pip", p.Hub)));
            address.Add("availabilityZones", blocks.AvailabilityZones);
            Expression made = blocks.Template.Module("firewallAddress", "public-ip-address", place, address);
            parameters.Add("publicIpAddressResourceId", new Expression($"{made}.outputs.resourceId"));
            parameters.Add("availabilityZones", blocks.AvailabilityZones);
            after = [blocks.Template.Module("firewall", "firewall", place, parameters).Text];
        }

        blocks.Template.Import("firewallNetworkRuleType");
        blocks.Template.Import("firewallApplicationRuleType");
        _ = blocks.Template.Module("firewallRules", "firewall-rules", place, new()
        {
            { "firewallPolicyName", policy },
            { "name", "landfall" },
            { "priority", 1000 },
            {
                "networkRules", blocks.Template.Parameter(
                    "networkRules", "What may leave the zones by address or service tag, each with its reason.",
                    "firewallNetworkRuleType[]", FirewallRules.Network)
            },
            {
                "applicationRules", blocks.Template.Parameter(
                    "applicationRules", "What may leave the zones by name, each with its reason.",
                    "firewallApplicationRuleType[]", FirewallRules.Application)
            },
        }, after);
    }

    private static void Names(DeploymentBlocks blocks, EstateDesign design, IReadOnlyCollection<string> dnsKeys)
    {
        if (design.HasExisting("dnsZones"))
        {
            return;
        }

        Expression group = blocks.Group("dnsGroup", Groups.Dns);
        Expression zones = blocks.Template.Module("dnsZones", "private-dns-zones", group, new()
        {
            {
                "names", blocks.Template.Parameter(
                    "dnsZoneNames", "Names of the private DNS zones that the estate's endpoints need.", "string[]",
                    _ => DnsNames(design, dnsKeys))
            },
            { "tags", blocks.Tags },
            { "virtualNetworkResourceId", blocks.NetworkId },
        });
        blocks.BeforeEndpoints = [zones.Text];
    }

    private static string[] DnsNames(EstateDesign design, IEnumerable<string> keys)
    {
        // The hub's own endpoints lead to these.
        string[] own = design.HasExisting("purview")
            ? ["vault", "blob", "dfs"]
            : ["vault", "blob", "dfs", "purview", "purviewPortal"];
        return [.. keys.Concat(own).Select(PrivateDns.ZoneName).Distinct().Order(StringComparer.Ordinal)];
    }

    private static void Catalogue(DeploymentBlocks blocks, EstateDesign design)
    {
        if (design.HasExisting("purview"))
        {
            return;
        }

        Expression group = blocks.Group("governanceGroup", Groups.Governance);
        Expression name = blocks.Names.Add("purview", p => p.Purview());
        BicepObject parameters = blocks.Head(name);
        parameters.Add("lock", blocks.Lock);
        _ = blocks.WithDiagnostics(parameters);
        parameters.Add("privateEndpoints", (Call[])
            [blocks.Endpoint(name, "account", "purview"), blocks.Endpoint(name, "portal", "purviewPortal")]);
        parameters.Add(
            "managedResourceGroupName",
            blocks.Names.Add("purviewManagedGroup", p => p.Group(p.Hub, "purview-managed")));
        _ = blocks.Template.Module("purview", "purview-account", group, parameters, blocks.BeforeEndpoints);
    }

    /// <summary>The store of runs, audit and meters.</summary>
    private static void State(DeploymentBlocks blocks)
    {
        Expression group = blocks.Group("stateGroup", Groups.State);
        Expression account = blocks.Storage(
            "state", group, p => p.Storage(p.Hub, "state"), isLake: true, "blob", "dfs");
        blocks.Containers("state", group, account, _stateContainers);
    }
}
