using System.Collections.Immutable;
using System.Net;
using Landfall.Estate;
using Landfall.Estate.Agreements;
using Landfall.Estate.Contracts;
using Landfall.Estate.Integrations;
using Landfall.Estate.Products;
using Landfall.Estate.Types;
using Landfall.Estate.Zones;

namespace Landfall.Governance.Tests;

/// <summary>
/// Two peered zones: <c>provider</c> with the integration <c>raw-events</c> and the product <c>daily-events</c>, and
/// <c>consumer</c>.
/// </summary>
internal static class TestEstate
{
    public static EstateDefinition Make(params Agreement[] agreements) => Make("internal", agreements);

    /// <param name="classification">What the last column of the integration's table is classified as.</param>
    /// <param name="agreements">The provider's agreements.</param>
    public static EstateDefinition Make(string classification, params Agreement[] agreements) =>
        Make(classification, "internal", agreements);

    /// <param name="ofProduct">What the last column of the product's table is classified as.</param>
    /// <param name="agreements">The provider's agreements.</param>
    public static EstateDefinition MakeProduct(string ofProduct, params Agreement[] agreements) =>
        Make("internal", ofProduct, agreements);

    public static Agreement Agreement() => new()
    {
        Id = "events-for-report",
        Status = "approved",
        Purpose = "Report.",
        ProviderZone = "provider",
        ProviderUnit = "raw-events",
        ProviderTable = "event",
        ConsumerZone = "consumer",
        ConsumerProduct = "report",
        Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero),
        End = new(2027, 1, 1, 0, 0, 0, TimeSpan.Zero),
        SignedBy = "ben@x.example",
        File = "provider/agreements/events.oaas.yaml",
    };

    private static EstateDefinition Make(string ofIntegration, string ofProduct, Agreement[] agreements) => new()
    {
        Name = "test",
        Title = "Test",
        Domain = "test.example",
        Currency = "EUR",
        Folder = "/test",
        Targets = [],
        Prices = new() { Version = "1", StorageGigabyteMonth = 0, MillionRequests = 0 },
        Management = new()
        {
            Id = "management",
            Owner = "platform-team",
            AddressRange = IPNetwork.Parse("10.0.0.0/16"),
            DnsSuffix = "test.internal",
            Egress = [new("database", "db.test.example", [5432]), new("any", "open.test.example", [])],
            Groups = [],
            Users = [],
            ServicePrincipals = [],
        },
        Zones =
        [
            MakeZone("consumer", "provider"),
            MakeZone("provider", "consumer") with
            {
                Integrations = [RawEvents(ofIntegration)],
                Products = [DailyEvents(ofProduct)],
                Agreements = [.. agreements],
            },
        ],
        Sources = new(ImmutableDictionary<string, Landfall.Estate.Diagnostics.SourceLocation>.Empty),
    };

    private static Zone MakeZone(string id, string peer) => new()
    {
        Id = id,
        Title = id,
        Owner = $"{id}-team",
        CostCentre = "CC",
        Peers = [peer],
        Tools = new(["duckdb"], ["files"], ["sql"]),
        Pools = [],
        MonthlyBudget = null,
        Roles = [],
        AddressRange = IPNetwork.Parse("10.1.0.0/16"),
        Integrations = [],
        Products = [],
        Agreements = [],
    };

    private static Integration RawEvents(string classification) => new()
    {
        Id = "raw-events",
        Zone = "provider",
        Title = "Events",
        Owner = "events-team",
        Pool = "p",
        Source = new FilesSource("events"),
        Tables = [],
        QuarantineThreshold = 0.01,
        Contract = MakeContract("provider/integrations/raw-events/contract.odcs.yaml", "event", classification),
    };

    private static Product DailyEvents(string classification) => new()
    {
        Id = "daily-events",
        Zone = "provider",
        Title = "Daily events",
        Owner = "daily-team",
        Pool = "p",
        Serve = [],
        Tables = [],
        Contract = MakeContract("provider/products/daily-events/contract.odcs.yaml", "day", classification),
    };

    /// <summary>
    /// A table of a public column and the classified one, after a table of a personal column, which nobody else's read
    /// may depend on.
    /// </summary>
    private static Contract MakeContract(string file, string table, string classification) => new()
    {
        Id = "c",
        Version = "1.0.0",
        File = file,
        Freshness = null,
        Tables =
        [
            MakeTable("private", MakeColumn("name", "personal")),
            MakeTable(table, MakeColumn("at", "public"), MakeColumn("who", classification)),
        ],
    };

    private static ContractTable MakeTable(string name, params ContractColumn[] columns) => new()
    {
        Name = name,
        Description = "",
        Quality = [],
        Columns = [.. columns],
    };

    private static ContractColumn MakeColumn(string name, string classification) => new()
    {
        Name = name,
        Type = DataType.String,
        Required = true,
        PrimaryKeyPosition = 0,
        Classification = classification,
        Description = "",
    };
}
