using System.Collections.Immutable;
using Landfall.Estate;
using Landfall.Estate.Contracts;
using Landfall.Estate.Types;

namespace Landfall.Engine.Lakes;

/// <summary>The management zone's own tables: <c>ZONE.platform.{runs,meters,audit}</c>, append-only.</summary>
public static class PlatformTables
{
    /// <summary>The unit that holds them.</summary>
    public const string Unit = "platform";

    /// <summary>What happened in runs, an event a row.</summary>
    public static ContractTable Runs { get; } = Table(
        "runs",
        "What happened in runs: an event a row.",
        Text("run_id", "The run."),
        Text(
            "event",
            "run-started, session, intent, committed, failed, skipped, product-version, run-finished or interrupted."),
        EstateCatalog.Column("at", DataType.Timestamp, "When."),
        Optional("step", DataType.String, "The step."),
        Optional("table_name", DataType.String, "The table or integration the step is about."),
        Optional("step_number", DataType.BigInt, "Number of the step of its table, from 1."),
        Optional("version", DataType.BigInt, "Version committed."),
        Optional("details", DataType.String, "JSON: inputs with versions, fingerprints, reason, message."));

    /// <summary>What steps used, a step a row.</summary>
    public static ContractTable Meters { get; } = Table(
        "meters",
        "What steps used: a row for each worker process, and one for what an engine outside of it used.",
        Text("run_id", "The run."),
        Text("step", "The step."),
        EstateCatalog.Column("at", DataType.Timestamp, "When the worker ended."),
        Text("zone", "Zone that pays."),
        Text("unit", "Integration or product."),
        Optional("table_name", DataType.String, "The table."),
        Text("pool", "Pool that did the work."),
        Text("engine", "Engine of the pool."),
        EstateCatalog.Column("cpu_user_seconds", DataType.Double, "CPU seconds in user mode."),
        EstateCatalog.Column("cpu_system_seconds", DataType.Double, "CPU seconds in the kernel."),
        EstateCatalog.Column("wall_seconds", DataType.Double, "Seconds from start to end."),
        EstateCatalog.Column("max_resident_bytes", DataType.BigInt, "Most real memory at one time."),
        EstateCatalog.Column("read_bytes", DataType.BigInt, "Bytes read."),
        EstateCatalog.Column("written_bytes", DataType.BigInt, "Bytes written."),
        EstateCatalog.Column("killed", DataType.Boolean, "Whether the worker was killed."),
        EstateCatalog.Column("cpu_hour_price", DataType.Decimal(18, 6),
            "Price of a CPU hour in the estate's currency."),
        Text("price_version", "Version of the price list."),
        Optional("shuffle_bytes", DataType.BigInt, "Bytes that an engine's processes sent to each other."),
        Optional("estimated", DataType.Boolean, "Whether CPU time is time times cores: the engine did not say."));

    /// <summary>Reads and decisions, one a row.</summary>
    public static ContractTable Audit { get; } = Table(
        "audit",
        "Reads and decisions, one a row.",
        EstateCatalog.Column("at", DataType.Timestamp, "When."),
        Text("principal", "Who: an integration or product as zone/unit, or the operating system's user."),
        Text("action", "read, query, connect, publish, optimize, vacuum or restore."),
        Text("table_name", "The table."),
        Text("decision", "permitted or refused."),
        Text("reason", "The agreement or rule that decided, or what was done."),
        Optional("run_id", DataType.String, "The run."));

    /// <summary>The tables as the catalogue lists them.</summary>
    public static IEnumerable<CatalogTable> All(string managementZone) =>
        new[] { Runs, Meters, Audit }.Select(t => new CatalogTable
        {
            Name = new(TableName.SqlName(managementZone), Unit, t.Name),
            Kind = TableKind.Platform,
            Layer = LakeLayer.Curated,
            ZoneId = managementZone,
            UnitId = Unit,
            Table = t,
            Contract = null,
        });

    private static ContractTable Table(string name, string description,
        params ImmutableArray<ContractColumn> columns) =>
        new() { Name = name, Description = description, Columns = columns, Quality = [] };

    private static ContractColumn Text(string name, string description) =>
        EstateCatalog.Column(name, DataType.String, description);

    private static ContractColumn Optional(string name, DataType type, string description) =>
        EstateCatalog.Column(name, type, description, required: false);
}
