using System.Globalization;
using Landfall.Azure.Checking;
using Landfall.Azure.Generation;
using Landfall.Azure.Snapshots;
using Landfall.Estate;
using Landfall.Estate.Diagnostics;

namespace Landfall.Azure.Tests.Generation;

/// <summary>Estates of other shapes generate and check as well.</summary>
public sealed class SiblingEstatesTests(BicepFixture bicep)
{
    private const string Hub = "10000000-0000-4000-8000-000000000000";

    /// <summary>A zone that says nothing of Azure gets network, lake, vault, monitoring and budget.</summary>
    [Fact]
    public async Task OneZone_ThatSaysNothing_GetsTheBasicsOnly()
    {
        using TestFolder estate = new();
        WriteHead(estate, existing: "", ["sales"], "");
        WriteZone(estate, "sales", 1, peers: "", azure: "", pool: "");

        GeneratedFiles generated = Generate(estate);

        Assert.Equal(["management", "sales", "links"], generated.Deployments);
        using GeneratedEstate folder = new(generated);
        Assert.Empty((await bicep.CheckAsync(folder.Path)).Findings);
        Snapshot snapshot = await bicep.SnapshotAsync(folder.Path, "sales");
        Assert.Equal(
            [
                "Microsoft.Authorization/locks", "Microsoft.Authorization/roleAssignments",
                "Microsoft.Consumption/budgets", "Microsoft.Insights/diagnosticSettings",
                "Microsoft.KeyVault/vaults", "Microsoft.Network/networkSecurityGroups",
                "Microsoft.Network/privateEndpoints", "Microsoft.Network/privateEndpoints/privateDnsZoneGroups",
                "Microsoft.Network/routeTables", "Microsoft.Network/virtualNetworks",
                "Microsoft.Network/virtualNetworks/virtualNetworkPeerings",
                "Microsoft.OperationalInsights/workspaces", "Microsoft.Resources/resourceGroups",
                "Microsoft.Storage/storageAccounts", "Microsoft.Storage/storageAccounts/blobServices",
                "Microsoft.Storage/storageAccounts/blobServices/containers",
                "Microsoft.Storage/storageAccounts/managementPolicies",
            ],
            snapshot.Resources.Select(r => r.Type).Distinct().Order(StringComparer.Ordinal));
    }

    /// <summary>Three zones, each peered with both others; networks and shared services are there already.</summary>
    [Fact]
    public async Task ThreeZones_WithEverythingThere_MakeNoNetworkAndNoPeering()
    {
        string[] zones = ["north", "south", "west"];
        using TestFolder estate = new();
        string existing = string.Join(
            "",
            zones.Select((z, i) =>
                $"\n  {z}: {{ subscription: {Subscription(i + 1)}, existing: {{ network: {Network(i + 1)} }} }}"));
        WriteHead(
            estate, "azure: { existing: [network, firewall, dnsZones, purview, logWorkspace] }", [],
            existing + "\n" + $$"""
              management:
                subscription: {{Hub}}
                existing:
                  network: {{Network(0)}}
                  firewall: {{Id(0, "net", "Microsoft.Network/firewallPolicies/company")}}
                  firewallAddress: 10.200.0.4
                  dnsZones: /subscriptions/{{Hub}}/resourceGroups/dns
                  purview: {{Id(0, "catalogue", "Microsoft.Purview/accounts/company")}}
                  logWorkspace: {{Id(0, "logs", "Microsoft.OperationalInsights/workspaces/company")}}
            """);
        for (int i = 0; i < zones.Length; i++)
        {
            WriteZone(
                estate, zones[i], i + 1, string.Join(", ", zones.Where(z => z != zones[i])),
                "azure: { existing: [network] }", "azure: { service: containerJob }");
        }

        using GeneratedEstate folder = new(Generate(estate));
        CheckResult result = await bicep.CheckAsync(folder.Path);

        Assert.Empty(result.Findings);
        string[] types =
        [
            .. result.Deployments.SelectMany(d => d.Deployment.Snapshot!.Resources).Select(r => r.Type),
        ];
        Assert.DoesNotContain("Microsoft.Network/virtualNetworks", types);
        Assert.DoesNotContain("Microsoft.Network/virtualNetworks/virtualNetworkPeerings", types);
        Assert.DoesNotContain("Microsoft.Network/azureFirewalls", types);
        Assert.DoesNotContain("Microsoft.Network/privateDnsZones", types);
        Assert.DoesNotContain("Microsoft.Purview/accounts", types);
        Assert.DoesNotContain("Microsoft.OperationalInsights/workspaces", types);
        Assert.Equal(3, types.Count(t => t == "Microsoft.App/jobs"));
        Assert.Single(types, "Microsoft.Network/firewallPolicies/ruleCollectionGroups");
    }

    /// <summary>A firewall of ours stands in the resource group of a hub that is there.</summary>
    [Fact]
    public async Task Hub_ThatIsThere_HoldsTheFirewallThatIsMade()
    {
        using TestFolder estate = new();
        WriteHead(
            estate, "azure: { existing: [network] }", ["sales"],
            $"\n  management: {{ subscription: {Hub}, existing: {{ network: {Network(0)} }} }}");
        WriteZone(estate, "sales", 1, peers: "", azure: "", pool: "");

        using GeneratedEstate folder = new(Generate(estate));
        Assert.Empty((await bicep.CheckAsync(folder.Path)).Findings);
        Snapshot hub = await bicep.SnapshotAsync(folder.Path, "management");
        Assert.DoesNotContain(hub.Resources, r => r.Is("Microsoft.Network/virtualNetworks"));
        Assert.Contains(
            "/resourceGroups/net/", Assert.Single(hub.Resources, r => r.Is("Microsoft.Network/azureFirewalls")).Id,
            StringComparison.Ordinal);
    }

    /// <summary>Where one network is made and the other is there, both sides of the peering are.</summary>
    [Fact]
    public async Task OneNetworkThere_IsPeeredFromBothSides()
    {
        using TestFolder estate = new();
        WriteHead(
            estate, "", ["north"],
            $"\n  south: {{ subscription: {Subscription(2)}, existing: {{ network: {Network(2)} }} }}");
        WriteZone(estate, "north", 1, "south", "", "azure: { service: synapse }");
        WriteZone(estate, "south", 2, "north", "azure: { existing: [network] }", "azure: { service: databricks }");

        using GeneratedEstate folder = new(Generate(estate));
        Assert.Empty((await bicep.CheckAsync(folder.Path)).Findings);
        Snapshot links = await bicep.SnapshotAsync(folder.Path, "links");
        Assert.Equal(
            2, links.Resources.Count(r => r.Is("Microsoft.Network/virtualNetworks/virtualNetworkPeerings")));
    }

    /// <summary>Deployments are called after zones, but for these two.</summary>
    [Theory]
    [InlineData("links")]
    [InlineData("policies")]
    public void Zone_CalledAsADeployment_IsRefused(string id)
    {
        using TestFolder estate = new();
        WriteHead(estate, existing: "", [id], "");
        WriteZone(estate, id, 1, peers: "", azure: "", pool: "");

        Diagnostic found = Assert.Single(EstateLoader.Load(estate.Path).Diagnostics);

        Assert.Equal(("LF1020", $"{id}/zone.yaml:3:5"), (found.Code, found.Location.ToString()));
    }

    private static GeneratedFiles Generate(TestFolder estate)
    {
        EstateLoadResult loaded = EstateLoader.Load(estate.Path);
        Assert.True(loaded.Estate is not null, string.Join('\n', loaded.Diagnostics));
        return EstateGenerator.Generate(loaded.Estate, "prod", EstateCopy.Now);
    }

    private static string Subscription(int zone) => string.Create(
        CultureInfo.InvariantCulture, $"{zone + 1}0000000-0000-4000-8000-000000000000");

    private static string Id(int zone, string group, string rest) =>
        $"/subscriptions/{Subscription(zone)}/resourceGroups/{group}/providers/{rest}";

    private static string Network(int zone) => Id(zone, "net", "Microsoft.Network/virtualNetworks/company");

    private static void WriteHead(TestFolder estate, string existing, string[] zones, string more)
    {
        string all = string.Join("", zones.Select((z, i) => $"\n  {z}: {{ subscription: {Subscription(i + 1)} }}"))
            + (more.Contains("management:", StringComparison.Ordinal)
                ? ""
                : $"\n  management: {{ subscription: {Hub} }}")
            + more;
        _ = estate.Write("estate.yaml", """
            apiVersion: landfall/v1
            kind: Estate
            name: sibling
            title: Sibling
            domain: sibling.example
            currency: EUR
            prices: { version: "1", storageGigabyteMonth: 0.02, millionRequests: 0.4 }
            targets: { local: { lake: lake, locations: { inbox: inbox } } }
            """).Write("management/zone.yaml", $$"""
            apiVersion: landfall/v1
            kind: ManagementZone
            id: management
            owner: team
            network: { range: 10.200.0.0/20, dnsSuffix: sibling.internal }
            {{existing}}
            identities:
              users: [ben@sibling.example]
              groups:
                - { id: team, members: [ben@sibling.example] }
            """).Write("azure/prod.yaml", $$"""
            apiVersion: landfall/v1
            kind: AzureEnvironment
            environment: prod
            tenant: 90000000-0000-4000-8000-000000000000
            region: northeurope
            zoneRedundant: true
            budgetStart: 2027-01-01
            zones:{{all}}
            groups: { team: 80000000-0000-4000-8000-000000000000 }
            locations: { inbox: https://siblinginbox.blob.core.windows.net/in }
            egress: [{ name: inbox, host: siblinginbox.blob.core.windows.net, ports: [443] }]
            image: registry.sibling.example/landfall:1.0
            """);
    }

    private static void WriteZone(TestFolder estate, string id, int number, string peers, string azure, string pool) =>
        estate.Write($"{id}/zone.yaml", $$"""
            apiVersion: landfall/v1
            kind: LandingZone
            id: {{id}}
            title: {{id}}
            owner: team
            costCentre: CC-{{number}}
            peers: [{{peers}}]
            network: { range: 10.{{number}}.0.0/20 }
            {{azure}}
            tools: { engines: [duckdb], sources: [files], serving: [] }
            budget: { monthly: 99.50 }
            pools:
              - id: shared
                engine: duckdb
                memory: 1GiB
                threads: 1
                concurrency: 1
                timeout: 1h
                price: { cpuHour: 0.06 }
                {{pool}}
            """).Write($"{id}/integrations/inbox/integration.yaml", """
            apiVersion: landfall/v1
            kind: Integration
            id: inbox
            title: Inbox
            owner: team
            pool: shared
            source: { type: files, location: inbox }
            tables:
              - { name: item, files: "*.csv", mode: append }
            """).Write($"{id}/integrations/inbox/contract.odcs.yaml", """
            apiVersion: v3.1.0
            kind: DataContract
            id: inbox
            version: 1.0.0
            status: active
            schema:
              - name: item
                properties:
                  - { name: id, logicalType: integer, physicalType: bigint }
            """);
}
