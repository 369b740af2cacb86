using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Landfall.Delta;
using Landfall.Delta.Commits;
using Landfall.Engine.Engines;
using Landfall.Engine.Ingest;
using Landfall.Engine.Lakes;
using Landfall.Engine.Ledgers;
using Landfall.Estate;

namespace Landfall.Engine.Maintenance;

/// <summary>Tells how a batch of an enriched table stands, and accepts one that failed for its bad rows.</summary>
/// <param name="session">The open estate.</param>
/// <param name="tell">Takes a sentence where a run keeps a table's lock for a while; null for nobody.</param>
public sealed class BatchReplay(EngineSession session, Action<string>? tell = null)
{
    private const string UnknownBatch = "LF4286";
    private const string NothingToAccept = "LF4287";

    /// <summary>Whether a table has a batch; otherwise it waits in raw.</summary>
    /// <exception cref="LandfallException">
    /// LF4286: the table's source has landed no such batch, or an earlier one waits.
    /// </exception>
    public async Task<bool> IsInTableAsync(CatalogTable table, long batch, CancellationToken cancellationToken)
    {
        Register register = await Register.LoadAsync(
            session.Lake, table.ZoneId, table.UnitId, cancellationToken);
        long[] landed = [.. register.FilesOf(table.Name.Table).Select(f => f.Batch).Distinct().Order()];
        if (!landed.Contains(batch))
        {
            throw new LandfallException(
                UnknownBatch,
                $"{table.Name} has no batch {batch} in raw{Known(landed)}. Nothing was done. Count what is quarantined "
                + $"by batch with: landfall quarantine {table.Name}");
        }

        long last = await LastAsync(table, cancellationToken);
        long first = landed.FirstOrDefault(b => b > last);
        return batch <= last || batch == first ? batch <= last : throw new LandfallException(
            UnknownBatch,
            $"Batch {first} of {table.Name} waits before batch {batch}. Nothing was done. Batches come in order: "
            + $"landfall replay {table.Name}/{first}");
    }

    /// <summary>What was read of the batch that waits for its bad rows; null where none does.</summary>
    public async Task<BatchCount?> FailedAsync(CatalogTable table, CancellationToken cancellationToken)
    {
        QuarantineTable quarantine = await QuarantineTable.LoadAsync(
            session.Lake, session.Catalog.QuarantineOf(table.Name), cancellationToken);
        long last = await LastAsync(table, cancellationToken);
        return quarantine.Failed is { } failed && failed.Batch > last
            && failed.Count.Bad > quarantine.Accepted.GetValueOrDefault(failed.Batch)
            ? failed.Count
            : null;
    }

    /// <summary>Accepts the bad rows of the batch that failed last, and records who did so.</summary>
    /// <exception cref="LandfallException">
    /// LF4287 where the batch did not fail; LF4010 where another writer was faster.
    /// </exception>
    public async Task AcceptAsync(CatalogTable table, long batch, CancellationToken cancellationToken)
    {
        CatalogTable entry = session.Catalog.QuarantineOf(table.Name);
        using TableLock held = await TableLock.AcquireAsync(
            session.Lake.Root, table.Name, session.Clock,
            () => tell?.Invoke($"{table.Name} waits for another run or command that works on it."), cancellationToken);
        QuarantineTable quarantine = await QuarantineTable.LoadAsync(session.Lake, entry, cancellationToken);
        if (quarantine.Failed is not { } failed || failed.Batch != batch)
        {
            throw new LandfallException(
                NothingToAccept,
                $"Batch {batch} of {table.Name} did not fail for its bad rows. Nothing was accepted. Read it with: "
                + $"landfall replay {table.Name}/{batch}");
        }

        await CommitAsync(entry, failed.Count, cancellationToken);
        string what = string.Create(
            CultureInfo.InvariantCulture, $"batch {batch}: {failed.Count.Bad} of {failed.Count.Rows} rows are bad");
        AuditLedger audit = new(session.Platform(PlatformTables.Audit), session.Clock);
        await audit.RecordAsync(
            [new(Environment.UserName, "accept", table.Name, true, what, null)], CancellationToken.None);
    }

    private async Task<long> LastAsync(CatalogTable table, CancellationToken cancellationToken) =>
        EnrichTable.LastBatchOf(await session.Open(table).TryLoadAsync(null, cancellationToken), table.Name);

    private async Task CommitAsync(CatalogTable entry, BatchCount count, CancellationToken cancellationToken)
    {
        DeltaTable delta = session.Open(entry);
        Snapshot snapshot = await delta.LoadAsync(cancellationToken);
        Transaction transaction = delta.Begin(snapshot, "SET TBLPROPERTIES");
        transaction.SetProperty(
            QuarantineTable.AcceptedProperty,
            JsonSerializer.Serialize(
                QuarantineTable.AcceptedOf(snapshot).SetItem(count.Batch, count.Bad),
                EngineJson.Default.ImmutableSortedDictionaryInt64Int64));
        await MaintenanceRecord.CarryAsync(delta, transaction, cancellationToken);
        if (await new CommitRetry(session.Clock).CommitAsync(transaction, cancellationToken) is not Committed)
        {
            throw new LandfallException(
                "LF4010",
                $"Another writer changed {entry.Name} meanwhile. Nothing was accepted, and no row changed. Say it "
                + "again.");
        }
    }

    private static string Known(long[] landed) => landed.Length == 0 ? ""
        : string.Create(CultureInfo.InvariantCulture, $"; it has {landed.Length}, {landed[0]} to {landed[^1]}");
}
