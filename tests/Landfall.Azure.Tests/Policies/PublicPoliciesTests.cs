using System.Collections.Immutable;
using Landfall.Azure.Policies.Aliases;
using Landfall.Azure.Policies.Definitions;
using Landfall.Azure.Policies.Evaluation;
using Landfall.Azure.Policies.Language;
using Landfall.Azure.Snapshots;
using Landfall.Azure.Tests.Generation;

namespace Landfall.Azure.Tests.Policies;

/// <summary>The 209 definitions of the public templates, on what Relecloud makes in Azure.</summary>
public sealed class PublicPoliciesTests
{
    private const string Storage = "Microsoft.Storage/storageAccounts";
    private const string Blobs = "Microsoft.Storage/storageAccounts/blobServices";
    private const string Vault = "Microsoft.KeyVault/vaults";
    private const string Factory = "Microsoft.DataFactory/factories";
    private const string Databricks = "Microsoft.Databricks/workspaces";
    private const string Learning = "Microsoft.MachineLearningServices/workspaces";
    private const string Compute = "Microsoft.MachineLearningServices/workspaces/computes";
    private const string Synapse = "Microsoft.Synapse/workspaces";
    private const string Spark = "Microsoft.Synapse/workspaces/bigDataPools";
    private const string Other = "/subscriptions/00000000-0000-0000-0000-000000000009/resourceGroups/x";
    private const string Isolation = "Deny-Synapse-Spark-ComputeIsolation";

    /// <summary>For each policy that applies to Relecloud, what it guards, flipped by hand.</summary>
    private static readonly (string Policy, string Type, string Changes)[] Flips =
    [
        ("Deny-ContainerRegistry-Sku", "Microsoft.ContainerRegistry/registries", "sku.name=\"Basic\""),
        ("Deny-Databricks-NoPublicIp", Databricks, "properties.parameters.enableNoPublicIp.value=false"),
        ("Deny-Databricks-Sku", Databricks, "sku.name=\"standard\""),
        ("Deny-Databricks-VirtualNetwork", Databricks, "properties.parameters.customVirtualNetworkId=-"),
        ("Deny-DataFactory-ApiVersion", Factory, "apiVersion=\"2015-01-01-preview\""),
        ("Deny-DataFactory-IdentityType", Factory, "identity=-"),
        ("Deny-DataFactory-IntegrationRuntimeManagedVirtualNetwork", $"{Factory}/integrationRuntimes",
            "name=\"adf/other\" properties.managedVirtualNetwork=-"),
        ("Deny-DataFactory-ManagedPrivateEndpoints", $"{Factory}/managedVirtualNetworks/managedPrivateEndpoints",
            $"properties.privateLinkResourceId=\"{Other}\""),
        ("Deny-DataFactory-PublicNetworkAccess", Factory, "properties.publicNetworkAccess=\"Enabled\""),
        ("Deny-KeyVault-NetworkAclsBypass", Vault, "properties.networkAcls.bypass=\"Everybody\""),
        ("Deny-KeyVault-NetworkAclsIpRules", Vault, "properties.networkAcls.ipRules=[{\"value\":\"203.0.113.1\"}]"),
        ("Deny-KeyVault-NetworkAclsVirtualNetworkRules", Vault,
            $"properties.networkAcls.virtualNetworkRules=[{{\"id\":\"{Other}\"}}]"),
        ("Deny-KeyVault-TenantId", Vault, "properties.tenantId=\"00000000-0000-0000-0000-000000000001\""),
        ("Deny-MachineLearning-Aks", Compute, "properties.computeType=\"AKS\" properties.resourceId=-"),
        ("Deny-MachineLearning-HbiWorkspace", Learning, "properties.hbiWorkspace=false"),
        ("Deny-MachineLearning-PublicAccessWhenBehindVnet", Learning,
            "properties.allowPublicAccessWhenBehindVnet=true"),
        ("Deny-MachineLearning-PublicNetworkAccess", Learning, "properties.publicNetworkAccess=\"Enabled\""),
        ("Deny-MachineLearningCompute-SubnetId", Compute, "properties.computeType=\"AmlCompute\""),
        ("Deny-MachineLearningCompute-VmSize", Compute,
            "properties.computeType=\"ComputeInstance\" properties.properties.vmSize=\"Standard_M416ms_v2\""),
        ("Deny-MachineLearningComputeCluster-RemoteLoginPortPublicAccess", Compute,
            "properties.computeType=\"AmlCompute\" properties.properties.remoteLoginPortPublicAccess=\"Enabled\""),
        ("Deny-MachineLearningComputeCluster-Scale", Compute,
            "properties.computeType=\"AmlCompute\" properties.properties.scaleSettings={\"maxNodeCount\":1000,"
            + "\"minNodeCount\":0,\"nodeIdleTimeBeforeScaleDown\":\"PT5M\"}"),
        ("Deny-PrivateEndpoint-PrivateLinkServiceConnections", "Microsoft.Network/privateEndpoints",
            $"properties.privateLinkServiceConnections.0.properties.privateLinkServiceId=\"{Other}\""),
        ("Deny-Storage-AllowBlobPublicAccess", Storage, "properties.allowBlobPublicAccess=true"),
        ("Deny-Storage-ContainerDeleteRetentionPolicy", Blobs, "properties.containerDeleteRetentionPolicy.days=7"),
        ("Deny-Storage-CorsRules", Blobs, "properties.cors={\"corsRules\":[{\"maxAgeInSeconds\":1}]}"),
        ("Deny-Storage-Encryption", Storage, "properties.encryption.services.queue.keyType=\"Account\""),
        ("Deny-Storage-Kind", Storage, "kind=\"BlobStorage\""),
        ("Deny-Storage-MinimumTlsVersion", Storage, "properties.minimumTlsVersion=\"TLS1_0\""),
        ("Deny-Storage-NetworkAclsBypass", Storage, "properties.networkAcls.bypass=\"Everybody\""),
        ("Deny-Storage-NetworkAclsVirtualNetworkRules", Storage,
            $"properties.networkAcls.virtualNetworkRules=[{{\"id\":\"{Other}\"}}]"),
        ("Deny-Storage-ResourceAccessRulesResourceId", Storage,
            "properties.networkAcls.resourceAccessRules=[{\"resourceId\":\"/subscriptions/*/providers/x\"}]"),
        ("Deny-Storage-ResourceAccessRulesTenantId", Storage,
            "properties.networkAcls.resourceAccessRules=[{\"tenantId\":\"00000000-0000-0000-0000-000000000001\"}]"),
        ("Deny-Storage-RoutingPreference", Storage, "properties.routingPreference.publishInternetEndpoints=true"),
        ("Deny-Synapse-LinkedAccessCheckOnTargetResource", Synapse,
            "properties.managedVirtualNetworkSettings.linkedAccessCheckOnTargetResource=false"),
        ("Deny-Synapse-Spark-AutoPause", Spark, "properties.autoPause.delayInMinutes=61"),
        ("Deny-Synapse-Spark-AutoScale", Spark, "properties.autoScale.enabled=false"),
        ("Deny-Synapse-Spark-DefaultSparkLogFolder", Spark, "properties.defaultSparkLogFolder=\"\""),
        ("Deny-Synapse-Spark-SessionLevelPackages", Spark, "properties.sessionLevelPackagesEnabled=true"),
    ];

    public static TheoryData<string, string, string> FlipData =>
        new(Flips.Select(f => new TheoryDataRow<string, string, string>(f.Policy, f.Type, f.Changes)));

    /// <summary>Two of them use a parameter that they do not declare, in what they would deploy.</summary>
    [Fact]
    public void Definitions_AreReadWithoutAnythingUnsupported()
    {
        PolicyLibrary library = PublicPolicies.Read();

        Assert.Equal(209, library.DefinitionCount);
        Assert.Equal(
            [
                "LF5302 Storage/SampleDeployPrivateEndpointConnection/params.privateEndpointConnections.json",
                "LF5305 PrivateDnsZoneGroups/params.batch.json",
                "LF5305 PrivateDnsZoneGroups/params.cacheEnterprise.json",
            ],
            library.Diagnostics.Where(d => d.Severity == Estate.Diagnostics.Severity.Error)
                .Select(d => $"{d.Code} {d.Location.File}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Aliases_OfAllDefinitions_LeadSomewhere()
    {
        PolicyLibrary library = PublicPolicies.Read();

        string[] aliases =
        [
            .. library.Definitions.SelectMany(d => d.Fields).Select(f => f.Field).Where(FieldName.IsAlias)
                .Distinct(StringComparer.OrdinalIgnoreCase),
        ];

        Assert.Equal(261, aliases.Length);
        Assert.All(aliases, a => Assert.NotNull(FieldCheck.Aliases.Resolve(a, "")));
        Assert.Empty(PolicyEvaluator.CheckFields(library));
    }

    /// <summary>
    /// The only one that Relecloud breaks is the one from which the estate exempts billing, with a reason and an end.
    /// </summary>
    [Fact]
    public void Relecloud_IsDeniedNothing_ButWhatItExempts()
    {
        PolicyLibrary library = PublicPolicies.Read();
        using EstateCopy estate = new();
        PolicyExemption exemption = EstatePolicies.Read(estate.Load(), EstateCopy.Now).Exemptions.Single();
        Assert.Equal(["spark-compute-isolation"], exemption.References);
        Assert.NotEqual("", exemption.Reason);
        Assert.True(exemption.Ends > EstateCopy.Now);

        PolicyResult[] results =
            [.. library.Definitions.SelectMany(d => Evaluate(library, d, RelecloudSnapshots.Prod))];

        Assert.Equal(
            [(Isolation, 3)],
            results.Where(r => r.Outcome == PolicyOutcome.Denied).GroupBy(r => r.Definition)
                .Select(g => (g.Key, g.Count())));
        Assert.DoesNotContain(results, r => r.Outcome is PolicyOutcome.Altered or PolicyOutcome.Audited);
        Assert.DoesNotContain(
            results, r => r.Outcome == PolicyOutcome.Unknown && r.Effect is not PolicyEffect.DeployIfNotExists);
    }

    [Theory]
    [MemberData(nameof(FlipData))]
    public void Flip_OfWhatAPolicyGuards_IsDenied(string policy, string type, string changes)
    {
        PolicyLibrary library = PublicPolicies.Read();
        PolicyDefinition definition = library.Definitions.Single(d => d.Head.Name == policy);
        SnapshotResource resource = RelecloudSnapshots.First(type);
        SnapshotResource flipped = ResourceFlip.Of(resource, changes);

        Assert.DoesNotContain(
            Evaluate(library, definition, RelecloudSnapshots.Prod), r => r.Resource == resource.Id);
        Assert.Contains(
            Evaluate(library, definition, RelecloudSnapshots.With(resource, flipped)),
            r => r.Resource == flipped.Id && r.Outcome == PolicyOutcome.Denied);
    }

    /// <summary>A policy that nobody flips would not be seen to sleep.</summary>
    [Fact]
    public void Flips_AreOfAllPoliciesThatApply()
    {
        PolicyLibrary library = PublicPolicies.Read();
        HashSet<string> applying = [Isolation];
        foreach (PolicyDefinition definition in library.Definitions)
        {
            PolicyEvaluator evaluator = Evaluator(library, definition);
            bool applies = RelecloudSnapshots.Prod.DistinctBy(r => r.Type, StringComparer.OrdinalIgnoreCase)
                .SelectMany(r => evaluator.Explain(RelecloudSnapshots.Prod, r))
                .Any(r => r.Effect == PolicyEffect.Deny && IsAbout(r));
            if (applies)
            {
                _ = applying.Add(definition.Head.Name);
            }
        }

        Assert.Equal(
            applying.Order(StringComparer.Ordinal),
            Flips.Select(f => f.Policy).Append(Isolation).Order(StringComparer.Ordinal));
    }

    /// <summary>Whether it is not its type or mode that puts a resource out.</summary>
    private static bool IsAbout(PolicyResult result) => result.Trace is { } trace
        && !(trace.Result == Truth.False && trace.Deciding().All(
            d => d.Text.StartsWith("type ", StringComparison.Ordinal)));

    private static PolicyEvaluator Evaluator(PolicyLibrary library, PolicyDefinition definition) =>
        new(PublicPolicies.Assigned(library, definition), EstateCopy.Now, PublicPolicies.Tenant);

    private static ImmutableArray<PolicyResult> Evaluate(
        PolicyLibrary library, PolicyDefinition definition, ImmutableArray<SnapshotResource> resources) =>
        Evaluator(library, definition).Evaluate(resources).Results;
}
