using Landfall.Estate.Agreements;
using Landfall.Estate.Azure;
using Landfall.Estate.Contracts;
using Landfall.Estate.Diagnostics;
using Landfall.Estate.Environments;
using Landfall.Estate.Integrations;
using Landfall.Estate.Products;
using Landfall.Estate.Types;
using Landfall.Estate.Zones;

namespace Landfall.Estate.Tests;

public sealed class EstateLoaderTests
{
    [Fact]
    public void Load_GoldenEstate_GivesEveryZoneAndTarget()
    {
        EstateDefinition estate = Golden();

        Assert.Equal(["alpha", "beta"], estate.Zones.Select(z => z.Id));
        Assert.Equal("sources/events", Assert.Single(estate.Targets).Locations["events"]);
        Assert.Equal(0.021m, estate.Prices.StorageGigabyteMonth);
        Assert.Equal(["alpha-team", "platform-team"], estate.Management.Groups.Select(g => g.Id));
        Assert.Equal([5432], Assert.Single(estate.Management.Egress).Ports.AsEnumerable());
        Assert.Equal(500m, estate.Zones[0].MonthlyBudget);
        Assert.Null(estate.Zones[1].MonthlyBudget);
    }

    [Fact]
    public void Load_GoldenEstate_GivesPools()
    {
        Pool[] pools = [.. Golden().Zones[1].Pools];

        Assert.Equal(["ledger", "shared"], pools.Select(p => p.Id));
        Assert.Equal(512L << 20, pools[0].MemoryBytes);
        Assert.Equal(45, pools[0].TimeoutSeconds);
        Assert.Equal(5400, pools[1].TimeoutSeconds);
        Assert.Equal(["LEDGER_PASSWORD"], pools[0].Secrets.AsEnumerable());
        Assert.Equal("ledger", pools[0].DedicatedTo);
        Assert.Null(pools[1].DedicatedTo);
    }

    [Fact]
    public void Load_GoldenEstate_GivesFileTable()
    {
        Integration events = Assert.Single(Golden().Zones[0].Integrations);
        IntegrationTable click = Assert.Single(events.Tables);

        Assert.Equal(new FilesSource("events"), events.Source);
        Assert.Equal(0.05, events.QuarantineThreshold);
        FilesReading reading = Assert.IsType<FilesReading>(click.Reading);
        Assert.Equal(FileFormat.Csv, reading.Format);
        Assert.Equal(';', reading.Delimiter);
        Assert.Equal("NULL", reading.NullText);
        Assert.Equal(RewritePolicy.Fail, reading.OnRewrite);
        Assert.True(reading.SourceTimeFromName);
        Assert.Equal("ClickId", click.Rename["click_id"]);
    }

    [Fact]
    public void Load_GoldenEstate_GivesDatabaseTable()
    {
        Integration ledger = Assert.Single(Golden().Zones[1].Integrations);

        Assert.Equal(
            new PostgresSource("db.golden.example", "5432", "books", "reader", "${secret:LEDGER_PASSWORD}"),
            ledger.Source);
        Assert.Equal(0.01, ledger.QuarantineThreshold);
        Assert.Equal(LoadMode.Upsert, ledger.Tables[0].Mode);
        PostgresReading reading = Assert.IsType<PostgresReading>(ledger.Tables[0].Reading);
        Assert.Equal(3600, reading.CursorOverlap);
        Assert.Equal("books.entry", reading.Relation);
    }

    [Fact]
    public void Load_GoldenEstate_GivesContract()
    {
        Contract contract = Golden().Zones[0].Integrations[0].Contract;
        ContractTable click = Assert.Single(contract.Tables);

        Assert.Equal(TimeSpan.FromHours(36), contract.Freshness);
        Assert.Equal(["click_id"], click.PrimaryKey.AsEnumerable());
        Assert.True(click.Columns[0].Required);
        Assert.Equal(DataType.Array(DataType.String), click.Columns[3].Type);
        Assert.Equal(DataType.Struct([new("x", DataType.Double, Nullable: false)]), click.Columns[4].Type);
        Assert.Equal(["any_rows", "page_nullValues"], click.Quality.Select(q => q.Name));
        Assert.Equal(Severity.Warning, click.Quality[1].Severity);
        Assert.True(click.Quality[1].Percent);
        Assert.Equal(["page"], click.Quality[1].Columns.AsEnumerable());
    }

    [Fact]
    public void Load_GoldenEstate_GivesProductAndAgreement()
    {
        EstateDefinition estate = Golden();
        ProductTable table = Assert.Single(Assert.Single(estate.Zones[1].Products).Tables);
        Agreement agreement = Assert.Single(estate.Zones[0].Agreements);

        Assert.Equal("beta/products/report/clicks_by_month.sql", table.SqlFile);
        Assert.StartsWith("select @month", table.Sql, StringComparison.Ordinal);
        Assert.Equal("month", table.Incremental!.Column);
        Assert.Equal("@month(clicked_at)", table.Incremental.Inputs[new("alpha", "events", "click")]);
        Assert.Equal(new DateTimeOffset(2027, 1, 1, 0, 0, 0, TimeSpan.Zero), agreement.End);
        Assert.Equal("ben@golden.example", agreement.SignedBy);
        Assert.Equal("alpha/agreements/report.oaas.yaml", agreement.File);
    }

    [Fact]
    public void Load_GoldenEstate_GivesWhatItSaysOfAzure()
    {
        EstateDefinition estate = Golden();

        Assert.Equal(AzureServices.ExistingOfManagement, estate.Management.AzureExisting);
        Assert.Equal(["network"], estate.Zones[0].AzureExisting.AsEnumerable());
        Assert.Empty(estate.Zones[1].AzureExisting);
        Assert.Equal(["synapse", "databricks"], estate.Zones[1].Pools.Select(p => p.AzureService));
        Assert.Equal(new("dataFactory", "selfHosted", null), estate.Zones[0].Integrations[0].Azure);
        Assert.Equal(new(null, "selfHosted", null), estate.Zones[1].Integrations[0].Azure);
        Assert.Equal(new("synapse", null, new("powerBi", "")), estate.Zones[1].Products[0].Azure);
    }

    [Fact]
    public void Load_GoldenEstate_GivesTheEnvironment()
    {
        AzureEnvironment dev = Assert.Single(Golden().Environments);

        Assert.Equal("dev", dev.Name);
        Assert.Equal("00000000-0000-4000-8000-000000000001", dev.Tenant);
        Assert.True(dev.IsZoneRedundant);
        Assert.Equal("2026-12-01", dev.BudgetStart);
        Assert.Equal(["alpha", "beta", "management"], dev.Zones.Keys);
        Assert.Equal("00000000-0000-4000-8000-000000000004", dev.Zones["beta"].Subscription);
        Assert.Equal(["northeurope", "westeurope", "westeurope"], dev.Zones.Values.Select(z => z.Region));
        Assert.Equal("10.0.0.4", dev.Zones["management"].Existing["firewallAddress"]);
        Assert.Equal("00000000-0000-4000-8000-000000000006", dev.Groups["alpha-team"]);
        Assert.Equal("https://events.golden.example/clicks", dev.Locations["events"]);
        Assert.Equal(new("db-dev.golden.example", 5432), dev.Hosts["beta.ledger"]);
        Assert.Equal(["ledger-database", "events"], dev.Egress.Select(r => r.Name));
        Assert.Empty(dev.Gateways);
        Assert.Equal("registry.golden.example/landfall:1.0.0", dev.Image);
    }

    [Fact]
    public void Load_WithoutEnvironments_HasNone()
    {
        using var folder = new EstateFolder();
        folder.Delete("azure");

        EstateLoadResult result = folder.Load();

        Assert.Empty(result.Diagnostics);
        Assert.Empty(result.Estate!.Environments);
    }

    [Fact]
    public void Load_SeveralEnvironments_AreInOrderOfTheirStages()
    {
        using var folder = new EstateFolder();
        string dev = folder.Read("azure/dev.yaml");
        folder.Write("azure/prod.yaml", dev.Replace("environment: dev", "environment: prod"));
        folder.Write("azure/test.yaml", dev.Replace("environment: dev", "environment: test"));
        folder.Write("azure/README.md", "Not read.");

        EstateLoadResult result = folder.Load();

        Assert.Empty(result.Diagnostics);
        Assert.Equal(["dev", "test", "prod"], result.Estate!.Environments.Select(e => e.Name));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Load_ZoneNamedAzure_IsAZone(bool hasEnvironment)
    {
        using var folder = new EstateFolder();
        folder.Write("azure/zone.yaml", """
            apiVersion: landfall/v1
            kind: LandingZone
            id: azure
            title: Azure
            owner: platform-team
            costCentre: CC-3
            peers: []
            network: { range: 10.3.0.0/16 }
            tools: { engines: [duckdb], sources: [], serving: [] }
            pools: []
            """);
        folder.Change("azure/dev.yaml", "zones:\n",
            "zones:\n  azure: { subscription: 00000000-0000-4000-8000-000000000007 }\n");
        if (!hasEnvironment)
        {
            folder.Delete("azure/dev.yaml");
        }

        EstateLoadResult result = folder.Load();

        Assert.Empty(result.Diagnostics);
        Assert.Equal(["alpha", "azure", "beta"], result.Estate!.Zones.Select(z => z.Id));
        Assert.Equal(hasEnvironment ? ["dev"] : [], result.Estate.Environments.Select(e => e.Name));
    }

    [Fact]
    public void Load_RelecloudsEnvironments_HaveItsGateway()
    {
        EstateDefinition estate = EstateLoader.Load(ShippedEstatesTests.Relecloud(), TestKinds.All).Estate!;

        Assert.Equal(AzureEnvironment.Names, estate.Environments.Select(e => e.Name));
        Assert.All(estate.Environments, e => Assert.Equal(
            ["203.0.113.0/24"], e.Gateways["operations.cloud-service-recommender"].Clients.AsEnumerable()));
        Assert.Equal(
            new("gateway", "key"),
            estate.Zones.SelectMany(z => z.Products).Single(p => p.Id == "cloud-service-recommender").Azure.Entry);
    }

    [Theory]
    [InlineData("zone:alpha/integration:events/table:click", "alpha/integrations/events/integration.yaml:10:13")]
    [InlineData("zone:beta/product:report/table:clicks_by_month", "beta/products/report/product.yaml:10:11")]
    [InlineData("zone:alpha/agreement:clicks-to-report", "alpha/agreements/report.oaas.yaml:3:5")]
    [InlineData("zone:alpha/pool:ingest/engine", "alpha/zone.yaml:12:27")]
    [InlineData("zone:alpha/no/such/thing", "alpha/zone.yaml:1:1")]
    [InlineData("management", "management/zone.yaml:1:1")]
    [InlineData("estate", "estate.yaml:1:1")]
    public void Sources_OfGoldenEstate_NameThePlace(string key, string place) =>
        Assert.Equal(place, Golden().Sources.Find(key).ToString());

    [Fact]
    public void Load_WithoutTheOtherZone_StillHasNoError()
    {
        using var folder = new EstateFolder();
        folder.Delete("beta");
        folder.Change("alpha/zone.yaml", "peers: [beta]", "peers: []");
        folder.Change("azure/dev.yaml", "  beta: { subscription: 00000000-0000-4000-8000-000000000004 }\n", "");
        folder.Change("azure/dev.yaml", "  beta.ledger: { host: db-dev.golden.example, port: 5432 }\n", "");

        EstateLoadResult result = folder.Load();

        Diagnostic only = Assert.Single(result.Diagnostics);
        Assert.Equal("LF1072", only.Code);
        Assert.Equal(Severity.Warning, only.Severity);
        Assert.NotNull(result.Estate);
    }

    [Fact]
    public void Load_ManyMistakesInManyFiles_ReportsAllInOnePass()
    {
        using var folder = new EstateFolder();
        folder.Change("estate.yaml", "currency: EUR", "currency: Euro");
        folder.Change("management/zone.yaml", "members: [ben@golden.example]", "members: [bob@golden.example]");
        folder.Change("alpha/zone.yaml", "peers: [beta]", "peers: [betta]");
        folder.Change("alpha/integrations/events/integration.yaml", "format: csv", "format: cvs");
        folder.Change("beta/products/report/product.yaml", "pool: shared", "pol: shared");
        folder.Change("beta/products/report/contract.odcs.yaml", "logicalType: date", "logicalType: dat");
        folder.Change("alpha/agreements/report.oaas.yaml", "status: approved", "status: aproved");

        EstateLoadResult result = folder.Load();

        Assert.Null(result.Estate);
        Assert.Equal(
            [
                "alpha/agreements/report.oaas.yaml:4:9 LF1016",
                "alpha/integrations/events/integration.yaml:10:50 LF1016",
                "alpha/zone.yaml:7:9 LF1032",
                "beta/products/report/contract.odcs.yaml:8:37 LF1061",
                "beta/products/report/product.yaml:1:1 LF1013",
                "beta/products/report/product.yaml:7:1 LF1012",
                "beta/zone.yaml:7:9 LF1033",
                "estate.yaml:6:11 LF1014",
                "management/zone.yaml:13:35 LF1036",
            ],
            result.Diagnostics.Select(d => $"{d.Location} {d.Code}"));
    }

    [Fact]
    public void Load_SameFolderTwice_GivesTheSameDiagnostics()
    {
        using var folder = new EstateFolder();
        folder.Change("alpha/zone.yaml", "owner: alpha-team", "owner: nobody");

        Assert.Equal(folder.Problems().AsEnumerable(), folder.Problems());
    }

    [Fact]
    public void Load_UnreadableZone_ReportsItOnceOnly()
    {
        using var folder = new EstateFolder();
        folder.Write("beta/zone.yaml", "id: [unclosed");

        Diagnostic only = Assert.Single(folder.Problems());

        Assert.Equal("LF1001", only.Code);
        Assert.Equal("beta/zone.yaml", only.Location.File);
    }

    [Fact]
    public void Load_FolderThatIsNotThere_ReportsTheMissingFiles() =>
        Assert.Equal(
            ["estate.yaml", "management/zone.yaml"],
            EstateLoader.Load(Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()))
                .Diagnostics.Select(d => d.Location.File));

    [Fact]
    public void Load_FolderWithoutPermission_IsReported()
    {
        using var folder = new EstateFolder();
        string closed = Path.Combine(folder.Folder, "beta", "products");
        File.SetUnixFileMode(closed, UnixFileMode.None);
        try
        {
            // Root reads it all the same.
            string[] codes = [.. folder.Problems().Where(d => d.Location.File == "beta/products").Select(d => d.Code)];
            Assert.Equal(Environment.IsPrivilegedProcess ? [] : ["LF1010"], codes);
        }
        finally
        {
            File.SetUnixFileMode(closed, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    private static EstateDefinition Golden()
    {
        using var folder = new EstateFolder();
        EstateLoadResult result = folder.Load();
        Assert.Equal("", string.Join('\n', result.Diagnostics));
        return result.Estate!;
    }
}
