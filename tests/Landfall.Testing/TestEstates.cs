using System.Collections.Immutable;
using System.Net;
using Landfall.Estate;
using Landfall.Estate.Contracts;
using Landfall.Estate.Diagnostics;
using Landfall.Estate.Integrations;
using Landfall.Estate.Products;
using Landfall.Estate.Types;
using Landfall.Estate.Zones;

namespace Landfall.Testing;

/// <summary>Small declared estates without files, for tests of what is decided of them.</summary>
public static class TestEstates
{
    /// <summary>An estate of some zones and the zone <c>management</c>, with the target <c>local</c>.</summary>
    public static EstateDefinition Of(params Zone[] zones) => new()
    {
        Name = "test",
        Title = "Test",
        Domain = "test.example",
        Currency = "EUR",
        Folder = "/test",
        Targets = [new() { Name = "local", Lake = "lake", Locations = ImmutableDictionary<string, string>.Empty }],
        Prices = new() { Version = "1", StorageGigabyteMonth = 0, MillionRequests = 0 },
        Management = new()
        {
            Id = "management", Owner = "platform", AddressRange = IPNetwork.Parse("10.0.0.0/16"),
            DnsSuffix = "test.internal", Egress = [], Groups = [], Users = [], ServicePrincipals = [],
        },
        Zones = [.. zones],
        Sources = new(ImmutableDictionary<string, SourceLocation>.Empty),
    };

    /// <summary>A zone with the pool <c>shared</c>, integrations and products.</summary>
    public static Zone Zone(string id, Integration[] integrations, params Product[] products) =>
        TestSteps.Zone(id) with { Integrations = [.. integrations], Products = [.. products] };

    /// <summary>An integration of files with tables.</summary>
    public static Integration Integration(string zone, string id, params ContractTable[] tables) => new()
    {
        Id = id, Zone = zone, Title = id, Owner = id + "-team", Pool = "shared", Source = new FilesSource("files"),
        QuarantineThreshold = 0.01, Contract = Contract(tables),
        Tables =
        [
            .. tables.Select(t => new IntegrationTable { Name = t.Name, Mode = LoadMode.Append, Reading = Files() }),
        ],
    };

    /// <summary>Files of any name.</summary>
    public static FilesReading Files(RewritePolicy onRewrite = RewritePolicy.Replace) =>
        new() { Files = "*", Format = FileFormat.ByExtension, OnRewrite = onRewrite };

    /// <summary>A product with tables of some SQL, which a test that needs it gives itself.</summary>
    public static Product Product(string zone, string id, params ContractTable[] tables) => new()
    {
        Id = id, Zone = zone, Title = id, Owner = id + "-team", Pool = "shared", Serve = [],
        Contract = Contract(tables),
        Tables = [.. tables.Select(t => Source(t.Name, $"select * from {t.Name}"))],
    };

    /// <summary>A product's table of SQL.</summary>
    public static ProductTable Source(string name, string sql) =>
        new() { Name = name, SqlFile = name + ".sql", Sql = sql, Incremental = null };

    /// <summary>A contract in version 1.0.0.</summary>
    public static Contract Contract(params ContractTable[] tables) => new()
    {
        Id = "contract", Version = "1.0.0", File = "contract.odcs.yaml", Tables = [.. tables], Freshness = null,
    };

    /// <summary>A table of columns; of <c>id bigint</c> where none are given.</summary>
    public static ContractTable Table(string name, params ContractColumn[] columns) => new()
    {
        Name = name, Description = "", Quality = [],
        Columns = columns.Length == 0 ? [Column("id", DataType.BigInt)] : [.. columns],
    };

    /// <summary>A column that may be null.</summary>
    public static ContractColumn Column(string name, DataType type) => new()
    {
        Name = name, Type = type, Required = false, PrimaryKeyPosition = 0, Classification = "", Description = "",
    };
}
