using System.Collections.Immutable;
using Landfall.Azure.Checking;
using Landfall.Azure.Generation;
using Landfall.Azure.Policies.Definitions;
using Landfall.Azure.Policies.Evaluation;
using Landfall.Azure.Snapshots;
using Landfall.Azure.Tests.Generation;
using Landfall.Estate.Diagnostics;

namespace Landfall.Azure.Tests.Policies;

/// <summary>The policies that Relecloud has itself: that they are read, deployed, and deny what they guard.</summary>
public sealed class EstatePoliciesTests(BicepFixture bicep)
{
    private const string Storage = "Microsoft.Storage/storageAccounts";
    private const string Assignment = "billing/policies/allowed-services.assignment.json";
    private const string Exemption = "billing/policies/spark-compute-isolation.exemption.json";
    private const string Definition = "management/policies/require-tls.json";
    private const string Inherit = """
        {
          "name": "inherit-tag", "type": "Microsoft.Authorization/policyDefinitions",
          "properties": {
            "mode": "Indexed",
            "policyRule": {
              "if": { "field": "tags['team']", "exists": false },
              "then": {
                "effect": "modify",
                "details": {
                  "roleDefinitionIds": [
                    "/providers/Microsoft.Authorization/roleDefinitions/4a9ae827-6dc8-4573-8ac7-8239d42aa03f"
                  ],
                  "operations": [{ "operation": "add", "field": "tags['team']", "value": "data" }]
                }
              }
            }
          }
        }
        """;

    private const string Inherited = """
        {
          "name": "Inherit_Tag", "type": "Microsoft.Authorization/policyAssignments",
          "identity": { "type": "SystemAssigned" },
          "properties": { "policyDefinitionId": "/providers/Microsoft.Authorization/policyDefinitions/inherit-tag" }
        }
        """;

    public static TheoryData<string, string, string> Flips { get; } = new()
    {
        { "baseline/require-tags", Storage, "tags.costCentre=-" },
        { "baseline/require-tags-on-groups", "Microsoft.Resources/resourceGroups", "tags=-" },
        { "baseline/allowed-locations", "Microsoft.KeyVault/vaults", "location=\"eastus\"" },
        { "baseline/deny-public-network-access", Storage, "properties.publicNetworkAccess=\"Enabled\"" },
        { "baseline/deny-public-network-access", Storage, "properties.allowBlobPublicAccess=true" },
        {
            "baseline/deny-public-network-access", "Microsoft.KeyVault/vaults",
            "properties.publicNetworkAccess=\"Enabled\""
        },
        {
            "baseline/deny-public-network-access", "Microsoft.Synapse/workspaces",
            "properties.publicNetworkAccess=\"Enabled\""
        },
        {
            "baseline/deny-public-network-access", "Microsoft.DataFactory/factories",
            "properties.publicNetworkAccess=\"Enabled\""
        },
        {
            "baseline/deny-public-network-access", "Microsoft.Databricks/workspaces",
            "properties.publicNetworkAccess=\"Enabled\""
        },
        {
            "baseline/deny-public-network-access", "Microsoft.MachineLearningServices/workspaces",
            "properties.publicNetworkAccess=\"Enabled\""
        },
        {
            "baseline/deny-public-network-access", "Microsoft.ContainerRegistry/registries",
            "properties.publicNetworkAccess=\"Enabled\""
        },
        {
            "baseline/deny-public-network-access", "Microsoft.Purview/accounts",
            "properties.publicNetworkAccess=\"Enabled\""
        },
        {
            "baseline/deny-public-network-access", "Microsoft.ContainerService/managedClusters",
            "properties.apiServerAccessProfile.enablePrivateCluster=false"
        },
        { "baseline/require-tls", Storage, "properties.minimumTlsVersion=\"TLS1_0\"" },
        { "baseline/require-tls", Storage, "properties.supportsHttpsTrafficOnly=false" },
        { "baseline/deny-shared-keys", Storage, "properties.allowSharedKeyAccess=true" },
        { "baseline/name-by-kind", "Microsoft.KeyVault/vaults", "name=\"vault-1\"" },
    };

    [Theory]
    [MemberData(nameof(Flips))]
    public void Flip_OfWhatAPolicyGuards_IsDenied(string policy, string type, string changes)
    {
        SnapshotResource resource = RelecloudSnapshots.First(type);
        SnapshotResource flipped = ResourceFlip.Of(resource, changes);

        PolicyResult denied = Assert.Single(
            Evaluate(RelecloudSnapshots.With(resource, flipped)).Of(PolicyOutcome.Denied));

        Assert.Equal((policy, flipped.Id), (denied.Policy, denied.Resource));
    }

    [Fact]
    public void Flips_AreOfAllDenials()
    {
        using EstateCopy estate = new();
        PolicyLibrary library = EstatePolicies.Read(estate.Load(), EstateCopy.Now);

        Assert.Empty(library.Diagnostics);
        Assert.Equal(
            library.Definitions.Select(d => d.Head.Name)
                .Except(["allowed-services", "audit-diagnostic-settings", "spark-compute-isolation"])
                .Order(StringComparer.Ordinal),
            Flips.Select(f => f.Data.Item1.Split('/')[1]).Distinct().Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("724e0b20-08f8-4b6f-8522-5012df8dd876", "billing-services/allowed-services")]
    [InlineData("7eb66fbc-14a8-42a3-8a3e-e8c2f9f6a5a7", "operations-services/allowed-services")]
    [InlineData("0b31fce4-d4a1-40a8-8427-4adbcff50b21", null)]
    public void Service_ThatAZoneDidNotChoose_IsDeniedThereOnly(string subscription, string? policy)
    {
        SnapshotResource mysql = ResourceFlip.Of(
            RelecloudSnapshots.First("Microsoft.KeyVault/vaults"),
            "type=\"Microsoft.DBforMySQL/flexibleServers\" apiVersion=\"2023-12-30\" name=\"mysql\" id="
            + $"\"/subscriptions/{subscription}/resourceGroups/rg/providers/Microsoft.DBforMySQL/flexibleServers/m\"");

        Assert.Equal(
            policy is null ? [] : [policy],
            Evaluate(RelecloudSnapshots.Prod.Add(mysql)).Of(PolicyOutcome.Denied).Select(r => r.Policy));
    }

    [Fact]
    public void Exemption_ThatEnded_ExemptsNothing()
    {
        DateTimeOffset end = new(2027, 6, 30, 0, 0, 0, TimeSpan.Zero);
        PolicyReport before = Evaluate(RelecloudSnapshots.Prod, end.AddSeconds(-1));
        PolicyReport after = Evaluate(RelecloudSnapshots.Prod, end);

        Assert.Equal((0, 3), (before.Count(PolicyOutcome.Denied), before.Count(PolicyOutcome.Exempt)));
        Assert.Equal((3, 0), (after.Count(PolicyOutcome.Denied), after.Count(PolicyOutcome.Exempt)));
    }

    [Theory]
    [InlineData(Definition, "\"notIn\"", "\"notInn\"", "LF5303", 24, 81)]
    [InlineData(Definition, "storageAccounts/minimumTlsVersion", "storageAccounts/minimumTls", "LF5306", 24, 17)]
    [InlineData(Definition, "parameters('effect')", "parameters('efect')", "LF5305", 30, 17)]
    [InlineData(Definition, "\"name\": \"require-tls\"", "\"nam\": \"require-tls\"", "LF5313", 1, 1)]
    [InlineData(Definition, "\"policyRule\"", "\"policyRul\"", "LF5302", 4, 3)]
    [InlineData(Definition, "\"mode\": \"All\"", "\"mode\": \"Al\"", "LF5313", 8, 5)]
    [InlineData(Assignment, "policyDefinitions/allowed-services", "policyDefinitions/alowed-services", "LF5308", 6, 5)]
    [InlineData(Assignment, "\"services\"", "\"servces\"", "LF5305", 6, 5)]
    [InlineData(Assignment, "billing-services", "baseline", "LF5310", 4, 3)]
    [InlineData(Exemption, "\"expiresOn\": \"2027-06-30T00:00:00Z\"", "\"x\": 1", "LF5311", 4, 3)]
    [InlineData(Exemption, "2027-06-30T00:00:00Z", "next year", "LF5311", 10, 5)]
    [InlineData(Exemption, "2027-06-30T00:00:00Z", "2026-06-30T00:00:00Z", "LF5312", 4, 3)]
    [InlineData(Exemption, "\"description\"", "\"descripton\"", "LF5311", 4, 3)]
    [InlineData(Exemption, "[\"spark-compute-isolation\"]", "[\"spark-isolation\"]", "LF5308", 8, 5)]
    [InlineData(Exemption, "policyAssignments/baseline", "policyAssignments/operations-services", "LF5308", 7, 5)]
    public void Mistake_InAPolicy_IsFoundWithItsPlace(
        string file, string right, string wrong, string code, int line, int column)
    {
        using EstateCopy estate = new();
        _ = estate.Change(file, right, wrong);

        PolicyLibrary library = EstatePolicies.Read(estate.Load(), EstateCopy.Now);

        Diagnostic[] found = [.. library.Diagnostics, .. PolicyEvaluator.CheckFields(library)];
        Assert.Contains(new SourceLocation(file, line, column), found.Select(d => d.Location));
        Assert.All(found, d => Assert.Equal((code, file), (d.Code, d.Location.File)));
    }

    [Fact]
    public void Definition_ThatNothingAssigns_IsToldOf()
    {
        using EstateCopy estate = new();
        _ = estate.Write("operations/policies/inherit-tag.json", Inherit);

        Diagnostic found = Assert.Single(EstatePolicies.Read(estate.Load(), EstateCopy.Now).Diagnostics);

        Assert.Equal(("LF5314", Severity.Warning), (found.Code, found.Severity));
    }

    [Fact]
    public void Assignment_OfAChangingPolicyWithoutIdentity_IsRefused()
    {
        using EstateCopy estate = new();
        _ = estate.Write("operations/policies/inherit-tag.json", Inherit).Write(
            "operations/policies/inherit-tag.assignment.json",
            Inherited.Replace("\"identity\": { \"type\": \"SystemAssigned\" },", "", StringComparison.Ordinal));

        Diagnostic found = Assert.Single(EstatePolicies.Read(estate.Load(), EstateCopy.Now).Diagnostics);

        Assert.Equal("LF5307", found.Code);
    }

    /// <summary>An assignment with an identity gets the roles that its definition asks for.</summary>
    [Fact]
    public async Task Assignment_WithIdentity_IsDeployedWithItsRoles()
    {
        using EstateCopy estate = new();
        _ = estate.Write("operations/policies/inherit-tag.json", Inherit)
            .Write("operations/policies/inherit-tag.assignment.json", Inherited)
            .Write(
                "operations/policies/inherit-tag-2.assignment.json",
                Inherited.Replace("Inherit_Tag", "inherit-tag", StringComparison.Ordinal));
        using GeneratedEstate generated = new(estate.Generate());

        CheckResult checkedResult = await bicep.CheckAsync(generated.Path);
        Snapshot snapshot = await bicep.SnapshotAsync(generated.Path, "policies.operations");

        Assert.All(checkedResult.Findings, f => Assert.Equal(PolicyCodes.Altered, f.Code));
        Assert.NotEmpty(checkedResult.Findings);
        SnapshotResource assignment = Assert.Single(snapshot.Resources, r => r.OwnName == "Inherit_Tag");
        Assert.Equal("SystemAssigned", assignment.Body.At("identity", "type").Text());
        SnapshotResource[] roles = [.. snapshot.Resources.Where(r => r.Is("Microsoft.Authorization/roleAssignments"))];
        Assert.Equal(2, roles.Length);
        Assert.All(roles, r => Assert.EndsWith(
            "4a9ae827-6dc8-4573-8ac7-8239d42aa03f", r.Properties.At("roleDefinitionId").Text(),
            StringComparison.Ordinal));
    }

    [Fact]
    public void Policies_ThatAreGone_GoFromTheFolder()
    {
        using EstateCopy estate = new();
        using GeneratedEstate generated = new(estate.Generate());
        _ = estate.Remove("management/policies").Remove("billing/policies").Remove("operations/policies");

        GeneratedFiles files = estate.Generate();
        _ = GeneratedFolder.Write(generated.Path, files);

        Assert.DoesNotContain(files.Deployments, d => d.StartsWith("policies.", StringComparison.Ordinal));
        Assert.Empty(Directory.EnumerateFileSystemEntries(generated.Path, "polic*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Check_OfAStoreThatAPolicyDenies_NamesThePolicyAndWhatDecided()
    {
        using GeneratedEstate generated = GeneratedEstate.Relecloud("dev")
            .Change("modules/storage-account.bicep", "allowSharedKeyAccess: false", "allowSharedKeyAccess: true");

        CheckResult result = await bicep.CheckAsync(generated.Path);

        Assert.False(result.IsClean);
        Assert.Equal(8, result.Findings.Count(f => f.Code == PolicyCodes.Denied));
        Assert.All(result.Findings, f => Assert.Contains(
            "baseline/deny-shared-keys denies it: if.allOf[0]", f.Message, StringComparison.Ordinal));
        Assert.All(result.Findings, f => Assert.Contains(
            "allowSharedKeyAccess notEquals false, found true. Relecloud's baseline refuses it", f.Message,
            StringComparison.Ordinal));
    }

    /// <summary>What was found is kept, until the end of an exemption changes it.</summary>
    [Fact]
    public async Task Check_AfterTheEndOfAnExemption_FindsWhatItExempted()
    {
        using GeneratedEstate generated = GeneratedEstate.Relecloud("dev");
        using TestFolder cache = new();
        async Task<string[]> Find(DateTimeOffset now) =>
            [.. (await bicep.CheckAsync(generated.Path, cache: cache.Path, now: now)).Findings.Select(f => f.Code)];

        Assert.Empty(await Find(EstateCopy.Now));
        Assert.Empty(await Find(EstateCopy.Now.AddDays(1)));
        string[] denied = [PolicyCodes.Denied, PolicyCodes.Denied, PolicyCodes.Denied];
        Assert.Equal(denied, await Find(new(2027, 6, 30, 0, 0, 0, TimeSpan.Zero)));
        Assert.Equal(denied, await Find(new(2027, 7, 1, 0, 0, 0, TimeSpan.Zero)));
        Assert.Empty(await Find(EstateCopy.Now));
    }

    /// <summary>What is not known does not pass: the check fails.</summary>
    [Fact]
    public async Task Check_OfAPolicyThatCannotBeDecided_Fails()
    {
        using EstateCopy estate = new();
        _ = estate.Change(
            "management/policies/name-by-kind.json", "\"field\": \"type\", \"equals\": \"[current('pattern').type]\"",
            "\"value\": \"[subscription().displayName]\", \"equals\": \"[current('pattern').type]\"");
        using GeneratedEstate generated = new(estate.Generate());

        CheckResult result = await bicep.CheckAsync(generated.Path);

        Assert.False(result.IsClean);
        Assert.All(
            result.Findings,
            f => Assert.Equal((PolicyCodes.Unknown, FindingSeverity.Warning), (f.Code, f.Severity)));
        Assert.Contains("known only when deployed", result.Findings[0].Message, StringComparison.Ordinal);
    }

    private static PolicyReport Evaluate(
        ImmutableArray<SnapshotResource> resources, DateTimeOffset? now = null) => new PolicyEvaluator(
        PolicySnapshots.Read(resources), now ?? EstateCopy.Now, PublicPolicies.Tenant).Evaluate(resources);
}
