using System.Text.Json;
using System.Text.RegularExpressions;
using Landfall.Azure.Generation;
using Landfall.Azure.Snapshots;

namespace Landfall.Azure.Tests.Generation;

/// <summary>What goes when something is taken out of the estate, and what stays when something joins it.</summary>
public sealed partial class ChangedEstateTests(BicepFixture bicep)
{
    private const string BillingZone = "billing/zone.yaml";

    [Fact]
    public async Task Product_WithAGroupOfItsOwn_GoesWithItsResourcesAndGrants()
    {
        using EstateCopy changed = new();
        changed.Remove("operations/products/recommender-revenue")
            .Remove("billing/agreements/recommender-revenue-by-account-service.oaas.yaml")
            .Remove("billing/agreements/recommender-revenue-by-service.oaas.yaml")
            .Change(
                "operations/zone.yaml",
                "  - { id: business-analyst, groups: [business-analysts], tables: [recommender-revenue] }\n", "")
            .Change(
                "operations/zone.yaml", "  - { id: finance, groups: [finance], tables: [recommender-revenue] }\n", "");

        (string[] removed, string[] added) = await DifferenceAsync(changed);

        Assert.Empty(added);
        Assert.All(removed, r => Assert.True(
            r.StartsWith("operations.recommender-revenue ", StringComparison.Ordinal)
            || r.Contains("nsg-operations-power-bi-dev", StringComparison.Ordinal)
            || (r.StartsWith("links ", StringComparison.Ordinal)
                && r.Contains("recommender-revenue", StringComparison.Ordinal)),
            r));
        Assert.Equal(15, removed.Count(r => r.StartsWith("operations.recommender-revenue ", StringComparison.Ordinal)));
        Assert.Equal(4, removed.Count(r => r.StartsWith("links ", StringComparison.Ordinal)));
        Assert.Equal(2, removed.Count(r => r.StartsWith("operations ", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Product_OnASharedPool_GoesWithItsIdentityAndRoles()
    {
        using EstateCopy changed = new();
        changed.Remove("operations/products/service-usage")
            .Change("operations/zone.yaml", "tables: [service-usage, cloud-accounts]", "tables: [cloud-accounts]");

        (string[] removed, string[] added) = await DifferenceAsync(changed);

        Assert.Empty(added);
        Assert.Equal(4, removed.Length);
        Assert.All(removed, r => Assert.Contains("service-usage", r, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Peering_Goes_OnBothSidesAndWithTheGrantsAcrossIt()
    {
        using EstateCopy changed = new();
        changed.Change("operations/zone.yaml", "peers: [billing]", "peers: []")
            .Change(BillingZone, "peers: [operations]", "peers: []");

        (string[] removed, string[] added) = await DifferenceAsync(changed);

        Assert.Empty(added);
        Assert.Equal(10, removed.Length);
        Assert.All(removed, r => Assert.StartsWith("links ", r, StringComparison.Ordinal));
        Assert.Equal(2, removed.Count(r => r.Contains("virtualNetworkPeerings", StringComparison.Ordinal)));
        Assert.Equal(8, removed.Count(r => r.Contains("Agreement ", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Pool_Goes_WithItsSettingOnly()
    {
        using EstateCopy changed = new();
        changed.Change("billing/integrations/invoices/integration.yaml", "pool: invoices", "pool: shared")
            .Change(
                BillingZone, "price: { cpuHour: 0.08 },\n",
                "price: { cpuHour: 0.08 }, secrets: [BILLING_DB_PORT, BILLING_DB_PASSWORD],\n");

        (string[] removed, string[] added) = await DifferenceAsync(changed);

        Assert.Empty(added);
        Assert.Equal(2, removed.Length);
        Assert.All(removed, r => Assert.Contains("/bigDataPools/invoices", r, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Agreement_Goes_WithItsOneRole()
    {
        using EstateCopy changed = new EstateCopy()
            .Remove("operations/agreements/revenue-by-service-used-quantity.oaas.yaml");

        (string[] removed, string[] added) = await DifferenceAsync(changed);

        Assert.Empty(added);
        Assert.Equal(2, removed.Length);
        Assert.All(removed, r => Assert.Contains(
            "Agreement operations-service-telemetry-usage_event-to-billing-revenue-by-service.", r,
            StringComparison.Ordinal));
    }

    [Fact]
    public void Agreement_ThatEnded_IsGoneFromLinks_AndOneThatBeginsLaterKeepsItsTime()
    {
        using EstateCopy estate = new();
        string before = Parameters(estate.Generate(), "links");
        string after = Parameters(estate.Generate(now: EstateCopy.Now.AddYears(4)), "links");
        string early = Parameters(estate.Generate(now: EstateCopy.Now.AddYears(-3)), "links");

        Assert.Contains("DateTimeLessThan \\'2029-12-31T23:59:59.0Z\\'", before, StringComparison.Ordinal);
        Assert.DoesNotContain("DateTimeLessThan", after, StringComparison.Ordinal);
        Assert.Equal(before, early);
        Assert.Contains("DateTimeGreaterThanOrEquals \\'2025-01-01T00:00:00.0Z\\'", early, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("status: approved", "status: requested")]
    [InlineData("  - { property: signedBy, value: bilal@relecloud.example }\n", "")]
    [InlineData("status: approved", "status: rejected")]
    public void Agreement_ThatIsNotLive_GetsNoRole(string from, string to)
    {
        using EstateCopy estate = new();
        const string File = "operations/agreements/revenue-by-service-used-quantity.oaas.yaml";
        _ = estate.Change(File, from, to.Length == 0 ? "  []\n" : to);

        Assert.DoesNotContain("usage_event", Parameters(estate.Generate(), "links"), StringComparison.Ordinal);
    }

    /// <summary>Two agreements of one consumer on one table: neither has the other's time.</summary>
    [Fact]
    public void Agreements_OnOneTable_KeepTheirOwnTimes()
    {
        using EstateCopy estate = new();
        const string File = "operations/agreements/revenue-by-service-used-quantity.oaas.yaml";
        _ = estate.Write(
            "operations/agreements/second.oaas.yaml",
            estate.Read(File)
                .Replace("-to-billing-revenue-by-service", "-to-billing-revenue-by-service-2", StringComparison.Ordinal)
                .Replace("2029-12-31T23:59:59Z", "2031-01-31T00:00:00Z", StringComparison.Ordinal));

        string links = Parameters(estate.Generate(), "links");

        Assert.Contains("usage_event: ", links, StringComparison.Ordinal);
        Assert.Contains("usage_event__N2: ", links, StringComparison.Ordinal);
        Assert.Contains("2031-01-31T00:00:00.0Z", links, StringComparison.Ordinal);
    }

    [Fact]
    public void Agreement_LimitedToColumns_GetsNoRoleAndSaysSo()
    {
        using EstateCopy estate = new();
        _ = estate.Change(
            "operations/agreements/revenue-by-service-used-quantity.oaas.yaml", "customProperties:\n",
            "customProperties:\n  - { property: columns, value: [event_time, quantity] }\n");

        GeneratedFiles generated = estate.Generate();

        Assert.DoesNotContain("usage_event", Parameters(generated, "links"), StringComparison.Ordinal);
        Assert.Contains(generated.Notes, n => n.Code == AzureCodes.ColumnsNotGranted);
    }

    [Fact]
    public void Unit_WithoutAPlace_IsToldOf_AndItsAgreementsGetNoRole()
    {
        using EstateCopy estate = new();
        _ = estate.Change(
            BillingZone, "price: { cpuHour: 0.08 },\n      azure: { service: synapse } }",
            "price: { cpuHour: 0.08 } }");

        GeneratedFiles generated = estate.Generate();

        Assert.Contains(generated.Notes, n => n.Code == AzureCodes.UnplacedUnit
            && n.Message.Contains("billing/revenue-by-service", StringComparison.Ordinal));
        Assert.Equal(4, generated.Notes.Count(n => n.Code == AzureCodes.GrantWithoutIdentity));
        Assert.DoesNotContain("Agreement", Parameters(generated, "links"), StringComparison.Ordinal);
    }

    [Fact]
    public void Billing_JoinsWithoutAChangeOfOperationsOwnDeployments()
    {
        using EstateCopy with = new();
        using EstateCopy without = new();
        without.Remove("billing").Remove("operations/agreements")
            .Change("operations/zone.yaml", "peers: [billing]", "peers: []");
        foreach (string environment in (string[])["dev", "test", "prod"])
        {
            // The groups of billing stay among the identities.
            string file = $"azure/{environment}.yaml";
            IEnumerable<string> kept = without.Read(file).Split('\n')
                .Where(l => !BillingPattern().IsMatch(l) && l != "hosts:");
            _ = without.Write(file, string.Join('\n', kept));
        }

        GeneratedFiles joined = with.Generate();
        GeneratedFiles alone = without.Generate();

        string[] operations =
        [
            .. alone.Files.Keys.Where(f => f.StartsWith("operations", StringComparison.Ordinal)),
        ];
        Assert.Equal(8, operations.Length);
        Assert.All(operations, f => Assert.Equal(alone.Files[f], joined.Files[f]));
        Assert.Equal(alone.Files["management/main.bicep"], joined.Files["management/main.bicep"]);
        string[] grown = joined.Files["links/main.bicep"].Split('\n');
        Assert.All(
            alone.Files["links/main.bicep"].Split('\n').Where(l => l.StartsWith("module ", StringComparison.Ordinal)),
            l => Assert.Contains(l, grown));
    }

    private static string Parameters(GeneratedFiles files, string deployment) =>
        files.Files[$"{deployment}/main.dev.bicepparam"] + files.Files[$"{deployment}/main.bicep"];

    /// <summary>What only the shipped estate makes, and what only the changed one does.</summary>
    private async Task<(string[] Removed, string[] Added)> DifferenceAsync(EstateCopy changed)
    {
        using EstateCopy shipped = new();
        List<string> before = await ResourcesAsync(shipped);
        List<string> after = await ResourcesAsync(changed);
        List<string> removed = [.. before];
        removed.RemoveAll(after.Contains);
        return ([.. removed], [.. after.Where(r => !before.Contains(r))]);
    }

    private async Task<List<string>> ResourcesAsync(EstateCopy estate)
    {
        GeneratedFiles files = estate.Generate();
        using GeneratedEstate generated = new(files);
        List<string> all = [];
        foreach (string deployment in files.Deployments)
        {
            Snapshot snapshot = await bicep.SnapshotAsync(generated.Path, deployment);
            all.AddRange(snapshot.Resources.Select(r => $"{deployment} {Key(r)}"));
        }

        return all;
    }

    /// <summary>A resource's id; of a role whose name is not known yet, what it gives to whom.</summary>
    private static string Key(SnapshotResource resource) =>
        resource.IsKnown && !resource.Is("Microsoft.Authorization/roleDefinitions")
        ? resource.Id
        : string.Join(' ', ((string[])["roleDefinitionId", "description", "principalId"])
            .Select(n => resource.Properties.TryGetProperty(n, out JsonElement value) ? value.GetString() : ""));

    [GeneratedRegex(@"^  (billing: |billing\.|- \{ name: billing-database)")]
    private static partial Regex BillingPattern();
}
