using Landfall.Azure.Addresses;
using Landfall.Azure.Checking.Rules;

namespace Landfall.Azure.Tests.Checking;

/// <summary>Rules about addresses, subnets, peerings and private endpoints.</summary>
public sealed class NetworkRulesTests
{
    private const string Network = "Microsoft.Network/virtualNetworks";
    private const string Routes = "Microsoft.Network/routeTables";
    private const string Endpoint = "Microsoft.Network/privateEndpoints";
    private const string Account = "Microsoft.Storage/storageAccounts";

    [Theory]
    [InlineData("10.0.0.0/16", true)]
    [InlineData("fd00::/48", true)]
    [InlineData("10.0.0.0/33", false)]
    [InlineData("10.0.0/16", false)]
    [InlineData("10.0.0.256/32", false)]
    [InlineData("10.0.0.0", false)]
    [InlineData("10.0.0.0/-1", false)]
    [InlineData("AzureCloud", false)]
    public void Range_Text_IsReadWhereItIsOne(string text, bool isRange) =>
        Assert.Equal(isRange, IpRange.TryParse(text, out _));

    [Theory]
    [InlineData("10.0.0.0/16", "10.0.255.0/24", true, true)]
    [InlineData("10.0.0.0/24", "10.0.1.0/24", false, false)]
    [InlineData("10.0.128.0/17", "10.0.0.0/16", true, false)]
    [InlineData("0.0.0.0/0", "255.255.255.255/32", true, true)]
    [InlineData("fd00::/8", "10.0.0.0/8", false, false)]
    [InlineData("::/0", "fd00::/8", true, true)]
    public void Ranges_OfTwo_OverlapOrContain(string one, string other, bool overlap, bool contain)
    {
        Assert.True(IpRange.TryParse(one, out IpRange? a));
        Assert.True(IpRange.TryParse(other, out IpRange? b));

        Assert.Equal((overlap, contain), (a.Overlaps(b), a.Contains(b)));
        Assert.Equal(overlap, b.Overlaps(a));
    }

    [Theory]
    [InlineData(Routes, """ "routes": [{"properties": {"addressPrefix": "10.0.0.0/33"}}] """, true)]
    [InlineData(Routes, """ "routes": [{"properties": {"addressPrefix": "10.0.0.1/16"}}] """, true)]
    [InlineData(Routes, """ "routes": [{"properties": {"addressPrefix": "AzureCloud"}}] """, false)]
    [InlineData(Routes,
        """ "routes": [{"properties": {"addressPrefix": "0.0.0.0/0", "nextHopIpAddress": "10.0.0.400"}}] """, true)]
    [InlineData("Microsoft.Network/networkSecurityGroups",
        """ "rules": [{"properties": {"sourceAddressPrefix": "*", "destinationAddressPrefix": "Sql"}}] """, false)]
    [InlineData("Microsoft.Network/networkSecurityGroups",
        """ "securityRules": [{"properties": {"sourceAddressPrefixes": ["10.0.0.1", "10.0.1"]}}] """, true)]
    [InlineData("Microsoft.Network/firewallPolicies/ruleCollectionGroups",
        """ "ruleCollections": [{"rules": [{"sourceAddresses": ["10.0.0.1-10.0.0.9", "10.0.0.0/8"]}]}] """, false)]
    [InlineData("Microsoft.Network/firewallPolicies/ruleCollectionGroups",
        """ "ruleCollections": [{"rules": [{"destinationAddresses": ["10.1.0.0/8"]}]}] """, true)]
    [InlineData("Microsoft.Network/virtualNetworks", """ "addressSpace": {"addressPrefixes": ["10.0.0.0"]} """, true)]
    [InlineData("Microsoft.Network/virtualNetworks", """ "addressSpace": {"addressPrefixes": ["[x()]"]} """, false)]
    public void Address_Malformed_IsFound(string type, string properties, bool isFound) => Assert.Equal(
        isFound ? ["LF5111"] : [],
        new TestScope()
            .Add(type, "a/b", $$""" "properties": {{{properties}}} """, id: TestScope.Group + "/providers/x/y/z")
            .Check(new AddressRule()).Select(f => f.Code));

    [Theory]
    [InlineData("a", "10.1.0.0/24", "LF5112")]
    [InlineData("a", "10.0.0.0/24", null)]
    [InlineData("a", "10.0.9.0/30", "LF5114")]
    [InlineData("a", "10.0.1.128/25", "LF5113")]
    [InlineData("AzureFirewallSubnet", "10.0.2.0/27", "LF5114")]
    [InlineData("AzureFirewallSubnet", "10.0.2.0/26", null)]
    [InlineData("AzureBastionSubnet", "10.0.2.0/27", "LF5114")]
    [InlineData("GatewaySubnet", "10.0.2.0/28", "LF5114")]
    [InlineData("gateway", "10.0.2.0/29", "LF5114")]
    [InlineData("gateway", "10.0.2.0/28", null)]
    public void Subnet_OutsideOverlappingOrSmall_IsFound(string name, string range, string? code) => Assert.Equal(
        code,
        new TestScope().Add(
            Network, "v",
            $$$"""
            "properties": {"addressSpace": {"addressPrefixes": ["10.0.0.0/16"]}, "subnets": [
              {"name": "services", "properties": {"addressPrefix": "10.0.1.0/24"}},
              {"name": "{{{name}}}", "properties": {"addressPrefix": "{{{range}}}"}}]}
            """)
            .Add(
                "Microsoft.Network/applicationGateways", "gw",
                $$$$"""
                "properties": {"gatewayIPConfigurations": [
                  {"properties": {"subnet": {"id": "{{{{TestScope.Id(Network + "/subnets", "v/gateway")}}}}"}}}]}
                """)
            .Check(new SubnetRule()).Select(f => f.Code).SingleOrDefault());

    [Theory]
    [InlineData("Microsoft.Databricks/workspaces", 27, 26)]
    [InlineData("Microsoft.App/environments", 28, 27)]
    [InlineData("Microsoft.PowerPlatform/vnetaccesslinks", 29, 28)]
    public void Subnet_DelegatedAndSmall_IsFound(string service, int small, int enough)
    {
        Assert.Equal(["LF5114 Microsoft.Network/virtualNetworks/v/subnets/d"], Delegated(small));
        Assert.Empty(Delegated(enough));

        string[] Delegated(int prefix) => new TestScope()
            .Add(Network, "v", """ "properties": {"addressSpace": {"addressPrefixes": ["10.0.0.0/16"]}} """)
            .Add(
                Network + "/subnets", "v/d",
                $$$"""
                "properties": {"addressPrefixes": ["10.0.0.0/{{{prefix}}}"], "delegations": [
                  {"name": "d", "properties": {"serviceName": "{{{service}}}"}}]}
                """)
            .Find(new SubnetRule());
    }

    [Theory]
    [InlineData("10.0.128.0/17", true)]
    [InlineData("10.1.0.0/16", false)]
    public void Peering_OfOverlappingNetworks_IsFoundOnceForBothSides(string range, bool isFound) => Assert.Equal(
        isFound ? 1 : 0,
        new TestScope()
            .Add(Network, "a", """ "properties": {"addressSpace": {"addressPrefixes": ["10.0.0.0/16"]}} """)
            .Add(Network, "b", $$$""" "properties": {"addressSpace": {"addressPrefixes": ["{{{range}}}"]}} """)
            .Add(Network + "/virtualNetworkPeerings", "a/p", Peer("b"))
            .Add(Network + "/virtualNetworkPeerings", "b/p", Peer("a"))
            .Check(new PeeringRule()).Length);

    [Fact]
    public void Cluster_WhoseRangesMeet_IsFound() => Assert.Equal(
        [
            "LF5113 Microsoft.ContainerService/managedClusters/k properties.networkProfile.serviceCidr",
            "LF5113 Microsoft.ContainerService/managedClusters/k properties.networkProfile.serviceCidr",
            "LF5112 Microsoft.ContainerService/managedClusters/k properties.networkProfile.dnsServiceIP",
        ],
        new TestScope()
            .Add(Network, "v", """ "properties": {"addressSpace": {"addressPrefixes": ["10.0.0.0/16"]}} """)
            .Add(
                "Microsoft.ContainerService/managedClusters", "k",
                $$$"""
                "properties": {"agentPoolProfiles": [
                  {"vnetSubnetID": "{{{TestScope.Id(Network + "/subnets", "v/s")}}}"}],
                  "networkProfile": {"serviceCidr": "10.0.4.0/22", "podCidr": "10.0.4.0/24",
                    "dnsServiceIP": "10.1.0.10"}}
                """)
            .Find(new ClusterRangeRule()).Where(f => !f.EndsWith("podCidr", StringComparison.Ordinal)));

    [Theory]
    [InlineData(Account, "blob", "privatelink.blob.core.windows.net", null)]
    [InlineData(Account, "blobs", "privatelink.blob.core.windows.net", "LF5115")]
    [InlineData(Account, "dfs", "privatelink.blob.core.windows.net", "LF5116,LF5116")]
    [InlineData(Account, "dfs", "", "LF5117")]
    [InlineData("Microsoft.KeyVault/vaults", "vault", "privatelink.vaultcore.azure.net", null)]
    [InlineData("Microsoft.KeyVault/vaults", "vaults", "privatelink.vaultcore.azure.net", "LF5115")]
    [InlineData("Microsoft.Synapse/workspaces", "SqlOnDemand", "privatelink.sql.azuresynapse.net", null)]
    [InlineData("Microsoft.MachineLearningServices/workspaces", "amlworkspace",
        "privatelink.api.azureml.ms privatelink.notebooks.azure.net", null)]
    [InlineData("Microsoft.MachineLearningServices/workspaces", "amlworkspace", "privatelink.api.azureml.ms", "LF5116")]
    [InlineData("Microsoft.ContainerService/managedClusters", "management", "privatelink.westeurope.azmk8s.io", null)]
    [InlineData("Microsoft.ContainerService/managedClusters", "management", "privatelink.azmk8s.io", "LF5116,LF5116")]
    [InlineData("Microsoft.Strange/things", "anything", "", null)]
    public void Endpoint_WithAWrongGroupOrZone_IsFound(string type, string group, string zones, string? codes)
    {
        TestScope scope = new TestScope().Add(type, "target", """ "location": "westeurope" """).Add(
            Endpoint, "pe",
            $$$"""
            "location": "westeurope", "properties": {"privateLinkServiceConnections": [{"name": "c", "properties":
              {"privateLinkServiceId": "{{{TestScope.Id(type, "target")}}}", "groupIds": ["{{{group}}}"]}}]}
            """);
        if (zones.Length > 0)
        {
            IEnumerable<string> configurations = zones.Split(' ')
                .Select(z => TestScope.Id("Microsoft.Network/privateDnsZones", z))
                .Select(id => $$$"""{"properties": {"privateDnsZoneId": "{{{id}}}"}}""");
            scope.Add(
                Endpoint + "/privateDnsZoneGroups", "pe/default",
                $$""" "properties": {"privateDnsZoneConfigs": [{{string.Join(',', configurations)}}]} """);
        }

        Assert.Equal(codes ?? "", string.Join(',', scope.Check(new PrivateEndpointRule()).Select(f => f.Code)));
    }

    [Fact]
    public void Endpoint_WhoseZoneOrTargetIsUnknown_IsNotFound() => Assert.Empty(new TestScope()
        .Add(
            Endpoint, "pe",
            $$$"""
            "properties": {"privateLinkServiceConnections": [{"properties":
              {"privateLinkServiceId": "{{{TestScope.Id(Account, "a")}}}", "groupIds": ["blob"]}}]}
            """)
        .Add(
            Endpoint + "/privateDnsZoneGroups", "pe/default",
            """
            "properties": {"privateDnsZoneConfigs": [{"properties": {"privateDnsZoneId": "[reference('x').id]"}}]}
            """)
        .Add(
            Endpoint, "other",
            """
            "properties": {"privateLinkServiceConnections": [{"properties":
              {"privateLinkServiceId": "[reference('x').id]", "groupIds": ["nonsense"]}}]}
            """)
        .Check(new PrivateEndpointRule()));

    [Theory]
    [InlineData("privatelink.northeurope.azmk8s.io", 0)]
    [InlineData("privatelink.azmk8s.com", 2)]
    public void Endpoint_OfAClusterElsewhere_MayNameAnyRegion(string zone, int findings) => Assert.Equal(
        findings,
        new TestScope().Add(
            Endpoint, "pe",
            $$$"""
            "properties": {"privateLinkServiceConnections": [{"properties": {"groupIds": ["management"],
              "privateLinkServiceId": "{{{TestScope.Id("Microsoft.ContainerService/managedClusters", "k")}}}"}}]}
            """)
            .Add(
                Endpoint + "/privateDnsZoneGroups", "pe/default",
                $$$"""
                "properties": {"privateDnsZoneConfigs": [{"properties":
                  {"privateDnsZoneId": "{{{TestScope.Id("Microsoft.Network/privateDnsZones", zone)}}}"}}]}
                """)
            .Check(new PrivateEndpointRule()).Length);

    [Fact]
    public void ManagedEndpoint_OfAFactoryWithAWrongGroup_IsFound() => Assert.Equal(
        ["LF5115 Microsoft.DataFactory/factories/f/managedVirtualNetworks/default/managedPrivateEndpoints/e "
            + "properties.groupId"],
        new TestScope().Add(
            "Microsoft.DataFactory/factories/managedVirtualNetworks/managedPrivateEndpoints", "f/default/e",
            $$""" "properties": {"groupId": "dsf", "privateLinkResourceId": "{{TestScope.Id(Account, "a")}}"} """)
            .Find(new PrivateEndpointRule()));

    private static string Peer(string name) =>
        $$$""" "properties": {"remoteVirtualNetwork": {"id": "{{{TestScope.Id(Network, name)}}}"}} """;
}
