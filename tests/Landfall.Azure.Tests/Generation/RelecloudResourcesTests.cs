using Landfall.Azure.Snapshots;

namespace Landfall.Azure.Tests.Generation;

/// <summary>
/// What Relecloud is in Azure. The counts are derived by hand from the scenario and the design, a reason a line; they
/// are not what the generator gave.
/// </summary>
public sealed class RelecloudResourcesTests(BicepFixture bicep)
{
    /// <summary>Lines <c>count type # reason</c> by deployment.</summary>
    private static readonly Dictionary<string, string> _expected = new()
    {
        ["policies.management"] = """
            10 Microsoft.Authorization/policyDefinitions # all are the management zone's, and in each subscription
            1 Microsoft.Authorization/policySetDefinitions # the baseline
            1 Microsoft.Authorization/policyAssignments # the baseline
            """,
        ["policies.billing"] = """
            10 Microsoft.Authorization/policyDefinitions
            1 Microsoft.Authorization/policySetDefinitions
            2 Microsoft.Authorization/policyAssignments # the baseline; the services that billing chose
            1 Microsoft.Authorization/policyExemptions # Spark pools share machines
            """,
        ["policies.operations"] = """
            10 Microsoft.Authorization/policyDefinitions
            1 Microsoft.Authorization/policySetDefinitions
            2 Microsoft.Authorization/policyAssignments # the baseline; the services that operations chose
            """,
        ["management"] = """
            6 Microsoft.Resources/resourceGroups # network, dns, vault, monitoring, governance, state
            1 Microsoft.Network/virtualNetworks # the hub
            1 Microsoft.Network/networkSecurityGroups # of the endpoints' subnet; Azure allows none at the firewall's
            1 Microsoft.Network/publicIPAddresses # the firewall's
            1 Microsoft.Network/firewallPolicies
            1 Microsoft.Network/azureFirewalls
            1 Microsoft.Network/firewallPolicies/ruleCollectionGroups # all rules, with their reasons
            14 Microsoft.Network/privateDnsZones # three of storage, vault, acr, and two of each other service but one
            14 Microsoft.Network/privateDnsZones/virtualNetworkLinks # the hub resolves each
            1 Microsoft.Purview/accounts
            1 Microsoft.KeyVault/vaults
            1 Microsoft.OperationalInsights/workspaces
            1 Microsoft.Storage/storageAccounts # runs, audit, meters
            1 Microsoft.Storage/storageAccounts/blobServices
            3 Microsoft.Storage/storageAccounts/blobServices/containers # runs, audit, meters
            1 Microsoft.Storage/storageAccounts/managementPolicies
            5 Microsoft.Network/privateEndpoints # vault; account and portal of Purview; blob and dfs of the store
            5 Microsoft.Network/privateEndpoints/privateDnsZoneGroups
            5 Microsoft.Authorization/locks # firewall, Purview, vault, logs, store
            2 Microsoft.Authorization/roleAssignments # the platform team: secrets, logs
            6 Microsoft.Insights/diagnosticSettings # network, its group, firewall, Purview, vault, store
            """,
        ["operations"] = """
            5 Microsoft.Resources/resourceGroups # network, lake, vault, monitoring, processing
            1 Microsoft.Network/virtualNetworks
            6 Microsoft.Network/networkSecurityGroups # services, Databricks twice, kubernetes, gateway, Power BI
            1 Microsoft.Network/routeTables # to the firewall
            2 Microsoft.Network/virtualNetworks/virtualNetworkPeerings # with the hub, both sides
            3 Microsoft.Storage/storageAccounts # raw; enriched and curated; workspace
            3 Microsoft.Storage/storageAccounts/blobServices
            4 Microsoft.Storage/storageAccounts/blobServices/containers # one a layer
            3 Microsoft.Storage/storageAccounts/managementPolicies
            1 Microsoft.KeyVault/vaults
            1 Microsoft.OperationalInsights/workspaces
            1 Microsoft.Consumption/budgets
            1 Microsoft.Databricks/workspaces # ingest and processing
            2 Microsoft.Databricks/accessConnectors # by which Databricks acts as a unit: telemetry, usage
            2 Microsoft.ManagedIdentity/userAssignedIdentities # service telemetry, service usage
            9 Microsoft.Network/privateEndpoints # blob and dfs of three accounts, vault, Databricks twice
            9 Microsoft.Network/privateEndpoints/privateDnsZoneGroups
            6 Microsoft.Authorization/locks # three accounts, vault, logs, Databricks
            6 Microsoft.Authorization/roleAssignments # the team three, telemetry one, usage two
            12 Microsoft.Insights/diagnosticSettings # network and its six groups, three accounts, vault, Databricks
            """,
        ["billing"] = """
            5 Microsoft.Resources/resourceGroups # network, lake, vault, monitoring, processing
            1 Microsoft.Network/virtualNetworks
            1 Microsoft.Network/networkSecurityGroups # Synapse has a network of its own
            1 Microsoft.Network/routeTables
            2 Microsoft.Network/virtualNetworks/virtualNetworkPeerings
            3 Microsoft.Storage/storageAccounts
            3 Microsoft.Storage/storageAccounts/blobServices
            4 Microsoft.Storage/storageAccounts/blobServices/containers
            3 Microsoft.Storage/storageAccounts/managementPolicies
            1 Microsoft.KeyVault/vaults
            1 Microsoft.OperationalInsights/workspaces
            1 Microsoft.Consumption/budgets
            1 Microsoft.Synapse/workspaces
            1 Microsoft.Synapse/workspaces/administrators
            1 Microsoft.Synapse/workspaces/dedicatedSQLminimalTlsSettings
            3 Microsoft.Synapse/workspaces/bigDataPools # customers, invoices, shared
            1 Microsoft.Synapse/workspaces/integrationRuntimes # self-hosted, at the on-premises server
            3 Microsoft.ManagedIdentity/userAssignedIdentities # customers, invoices, revenue by service
            10 Microsoft.Network/privateEndpoints # blob and dfs of three accounts, vault, three of Synapse
            10 Microsoft.Network/privateEndpoints/privateDnsZoneGroups
            5 Microsoft.Authorization/locks # three accounts, vault, logs
            7 Microsoft.Authorization/roleAssignments # the team two, integrations two, product two, Synapse
            10 Microsoft.Insights/diagnosticSettings # network, its group, three accounts, vault, Synapse, three pools
            """,
        ["operations.cloud-accounts"] = """
            1 Microsoft.Resources/resourceGroups
            1 Microsoft.DataFactory/factories
            1 Microsoft.DataFactory/factories/credentials # the unit's identity
            1 Microsoft.DataFactory/factories/managedVirtualNetworks
            1 Microsoft.DataFactory/factories/integrationRuntimes # Azure's own, in the managed network
            2 Microsoft.DataFactory/factories/managedVirtualNetworks/managedPrivateEndpoints # raw and lake
            1 Microsoft.ManagedIdentity/userAssignedIdentities
            2 Microsoft.Network/privateEndpoints # factory and portal
            2 Microsoft.Network/privateEndpoints/privateDnsZoneGroups
            2 Microsoft.Authorization/roleAssignments # the team: the factory; the unit writes
            1 Microsoft.Insights/diagnosticSettings
            """,
        ["operations.cloud-service-recommender"] = """
            1 Microsoft.Resources/resourceGroups
            1 Microsoft.MachineLearningServices/workspaces
            1 Microsoft.MachineLearningServices/workspaces/computes # the cluster, attached
            1 Microsoft.MachineLearningServices/workspaces/environments
            1 Microsoft.MachineLearningServices/workspaces/environments/versions
            1 Microsoft.MachineLearningServices/workspaces/onlineEndpoints
            1 Microsoft.MachineLearningServices/workspaces/onlineEndpoints/deployments # blue
            1 Microsoft.ContainerRegistry/registries
            1 Microsoft.ContainerService/managedClusters
            1 Microsoft.KubernetesConfiguration/extensions # Machine Learning on the cluster
            1 Microsoft.Storage/storageAccounts # the workspace's own
            1 Microsoft.Storage/storageAccounts/blobServices
            1 Microsoft.KeyVault/vaults # the workspace's own
            1 Microsoft.Insights/components
            1 Microsoft.Network/applicationGateways # the entry of outside applications
            1 Microsoft.Network/ApplicationGatewayWebApplicationFirewallPolicies
            1 Microsoft.Network/publicIPAddresses
            5 Microsoft.ManagedIdentity/userAssignedIdentities # unit, workspace, cluster, its nodes, gateway
            5 Microsoft.Network/privateEndpoints # blob and file, vault, registry, workspace
            5 Microsoft.Network/privateEndpoints/privateDnsZoneGroups
            3 Microsoft.Authorization/locks # store, vault, registry
            14 Microsoft.Authorization/roleAssignments # team 2, unit 3, workspace 5, cluster 2, nodes, gateway
            8 Microsoft.Insights/diagnosticSettings # endpoint, cluster, gateway, the workspace and its four
            """,
        ["operations.recommender-revenue"] = """
            1 Microsoft.Resources/resourceGroups
            1 Microsoft.Synapse/workspaces # serverless SQL that Power BI reads
            1 Microsoft.Synapse/workspaces/administrators
            1 Microsoft.Synapse/workspaces/dedicatedSQLminimalTlsSettings
            1 Microsoft.ManagedIdentity/userAssignedIdentities
            3 Microsoft.Network/privateEndpoints # Sql, SqlOnDemand, Dev
            3 Microsoft.Network/privateEndpoints/privateDnsZoneGroups
            3 Microsoft.Authorization/roleAssignments # the unit writes and reads; Synapse's own files
            1 Microsoft.Insights/diagnosticSettings
            """,
        ["links"] = """
            2 Microsoft.Network/virtualNetworks/virtualNetworkPeerings # billing and operations, both sides
            4 Microsoft.Authorization/roleDefinitions # one an agreement: a role is given once
            6 Microsoft.Authorization/roleAssignments # four agreements; the catalogue scans two lakes
            """,
    };

    public static TheoryData<string> Deployments { get; } = [.. _expected.Keys];

    [Theory]
    [MemberData(nameof(Deployments))]
    public async Task Deployment_OfRelecloud_MakesWhatTheScenarioNeeds(string deployment)
    {
        using GeneratedEstate generated = GeneratedEstate.Relecloud("dev");

        Snapshot snapshot = await bicep.SnapshotAsync(generated.Path, deployment);

        IEnumerable<string> made = snapshot.Resources.GroupBy(r => r.Type, StringComparer.OrdinalIgnoreCase)
            .Select(g => $"{g.Count()} {g.Key}");
        IEnumerable<string> expected = _expected[deployment].Split('\n').Select(l => l.Split('#')[0].Trim());
        Assert.Equal(
            expected.Order(StringComparer.OrdinalIgnoreCase), made.Order(StringComparer.OrdinalIgnoreCase),
            StringComparer.OrdinalIgnoreCase);
    }

    [Fact]
    public void Deployments_OfRelecloud_AreTheExpectedOnes()
    {
        using EstateCopy estate = new();
        Assert.Equal(
            _expected.Keys.Order(StringComparer.Ordinal),
            estate.Generate().Deployments.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Relecloud_HasNoServiceThatTheScenarioRefuses()
    {
        using GeneratedEstate generated = GeneratedEstate.Relecloud("dev");
        async Task<string[]> Types(string deployment) =>
            [.. (await bicep.SnapshotAsync(generated.Path, deployment)).Resources.Select(r => r.Type)];

        Assert.DoesNotContain(
            await Types("billing"), t => t.Contains("Databricks", StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain(
            await Types("operations"), t => t.Contains("Synapse", StringComparison.OrdinalIgnoreCase));
        foreach (string deployment in _expected.Keys)
        {
            Assert.DoesNotContain(
                await Types(deployment), t => t.Contains("MySQL", StringComparison.OrdinalIgnoreCase));
        }
    }

    [Theory]
    [MemberData(nameof(Deployments))]
    public async Task Unknown_OfADeployment_IsAnIdentitysPrincipalOrARoleMadeFromIt(string deployment)
    {
        using GeneratedEstate generated = GeneratedEstate.Relecloud("dev");

        Snapshot snapshot = await bicep.SnapshotAsync(generated.Path, deployment);

        Assert.All(snapshot.Unknown, u => Assert.True(
            u.Path is "properties.principalId"
                ? u.Expression.Contains("principalId", StringComparison.Ordinal)
                : u.Path is "id" or "name" && u.Expression.Contains("guid(", StringComparison.Ordinal)
                    && u.Expression.Contains("principalId", StringComparison.Ordinal),
            $"{u.Resource} {u.Path} {u.Expression}"));
    }
}
