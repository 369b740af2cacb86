using System.Net;
using Landfall.Engine.Steps;
using Landfall.Estate;
using Landfall.Estate.Contracts;
using Landfall.Estate.Integrations;
using Landfall.Estate.Zones;

namespace Landfall.Testing;

/// <summary>Small declared things for tests of planning and running.</summary>
public static class TestSteps
{
    private static readonly Contract NoContract = new()
    {
        Id = "contract", Version = "1.0.0", File = "contract.odcs.yaml", Tables = [], Freshness = null,
    };

    public static Pool Pool(string id = "shared", int concurrency = 1) => new()
    {
        Id = id, Engine = "duckdb", MemoryBytes = 1L << 30, Threads = 1, Concurrency = concurrency,
            TimeoutSeconds = 600,
        Secrets = [], DedicatedTo = null, CpuHourPrice = 0.06m,
    };

    public static Zone Zone(string id) => new()
    {
        Id = id, Title = id, Owner = id + "-team", CostCentre = "CC-1", Peers = [],
            Tools = new(["duckdb"], ["files"], ["sql"]),
        Pools = [Pool()], MonthlyBudget = null, Roles = [], AddressRange = IPNetwork.Parse("10.1.0.0/16"),
        Integrations = [], Products = [], Agreements = [],
    };

    public static StepNode Land(string zone, string integration) => new()
    {
        Key = $"{zone}.{TableName.SqlName(integration)}",
        Kind = StepKind.Land,
        Zone = Zone(zone),
        Pool = Pool(),
        Integration = Integration(zone, integration),
        Table = new(zone, TableName.SqlName(integration), "_register"),
    };

    public static StepNode Enrich(string zone, string integration, string table) => Land(zone, integration) with
    {
        Key = $"{zone}.{TableName.SqlName(integration)}.{table}",
        Kind = StepKind.Enrich,
        Table = new(zone, TableName.SqlName(integration), table),
        DependsOn = [$"{zone}.{TableName.SqlName(integration)}"],
    };

    public static StepNode Build(string zone, string product, string table, params string[] reads) => new()
    {
        Key = $"{zone}.{TableName.SqlName(product)}.{table}",
        Kind = StepKind.Build,
        Zone = Zone(zone),
        Pool = Pool(),
        Product = new()
        {
            Id = product, Zone = zone, Title = product, Owner = "team", Pool = "shared", Serve = [], Tables = [],
                Contract = NoContract,
        },
        Table = new(zone, TableName.SqlName(product), table),
        Reads = [.. reads.Select(Name)],
        DependsOn = [.. reads],
    };

    private static TableName Name(string text) =>
        TableName.TryParse(text, out TableName name) ? name : throw new ArgumentException(text, nameof(text));

    private static Integration Integration(string zone, string id) => new()
    {
        Id = id, Zone = zone, Title = id, Owner = "team", Pool = "shared", Source = new FilesSource("files"),
            Tables = [],
        QuarantineThreshold = 0.01, Contract = NoContract,
    };
}
