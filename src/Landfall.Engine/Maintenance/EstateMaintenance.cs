using System.Collections.Immutable;
using System.Globalization;
using Landfall.Engine.Ingest;
using Landfall.Engine.Lakes;
using Landfall.Engine.Ledgers;
using Landfall.Estate;
using Landfall.Estate.Names;

namespace Landfall.Engine.Maintenance;

/// <summary>
/// Maintains tables of an estate: keeps steps of the same table away meanwhile, and records in the management zone's
/// audit who did what. What finds nothing to do makes no commit anywhere.
/// </summary>
/// <param name="session">The open estate.</param>
/// <param name="tell">Takes a sentence where a run keeps a table's lock for a while; null for nobody.</param>
public sealed class EstateMaintenance(EngineSession session, Action<string>? tell = null)
{
    /// <summary>
    /// Whether small files of a table are joined. Those of a quarantine stay apart by batch: a batch that is read again
    /// takes its own files away.
    /// </summary>
    public static bool IsOptimized(CatalogTable table) => table.Kind != TableKind.Quarantine;

    /// <summary>What joining a table's small files would do; null where it has no version yet.</summary>
    public async Task<OptimizePlan?> PlanOptimizeAsync(
        CatalogTable table, OptimizeOptions options, CancellationToken cancellationToken)
    {
        if (!IsOptimized(table) || await session.Open(table).TryLoadAsync(null, cancellationToken) is null)
        {
            return null;
        }

        return await OptimizerOf(table).PlanAsync(options, cancellationToken);
    }

    /// <summary>Joins a table's small files; null where it has no version yet.</summary>
    public async Task<OptimizeResult?> OptimizeAsync(
        CatalogTable table, OptimizeOptions options, CancellationToken cancellationToken)
    {
        using TableLock? held = await LockAsync(table, cancellationToken);
        if (!IsOptimized(table) || await session.Open(table).TryLoadAsync(null, cancellationToken) is null)
        {
            return null;
        }

        OptimizeResult result = await OptimizerOf(table).RunAsync(options, cancellationToken);
        if (result.Commits > 0)
        {
            await RecordAsync(
                table,
                "optimize",
                $"version {result.Version}: {result.RemovedFiles} files of {result.RemovedBytes} bytes became "
                + $"{result.AddedFiles} of {result.AddedBytes}");
        }

        return result;
    }

    /// <summary>What vacuum would delete of a table; null where it has no version yet.</summary>
    public async Task<VacuumPlan?> PlanVacuumAsync(
        CatalogTable table, VacuumOptions options, CancellationToken cancellationToken)
    {
        using TableLock? held = await LockAsync(table, cancellationToken);
        return await session.Open(table).TryLoadAsync(null, cancellationToken) is null
            ? null
            : await VacuumOf(table).PlanAsync(options with { WritersExcluded = held is not null }, cancellationToken);
    }

    /// <summary>Deletes files that a table no longer needs; null where it has no version yet.</summary>
    public async Task<VacuumResult?> VacuumAsync(
        CatalogTable table, VacuumOptions options, CancellationToken cancellationToken)
    {
        using TableLock? held = await LockAsync(table, cancellationToken);
        if (await session.Open(table).TryLoadAsync(null, cancellationToken) is null)
        {
            return null;
        }

        VacuumResult result = await VacuumOf(table).RunAsync(
            options with { WritersExcluded = held is not null }, cancellationToken);
        if (result.DeletedFiles + result.DeletedFolders > 0)
        {
            await RecordAsync(
                table,
                "vacuum",
                $"version {result.Version}: {result.DeletedFiles} files of {result.DeletedBytes} bytes deleted");
        }

        return result;
    }

    /// <summary>
    /// Makes a table what it was. The next run sees what the content lacks and builds it forward: the record of its
    /// inputs, and for an integration's table the last batch it has, go back too.
    /// </summary>
    /// <param name="table">The table.</param>
    /// <param name="version">The version; null to take the one of a time.</param>
    /// <param name="at">The time; null where a version is given.</param>
    /// <param name="cancellationToken">Ends the restore before its commit.</param>
    /// <exception cref="LandfallException">
    /// LF4228 for tables of Landfall's own, LF4207 where the table has no version, and what
    /// <see cref="TableRestorer.RunAsync"/> refuses.
    /// </exception>
    public async Task<RestoreResult> RestoreAsync(
        CatalogTable table, long? version, DateTimeOffset? at, CancellationToken cancellationToken)
    {
        RefuseWhatIsNotRestored(table);
        using TableLock? held = await LockAsync(table, cancellationToken);
        TableRestorer restorer = new(FolderOf(table), session.Open(table), session.Clock);
        long target = version ?? await restorer.VersionAtAsync(at!.Value, cancellationToken);
        RestoreOptions options = new() { Rewinds = app => app == EnrichTable.BatchAppOf(table.Name), Timestamp = at };
        RestoreResult result = await restorer.RunAsync(target, options, cancellationToken);
        if (result.Changed)
        {
            await RecordAsync(
                table, "restore", string.Create(
                    CultureInfo.InvariantCulture, $"version {result.Version}: content of version {result.Restored}"));
        }

        return result;
    }

    private static void RefuseWhatIsNotRestored(CatalogTable table)
    {
        if (table.Kind is TableKind.Platform)
        {
            throw new LandfallException(
                "LF4228",
                $"{table.Name} says what happened, which no restore makes undone. Nothing was changed. Read its older "
                + "versions instead.");
        }

        if (table.Kind is TableKind.Quarantine)
        {
            throw new LandfallException(
                "LF4228",
                $"{table.Name} follows the table whose rows it holds. Nothing was changed. Restore that table: the "
                + "next run brings both forward.");
        }
    }

    /// <summary>
    /// The lock that the table's step takes; none for tables of the management zone, to which every run appends.
    /// </summary>
    private async Task<TableLock?> LockAsync(CatalogTable table, CancellationToken cancellationToken)
    {
        if (table.Kind == TableKind.Platform)
        {
            return null;
        }

        TableName name = table.Kind == TableKind.Quarantine
            ? table.Name with { Table = table.Name.Table[..^EstateNames.QuarantineSuffix.Length] }
            : table.Name;
        return await TableLock.AcquireAsync(
            session.Lake.Root, name, session.Clock,
            () => tell?.Invoke($"{table.Name} waits for another run or command that works on it."), cancellationToken);
    }

    private TableOptimizer OptimizerOf(CatalogTable table) =>
        new(FolderOf(table), session.Open(table), session.Engine, session.Ids, session.Clock);

    private TableVacuum VacuumOf(CatalogTable table) => new(FolderOf(table), session.Open(table), session.Clock);

    private string FolderOf(CatalogTable table) => session.Lake.TableFolder(table.Name, table.Layer);

    private Task RecordAsync(CatalogTable table, string action, string what)
    {
        AuditLedger audit = new(session.Platform(PlatformTables.Audit), session.Clock);
        ImmutableArray<AuditEntry> entry = [new(Environment.UserName, action, table.Name, true, what, null)];
        return audit.RecordAsync(entry, CancellationToken.None);
    }
}
