using Landfall.Azure.Planning;
using Landfall.Estate;

namespace Landfall.Azure.Tests.Planning;

public sealed class DeploymentPlannerTests(BicepFixture bicep) : IDisposable
{
    private const string Group =
        "/subscriptions/00000000-0000-0000-0000-000000000002/resourceGroups/resource-group/providers/";

    private readonly TestFolder _old = new();
    private readonly TestFolder _new = new();

    public void Dispose()
    {
        _old.Dispose();
        _new.Dispose();
    }

    [Fact]
    public async Task Plan_OfTheSame_HasNoChange()
    {
        DeploymentPlan plan = await PlanAsync(Estate, Estate);

        Assert.Empty(plan.Changes);
        Assert.Equal(8, plan.Unchanged);
        Assert.Contains("Nothing changes.", PlanMarkdown.Of(plan), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Plan_OfWhatIsAddedChangedAndRemoved_NamesEach()
    {
        DeploymentPlan plan = await PlanAsync(
            Estate,
            Estate.Replace("'id-a'", "'id-b'", StringComparison.Ordinal)
                .Replace("accessTier: 'Hot'", "accessTier: 'Cool'", StringComparison.Ordinal));

        Assert.Equal(
            [
                (ChangeKind.Removed, "Microsoft.ManagedIdentity/userAssignedIdentities/id-a", ""),
                (ChangeKind.Added, "Microsoft.ManagedIdentity/userAssignedIdentities/id-b", ""),
                (ChangeKind.Changed, "Microsoft.Storage/storageAccounts/stlake",
                    "properties.accessTier \"Hot\" \"Cool\""),
            ],
            plan.Changes.Select(c => (
                c.Kind,
                c.Id[Group.Length..],
                string.Join(';', c.Properties.Select(p => $"{p.Path} {p.Old} {p.New}")))));
        Assert.Empty(plan.Refused([]));
        string page = PlanMarkdown.Of(plan);
        Assert.Contains("1 added, 1 changed, 1 removed", page, StringComparison.Ordinal);
        Assert.Contains("| stlake | `properties.accessTier`: `\"Hot\"` → `\"Cool\"` |", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("resource box", "", "loses the container's blobs")]
    [InlineData("isHnsEnabled: true", "isHnsEnabled: false", "cannot change properties.isHnsEnabled")]
    [InlineData("location: 'westeurope' // lake", "location: 'northeurope'", "cannot change location")]
    [InlineData("10.0.1.0/24", "10.0.3.0/24", "moves subnet used, which is in use")]
    [InlineData("10.0.2.0/24", "10.0.4.0/24", null)]
    [InlineData(
        "enablePurgeProtection: true", "enablePurgeProtection: null", "cannot change properties.enablePurgeProtection")]
    [InlineData("enableSoftDelete: false", "enableSoftDelete: true", null)]
    public async Task Plan_OfWhatLosesData_IsRefusedUntilAccepted(string right, string wrong, string? loss)
    {
        DeploymentPlan plan = await PlanAsync(
            Estate,
            wrong.Length == 0 ? Without(Estate, right) : Estate.Replace(right, wrong, StringComparison.Ordinal));

        Assert.Equal(loss is null ? [] : [loss], plan.Changes.SelectMany(c => c.Losses));
        if (loss is not null)
        {
            PlannedChange refused = Assert.Single(plan.Refused(["/some/other"]));
            Assert.Empty(plan.Refused([refused.Id.ToUpperInvariant()]));
            Assert.Empty(plan.Refused([DeploymentPlan.All]));
            Assert.Equal(["/some/other"], plan.Needless(["/some/other", refused.Id, DeploymentPlan.All]));
            Assert.Contains($"** {loss}", PlanMarkdown.Of(plan), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Plan_OfASecret_ShowsThatItChangedAndNotWhat()
    {
        const string secret =
            """
            resource vault 'Microsoft.KeyVault/vaults@2026-02-01' existing = {
              name: 'kv-a'
            }
            resource secret 'Microsoft.KeyVault/vaults/secrets@2026-02-01' = {
              parent: vault
              name: 's'
              properties: {
                value: 'OLD'
                contentType: 'Password=OLDOLD1'
              }
            }
            """;

        DeploymentPlan plan = await PlanAsync(secret, secret.Replace("OLD", "NEW", StringComparison.Ordinal));

        Assert.Equal(
            [("properties.value", "(hidden)", "(hidden)"), ("properties.contentType", "(hidden)", "(hidden)")],
            plan.Changes.Single().Properties.Select(p => (p.Path, p.Old!, p.New!)));
        Assert.DoesNotContain("NEW", PlanMarkdown.Of(plan), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Plan_OfRoleAssignmentsWithoutAKnownName_MatchesThemByWhatTheyGrant()
    {
        string other = Estate.Replace("@2026-09-01", "@2025-08-01", StringComparison.Ordinal)
            .Replace("guid(", "guid('salt', ", StringComparison.Ordinal);
        string reader = Estate.Replace(
            "ba92f5b4-2d11-453d-a403-e96b0029c9fe", "2a2b9908-6ea1-4ae2-8e65-a410df84e7d1", StringComparison.Ordinal);

        Assert.Empty((await PlanAsync(Estate, other)).Changes);
        Assert.Equal(
            [ChangeKind.Added, ChangeKind.Removed],
            (await PlanAsync(Estate, reader)).Changes.Select(c => c.Kind).Order());
    }

    [Fact]
    public async Task Plan_OfWhatDoesNotCompile_Fails()
    {
        LandfallException failure =
            await Assert.ThrowsAsync<LandfallException>(() => PlanAsync(Estate, "param x int = 'y'\n" + Estate));

        Assert.Equal("LF5204", failure.Code);
    }

    [Fact]
    public async Task Plan_OfOtherEnvironments_Fails()
    {
        _old.Write("deployments.dev.json", Set("dev")).Write("main.bicepparam", "using 'main.bicep'\n");
        _new.Write("deployments.prod.json", Set("prod")).Write("main.bicepparam", "using 'main.bicep'\n");

        LandfallException failure = await Assert.ThrowsAsync<LandfallException>(PlanAsync);

        Assert.Equal("LF5202", failure.Code);
    }

    private static string Set(string environment) => new Deployments.DeploymentSet
    {
        Estate = "e",
        Environment = environment,
        Tenant = "t",
        Deployments = [new("main", "main.bicepparam", "s", "westeurope")],
        Existing = [],
    }.ToString();

    /// <summary>A template without a resource: what begins with its declaration, to the brace that closes it.</summary>
    private static string Without(string template, string declaration)
    {
        int start = template.IndexOf(declaration, StringComparison.Ordinal);
        int end = template.IndexOf("\n}\n", start, StringComparison.Ordinal) + 3;
        return template[..start] + template[end..];
    }

    private Task<DeploymentPlan> PlanAsync(string old, string @new)
    {
        Write(_old, old);
        Write(_new, @new);
        return PlanAsync();
    }

    /// <summary>One text holds the template and, behind a line, the module that assigns a role.</summary>
    private static void Write(TestFolder folder, string text)
    {
        string[] parts = text.Split("// role.bicep\n");
        folder.Write("main.bicep", parts[0]).Write("role.bicep", parts[^1]).Write(
            "main.bicepparam", "using 'main.bicep'\n");
    }

    private Task<DeploymentPlan> PlanAsync() => bicep.WithEvaluatorAsync(e => new DeploymentPlanner(e)
        .PlanAsync(_old.Path, _new.Path, null, null, CancellationToken.None));

    private const string Estate =
        """
        resource network 'Microsoft.Network/virtualNetworks@2026-03-01' = {
          name: 'network'
          location: 'westeurope'
          properties: {
            addressSpace: {
              addressPrefixes: ['10.0.0.0/16']
            }
            subnets: [
              {
                name: 'free'
                properties: {
                  addressPrefix: '10.0.2.0/24'
                }
              }
              {
                name: 'used'
                properties: {
                  addressPrefix: '10.0.1.0/24'
                }
              }
            ]
          }
        }
        resource endpoint 'Microsoft.Network/privateEndpoints@2026-03-01' = {
          name: 'pe'
          location: 'westeurope'
          properties: {
            subnet: {
              id: '${network.id}/subnets/used'
            }
            privateLinkServiceConnections: [
              {
                name: 'c'
                properties: {
                  privateLinkServiceId: lake.id
                  groupIds: ['blob']
                }
              }
            ]
          }
        }
        resource lake 'Microsoft.Storage/storageAccounts@2026-09-01' = {
          name: 'stlake'
          location: 'westeurope' // lake
          kind: 'StorageV2'
          sku: {
            name: 'Standard_LRS'
          }
          identity: {
            type: 'SystemAssigned'
          }
          properties: {
            isHnsEnabled: true
            accessTier: 'Hot'
          }
        }
        resource box 'Microsoft.Storage/storageAccounts/blobServices/containers@2026-09-01' = {
          name: 'stlake/default/box'
          dependsOn: [lake]
        }
        resource vault 'Microsoft.KeyVault/vaults@2026-05-15' = {
          name: 'kv-a'
          location: 'westeurope'
          properties: {
            tenantId: tenant().tenantId
            sku: {
              family: 'A'
              name: 'standard'
            }
            enablePurgeProtection: true
            enableSoftDelete: false
          }
        }
        resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = {
          name: 'id-a'
          location: 'westeurope'
        }
        module role 'role.bicep' = {
          params: {
            principal: lake.identity.principalId
          }
        }
        // role.bicep
        param principal string
        resource lake 'Microsoft.Storage/storageAccounts@2026-09-01' existing = {
          name: 'stlake'
        }
        resource role 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
          scope: lake
          name: guid(lake.id, principal)
          properties: {
            principalId: principal
            roleDefinitionId: subscriptionResourceId(
              'Microsoft.Authorization/roleDefinitions',
              'ba92f5b4-2d11-453d-a403-e96b0029c9fe'
            )
          }
        }
        resource atGroup 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
          name: guid(resourceGroup().id, principal)
          properties: {
            principalId: principal
            roleDefinitionId: subscriptionResourceId(
              'Microsoft.Authorization/roleDefinitions',
              'acdd72a7-3385-48ef-bd42-f606fba81ae7'
            )
          }
        }

        """;
}
