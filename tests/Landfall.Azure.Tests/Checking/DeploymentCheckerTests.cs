using Landfall.Azure.Checking;
using Landfall.Azure.Deployments;
using Landfall.Azure.Snapshots;
using Landfall.Estate;

namespace Landfall.Azure.Tests.Checking;

/// <summary>Whole folders, compiled by the real compiler.</summary>
public sealed class DeploymentCheckerTests(BicepFixture bicep) : IDisposable
{
    private const string Tenant = "11111111-1111-4111-8111-111111111111";
    private const string Subscription = "22222222-2222-4222-8222-222222222222";
    private const string NetworkGroup =
        $"/subscriptions/{Subscription}/resourceGroups/network/providers/Microsoft.Network";

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>The negative control: every rule looks at it, and none finds anything.</summary>
    [Fact]
    public async Task Check_OfACleanFolder_FindsNothing()
    {
        WriteClean();

        CheckResult result = await bicep.CheckAsync(_folder.Path);

        Assert.Equal("", string.Join('\n', result.Findings));
        Assert.True(result.IsClean);
        Assert.Equal(2, result.Deployments.Length);
        Assert.Equal(9, result.Resources);
        Assert.Equal(
            ["[reference(", "[reference("],
            result.Unknown.Where(u => u.Value.Path == "properties.principalId").Select(u => u.Value.Expression[..11]));
    }

    [Theory]
    [InlineData("name: 'Standard_LRS'", "name: 'Standard_LSR'", "LF5103")]
    [InlineData("storageAccounts@2026-09-01", "storageAccounts@2025-01-01", "LF5104")]
    [InlineData("ba92f5b4-2d11-453d-a403-e96b0029c9fe", "ba92f5b4-2d11-453d-a403-e96b0029c9f0", "LF5106")]
    [InlineData("strelecloudraw'", "st-relecloud-raw'", "LF5107,LF5101")]
    [InlineData("/subnets/services", "/subnets/service", "LF5110")]
    [InlineData("'10.0.0.0/16'", "'10.0.0.0/33'", "LF5102")]
    [InlineData("addressPrefixes: [range]", "addressPrefixes: ['10.0.0.1/16']", "LF5111")]
    [InlineData("cidrSubnet(range, 24, 1)", "'10.1.1.0/24'", "LF5112")]
    [InlineData("cidrSubnet(range, 24, 1)", "cidrSubnet(range, 25, 1)", "LF5113")]
    [InlineData("['blob']", "['blobs']", "LF5115")]
    [InlineData("privatelink.blob.core", "privatelink.dfs.core", "LF5116,LF5116")]
    [InlineData("location: 'global'", "location: location", "LF5118")]
    [InlineData("kind: 'StorageV2'", "kind: 'StorageV2'\n  colour: 'red'", "LF5101")]
    [InlineData("output id string = account.id", "output id string = 1", "LF5101")]
    [InlineData("tags: {}", "tags: { x: 'AccountKey=abcdefghijklmnopqrstuvwxyz' }", "LF5121")]
    public async Task Check_OfAFolderWithAMistake_FindsIt(string right, string wrong, string codes)
    {
        WriteClean();
        foreach (string file in Directory.GetFiles(_folder.Path, "*.bicep*", SearchOption.AllDirectories))
        {
            await File.WriteAllTextAsync(
                file, (await File.ReadAllTextAsync(file)).Replace(right, wrong, StringComparison.Ordinal));
        }

        CheckResult result = await bicep.CheckAsync(_folder.Path);

        Assert.False(result.IsClean);
        Assert.Subset(codes.Split(',').ToHashSet(), result.Findings.Select(f => f.Code).ToHashSet());
        Assert.All(result.Findings, f => Assert.Equal("dev", f.Environment));
    }

    [Fact]
    public async Task Check_OfWhatDoesNotCompile_NamesThePlaceInTheFolder()
    {
        _folder.Write("a/main.bicep", "param x string\nparam y int = 'z'\noutput o string = '${x}${y}'\n")
            .Write("a/main.bicepparam", "using 'main.bicep'\nparam x = 'x'\n");

        CheckResult result = await bicep.CheckAsync(_folder.Path);

        Assert.Contains(result.Findings, f => f.Code == "LF5101" && f.Place == "a/main.bicep:2:15");
        Assert.Equal(0, result.Resources);
    }

    [Fact]
    public async Task Snapshot_OfADeployment_HasItsResources()
    {
        WriteClean();

        Snapshot snapshot = await bicep.SnapshotAsync(_folder.Path, "network");

        Assert.Contains(snapshot.Resources, r => r.Is("microsoft.network/VIRTUALNETWORKS"));
    }

    [Theory]
    [InlineData("gone", null, "LF5125")]
    [InlineData("", null, "LF5125")]
    [InlineData("set", "prod", "LF5125")]
    [InlineData("set", "dev", "LF5126")]
    [InlineData("bad", null, "LF5126")]
    public void Read_OfAFolderWithoutDeployments_Fails(string name, string? environment, string code)
    {
        _folder.Write("bad/deployments.dev.json", "{}").Write("bad/x.bicepparam", "")
            .Write("set/deployments.dev.json", SetText("../bad/x.bicepparam"));

        LandfallException failure = Assert.Throws<LandfallException>(() => DeploymentFolder.Read(
            Path.Combine(_folder.Path, name.Length == 0 ? "empty" : name).TrimEnd('/'), environment, new()));

        Assert.Equal(code, failure.Code);
    }

    private static string SetText(params string[] parameters) => new DeploymentSet
    {
        Estate = "relecloud",
        Environment = "dev",
        Tenant = Tenant,
        Deployments =
        [
            .. parameters.Select(p => new Deployment(p.Split('/')[0], p, Subscription, "westeurope")),
        ],
        Existing = [],
    }.ToString();

    private void WriteClean() => _folder
        .Write("deployments.dev.json", SetText("network/main.dev.bicepparam", "lake/main.dev.bicepparam"))
        .Write(
            "network/main.dev.bicepparam",
            """
            using 'main.bicep'
            param location = 'westeurope'
            param range = '10.0.0.0/16'
            """)
        .Write(
            "network/main.bicep",
            """
            targetScope = 'subscription'
            param location string
            param range string
            resource group 'Microsoft.Resources/resourceGroups@2025-04-01' = {
              name: 'network'
              location: location
              tags: {}
            }
            module network 'network.bicep' = {
              scope: group
              params: {
                location: location
                range: range
              }
            }
            """)
        .Write(
            "network/network.bicep",
            """
            param location string
            param range string
            resource network 'Microsoft.Network/virtualNetworks@2026-03-01' = {
              name: 'network'
              location: location
              properties: {
                addressSpace: {
                  addressPrefixes: [range]
                }
                subnets: [
                  {
                    name: 'services'
                    properties: {
                      addressPrefix: cidrSubnet(range, 24, 0)
                    }
                  }
                  {
                    name: 'other'
                    properties: {
                      addressPrefix: cidrSubnet(range, 24, 1)
                    }
                  }
                ]
              }
            }
            resource zone 'Microsoft.Network/privateDnsZones@2024-06-01' = {
              #disable-next-line no-hardcoded-env-urls
              name: 'privatelink.blob.core.windows.net'
              location: 'global'
            }
            """)
        .Write(
            "lake/main.dev.bicepparam",
            $"""
            using 'main.bicep'
            param location = 'westeurope'
            param subnet = '{NetworkGroup}/virtualNetworks/network/subnets/services'
            param zone = '{NetworkGroup}/privateDnsZones/privatelink.blob.core.windows.net'
            """)
        .Write(
            "lake/main.bicep",
            """
            targetScope = 'subscription'
            param location string
            param subnet string
            param zone string
            resource group 'Microsoft.Resources/resourceGroups@2025-04-01' = {
              name: 'lake'
              location: location
            }
            module lake 'lake.bicep' = {
              scope: group
              params: {
                location: location
                subnet: subnet
                zone: zone
              }
            }
            """)
        .Write("lake/lake.bicep", Lake)
        .Write("lake/role.bicep", Role);

    private const string Lake =
        """
        param location string
        param subnet string
        param zone string
        resource account 'Microsoft.Storage/storageAccounts@2026-09-01' = {
          name: 'strelecloudraw'
          location: location
          kind: 'StorageV2'
          sku: {
            name: 'Standard_LRS'
          }
          identity: {
            type: 'SystemAssigned'
          }
        }
        resource endpoint 'Microsoft.Network/privateEndpoints@2026-03-01' = {
          name: 'pe-blob'
          location: location
          properties: {
            subnet: {
              id: subnet
            }
            privateLinkServiceConnections: [
              {
                name: 'blob'
                properties: {
                  privateLinkServiceId: account.id
                  groupIds: ['blob']
                }
              }
            ]
          }
        }
        resource zones 'Microsoft.Network/privateEndpoints/privateDnsZoneGroups@2026-03-01' = {
          parent: endpoint
          name: 'default'
          properties: {
            privateDnsZoneConfigs: [
              {
                name: 'blob'
                properties: {
                  privateDnsZoneId: zone
                }
              }
            ]
          }
        }
        resource role 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
          scope: account
          name: guid(account.id, 'self')
          properties: {
            principalId: account.identity.principalId
            principalType: 'ServicePrincipal'
            roleDefinitionId: subscriptionResourceId(
              'Microsoft.Authorization/roleDefinitions',
              'ba92f5b4-2d11-453d-a403-e96b0029c9fe'
            )
          }
        }
        module other 'role.bicep' = {
          params: {
            principal: account.identity.principalId
            account: account.name
          }
        }
        output id string = account.id
        """;

    /// <summary>An assignment whose name is known only when deployed.</summary>
    private const string Role =
        """
        param principal string
        param account string
        resource existing 'Microsoft.Storage/storageAccounts@2026-09-01' existing = {
          name: account
        }
        resource role 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
          scope: existing
          name: guid(existing.id, principal)
          properties: {
            principalId: principal
            principalType: 'ServicePrincipal'
            roleDefinitionId: subscriptionResourceId(
              'Microsoft.Authorization/roleDefinitions',
              'acdd72a7-3385-48ef-bd42-f606fba81ae7'
            )
          }
        }
        """;
}
