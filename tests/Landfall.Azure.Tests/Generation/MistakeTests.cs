using Landfall.Azure.Checking;

namespace Landfall.Azure.Tests.Generation;

/// <summary>
/// Mistakes put into Relecloud's deployments: each is found, with its place, by the compiler or by a rule.
/// </summary>
public sealed class MistakeTests(BicepFixture bicep, MistakeTests.Cache cache) : IClassFixture<MistakeTests.Cache>
{
    private const string Vault = "modules/key-vault.bicep";
    private const string Types = "modules/types.bicep";
    private const string Storage = "modules/storage-account.bicep";
    private const string Factory = "modules/data-factory.bicep";
    private const string Operations = "operations/main.bicep";
    private const string OperationsValues = "operations/main.dev.bicepparam";
    private const string HubValues = "management/main.dev.bicepparam";
    private const string BillingValues = "billing/main.dev.bicepparam";
    private const string AccountsValues = "operations.cloud-accounts/main.dev.bicepparam";
    private const string Model = "operations.cloud-service-recommender/main.bicep";
    private const string ModelValues = "operations.cloud-service-recommender/main.dev.bicepparam";

    /// <summary>What is wrong, the file, the text that is there and the one that replaces it, and the code.</summary>
    public static TheoryData<string, string, string, string, string> Mistakes { get; } = new()
    {
        // What Bicep says, mostly as warnings that it exits with 0 for.
        { "misspelt property", Vault, "enableSoftDelete: true", "enableSoftDelet: true", CheckCodes.Bicep },
        {
            "text for a number", Vault,
            "softDeleteRetentionInDays: 90", "softDeleteRetentionInDays: '90'", CheckCodes.Bicep
        },
        { "number for a text", Vault, "family: 'A'", "family: 1", CheckCodes.Bicep },
        { "value of a closed list", Vault, "defaultAction: 'Deny'", "defaultAction: 'Dny'", CheckCodes.UnlistedValue },
        { "missing parameter of a module", Operations, "    lock: lock\n", "", CheckCodes.Bicep },
        {
            "unknown parameter of a module", Operations,
            "    lock: lock\n", "    lock: lock\n    lok: lock\n", CheckCodes.Bicep
        },
        { "unknown name", Operations, "name: names.logs", "name: names.log", CheckCodes.Bicep },
        {
            "unused parameter", Operations,
            "param location string", "param location string\n\nparam spare string", CheckCodes.Bicep
        },
        { "missing module", Operations, "modules/key-vault.bicep", "modules/key-valt.bicep", CheckCodes.Bicep },
        { "missing value", OperationsValues, "param budgetStart = '2026-12-01'\n", "", CheckCodes.Bicep },
        {
            "value without parameter", OperationsValues,
            "param budgetStart", "param budgetBegin = ''\n\nparam budgetStart", CheckCodes.Bicep
        },
        { "value outside of a union", OperationsValues, "'Standard_LRS'", "'Standard_LSR'", CheckCodes.Bicep },
        { "missing tag", OperationsValues, "  owner: 'operations-team'\n", "", CheckCodes.Bicep },
        { "missing name", OperationsValues, "  routes: 'rt-operations-dev'\n", "", CheckCodes.Bicep },
        {
            "type that there is not", Vault,
            "Microsoft.KeyVault/vaults@2026-05-15", "Microsoft.KeyVault/vault@2026-05-15", CheckCodes.Bicep
        },
        { "version that there is not", Vault, "vaults@2026-05-15", "vaults@2026-05-16", CheckCodes.Bicep },
        {
            "region in a module", Vault,
            "  location: location\n  tags: tags\n  properties",
            "  location: 'westeurope'\n  tags: tags\n  properties",
            CheckCodes.Bicep
        },
        {
            "address of the public cloud", Vault,
            "name: 'lock-${name}'", "name: 'lock-${name}.vault.azure.net'", CheckCodes.Bicep
        },
        { "kind of principal", Operations, "principalType: 'Group'", "principalType: 'Grup'", CheckCodes.Bicep },
        { "parameter of any shape", Vault, "param lock lockType", "param lock object", CheckCodes.Bicep },
        // What only the evaluation shows.
        {
            "name longer than a module allows", OperationsValues,
            "vault: 'kv-", "vault: 'kv-far-too-long-for-a-vault-", CheckCodes.NotEvaluated
        },
        { "endpoint without a zone", Operations, "[privateDnsZones.vault]", "[]", CheckCodes.NotEvaluated },
        { "role that is too short", Types, "73c42c96-874c-492b-b04d-ab87d138a893", "73c42c96", CheckCodes.Bicep },
        // What Bicep is silent about.
        { "version of TLS that there is not", Storage, "'TLS1_2'", "'TLS1_4'", CheckCodes.UnlistedValue },
        {
            "value of an open list", Storage,
            "publicNetworkAccess: 'Disabled'", "publicNetworkAccess: 'Off'", CheckCodes.UnlistedValue
        },
        {
            "copy scope that there is not", Storage,
            "allowedCopyScope: 'PrivateLink'", "allowedCopyScope: 'Private'", CheckCodes.UnlistedValue
        },
        { "old version", Vault, "vaults@2026-05-15", "vaults@2023-07-01", CheckCodes.OldApiVersion },
        {
            "preview", "modules/purview-account.bicep",
            "accounts@2021-12-01", "accounts@2023-05-01-preview", CheckCodes.OldApiVersion
        },
        {
            "role that there is not", Types,
            "73c42c96-874c-492b-b04d-ab87d138a893", "73c42c96-874c-492b-b04d-ab87d138a894", CheckCodes.UnknownRole
        },
        { "capital in a storage account", OperationsValues, "raw: 'st", "raw: 'St", CheckCodes.InvalidName },
        { "underscore in a vault", OperationsValues, "vault: 'kv-op", "vault: 'kv_op", CheckCodes.InvalidName },
        {
            "name of two accounts", BillingValues,
            "raw: 'stbillingrawdeveulww4'", "raw: 'stoperationsrawdevv4jymx'", CheckCodes.TakenName
        },
        { "container twice", Operations, "      'enriched'\n", "      'curated'\n", CheckCodes.DuplicateId },
        {
            "resource group of two deployments", AccountsValues,
            "group: 'rg-operations-dev-cloud-accounts'", "group: 'rg-operations-dev-processing'", CheckCodes.DuplicateId
        },
        {
            "id of a workspace that nobody makes", AccountsValues,
            "workspaces/log-operations", "workspaces/log-operation", CheckCodes.DanglingId
        },
        {
            "id of a subnet that nobody makes", AccountsValues,
            "subnets/services", "subnets/servces", CheckCodes.DanglingId
        },
        {
            "id of a hub that nobody makes", OperationsValues,
            "network: '/subscriptions", "network: '/subscriptons", CheckCodes.DanglingId
        },
        {
            "range of 33 bits", OperationsValues,
            "services: '10.1.0.0/22'", "services: '10.1.0.0/33'", CheckCodes.InvalidRange
        },
        {
            "byte of 300", OperationsValues,
            "services: '10.1.0.0/22'", "services: '10.1.300.0/22'", CheckCodes.InvalidRange
        },
        {
            "range that begins inside of itself", OperationsValues,
            "services: '10.1.0.0/22'", "services: '10.1.0.1/22'", CheckCodes.InvalidRange
        },
        {
            "subnet outside of its network", OperationsValues,
            "services: '10.1.0.0/22'", "services: '10.9.0.0/22'", CheckCodes.RangeOutside
        },
        {
            "subnets over each other", OperationsValues,
            "services: '10.1.0.0/22'", "services: '10.1.4.0/22'", CheckCodes.RangesOverlap
        },
        {
            "peered networks over each other", BillingValues,
            "'10.2.0.0/16'", "'10.1.0.0/16'", CheckCodes.RangesOverlap
        },
        {
            "services of a cluster in a zone", ModelValues,
            "'100.65.0.0/20'", "'10.2.0.0/20'", CheckCodes.RangesOverlap
        },
        {
            "small subnet of the firewall", HubValues,
            "firewall: '10.0.0.0/22'", "firewall: '10.0.0.0/27'", CheckCodes.SmallSubnet
        },
        {
            "small subnet of Databricks", OperationsValues,
            "databricksPublic: '10.1.4.0/22'", "databricksPublic: '10.1.4.0/27'", CheckCodes.SmallSubnet
        },
        {
            "range of a firewall rule", HubValues,
            "sources: ['10.2.0.0/16']", "sources: ['10.2.0.0/40']", CheckCodes.InvalidRange
        },
        { "address of the next hop", OperationsValues, "'10.0.0.4'", "'10.0.0.400'", CheckCodes.InvalidRange },
        {
            "endpoint for what its target has not", Operations,
            "endpoint(names.vault, 'vault'", "endpoint(names.vault, 'blob'", CheckCodes.WrongGroup
        },
        {
            "endpoint in another zone", Operations,
            "[privateDnsZones.vault]", "[privateDnsZones.blob]", CheckCodes.WrongZone
        },
        { "region that there is not", BillingValues, "'westeurope'", "'westeurop'", CheckCodes.UnknownRegion },
        { "region of nobody", BillingValues, "'westeurope'", "'eastasia'", CheckCodes.ForeignRegion },
        {
            "runtime in a network that the factory has not", Factory,
            "referenceName: network.name", "referenceName: 'defalt'", CheckCodes.DanglingReference
        },
        {
            "data set of a linked service that the factory has not", Factory,
            "  resource network 'managed", Dataset, CheckCodes.DanglingReference
        },
        {
            "key of an account", Model,
            "LANDFALL_DEPLOYMENT: 'blue'",
            "LANDFALL_DEPLOYMENT: 'AccountKey=c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0c"
                + "2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0c2Vjcg=='",
            CheckCodes.PlainSecret
        },
        {
            "signature of an address", HubValues,
            "'Egress rule telemetry of the estate.'",
            "'https://a.blob.core.windows.net/c?sv=2024-11-04&sp=r&sig=c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0'",
            CheckCodes.PlainSecret
        },
    };

    private const string Dataset = """
          resource table 'datasets' = {
            name: 'table'
            properties: {
              type: 'Parquet'
              linkedServiceName: {
                referenceName: 'missing'
                type: 'LinkedServiceReference'
              }
              typeProperties: {}
            }
          }

          resource network 'managed
        """;

    [Theory]
    [MemberData(nameof(Mistakes))]
    public async Task Mistake_InAValidDeployment_IsFoundWithItsPlace(
        string what, string file, string from, string to, string code)
    {
        using GeneratedEstate generated = GeneratedEstate.Relecloud("dev").Change(file, from, to);

        CheckResult result = await bicep.CheckAsync(generated.Path, cache: cache.Path);

        Assert.False(result.IsClean, what);
        Finding found = result.Findings.FirstOrDefault(f => f.Code == code)
            ?? throw new Xunit.Sdk.XunitException($"{what}: {string.Join('\n', result.Findings)}");
        Assert.NotEmpty(found.Place);
        Assert.NotEmpty(found.Message);
        Assert.DoesNotContain("c2VjcmV0", string.Concat(result.Findings), StringComparison.Ordinal);
    }

    /// <summary>The control: what is changed here is right before.</summary>
    [Fact]
    public async Task Deployments_WithoutMistake_AreClean()
    {
        using GeneratedEstate generated = GeneratedEstate.Relecloud("dev");
        Assert.Empty((await bicep.CheckAsync(generated.Path, cache: cache.Path)).Findings);
    }

    [Fact]
    public async Task TemplateOverItsLimit_IsFound()
    {
        string text = string.Concat(Enumerable.Range(0, 60).Select(
            i => $"@description('{new string('x', 20_000)}')\noutput big{i} int = {i}\n\n"));
        using GeneratedEstate generated = GeneratedEstate.Relecloud("dev");
        await File.AppendAllTextAsync(Path.Combine(generated.Path, "links/main.bicep"), "\n" + text.TrimEnd() + "\n");

        CheckResult result = await bicep.CheckAsync(generated.Path, cache: cache.Path);

        Assert.Contains(result.Findings, f => f.Code is CheckCodes.LargeTemplate);
    }

    /// <summary>Evaluations that all tests share: one mistake evaluates what it touches only.</summary>
    public sealed class Cache : IDisposable
    {
        private readonly TestFolder _folder = new();

        public string Path => _folder.Path;

        public void Dispose() => _folder.Dispose();
    }
}
