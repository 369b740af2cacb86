using Landfall.Azure.Deployments;
using Landfall.Azure.Policies.Definitions;
using Landfall.Azure.Policies.Evaluation;
using Landfall.Azure.Snapshots;
using Landfall.Azure.Tests.Generation;
using Landfall.Testing;

namespace Landfall.Azure.Tests.Policies;

/// <summary>What the public templates break of their own policies.</summary>
public sealed class UpstreamDenialTests(BicepFixture bicep)
{
    private const string Outside = "/subscriptions/00000000-0000-0000-0000-000000000002/resourceGroups/lz/providers";

    private static readonly string Shared =
        Path.GetFullPath(Path.Combine(RepositoryRoot.Folder, "..", "shared", "azure", "upstream"));

    private static readonly Dictionary<string, string> Parameters = new()
    {
        ["environment"] = "'dev'",
        ["processingService"] = "'synapse'",
        ["administratorPassword"] = "az.getSecret('00000000-0000-0000-0000-000000000002', 'rg', 'kv', 'password')",
        ["subnetId"] = $"'{Outside}/Microsoft.Network/virtualNetworks/v/subnets/s'",
        ["synapseDefaultStorageAccountFileSystemId"] =
            $"'{Outside}/Microsoft.Storage/storageAccounts/lake/blobServices/default/containers/data'",
    };

    /// <summary>
    /// The stores keep deleted containers for 7 days where more is asked, Spark pools share machines and let sessions
    /// bring packages. A server and a runtime are refused by policies that ask every one of their type for what only
    /// some have.
    /// </summary>
    [Theory]
    [InlineData("data-management-zone", "", "")]
    [InlineData("data-landing-zone", "administratorPassword",
        "1 Deny-DataFactory-IntegrationRuntimeManagedVirtualNetwork, 1 Deny-Sql-StorageAccountType, "
        + "4 Deny-Storage-ContainerDeleteRetentionPolicy")]
    [InlineData("data-product-batch",
        "environment subnetId processingService administratorPassword synapseDefaultStorageAccountFileSystemId",
        "1 Deny-Sql-StorageAccountType, 1 Deny-Synapse-Spark-ComputeIsolation, "
        + "1 Deny-Synapse-Spark-SessionLevelPackages")]
    [InlineData("data-product-analytics",
        "subnetId processingService administratorPassword synapseDefaultStorageAccountFileSystemId",
        "1 Deny-Storage-ContainerDeleteRetentionPolicy, 1 Deny-Synapse-Spark-ComputeIsolation, "
        + "1 Deny-Synapse-Spark-SessionLevelPackages")]
    [InlineData("data-product-streaming",
        "environment administratorPassword subnetId synapseDefaultStorageAccountFileSystemId",
        "1 Deny-IotHub-MinimalTlsVersion, 1 Deny-Synapse-Spark-ComputeIsolation, "
        + "1 Deny-Synapse-Spark-SessionLevelPackages")]
    public async Task Template_BreaksItsOwnPolicies(string name, string parameters, string expected)
    {
        Assert.SkipUnless(Directory.Exists(Shared), "There is no shared/azure beside the repository.");
        PolicyLibrary library = PublicPolicies.Read();
        IEnumerable<string> lines =
        [
            "using './main.json'", "param location = 'westeurope'", "param prefix = 'relc'",
            .. parameters.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(p => $"param {p} = {Parameters[p]}"),
        ];
        using TestFolder folder = new();
        _ = folder.Write("main.json", await File.ReadAllTextAsync(Path.Combine(Shared, $"{name}.main.json")))
            .Write("main.bicepparam", string.Join('\n', lines) + "\n");
        Snapshot snapshot = await bicep.SnapshotAsync(folder.Path, "main");

        PolicyReport report = new PolicyEvaluator(library, EstateCopy.Now, new ForeignDefaults().Tenant)
            .Evaluate(snapshot.Resources);

        Assert.Equal(
            expected,
            string.Join(", ", report.Of(PolicyOutcome.Denied).GroupBy(r => r.Definition)
                .OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => $"{g.Count()} {g.Key}")));
    }
}
