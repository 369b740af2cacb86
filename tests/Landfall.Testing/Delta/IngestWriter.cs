using System.Globalization;
using Landfall.Delta;
using Landfall.DuckDb;
using Landfall.Engine.DuckDb;
using Landfall.Engine.DuckDb.Storage;
using Landfall.Engine.Engines;
using Landfall.Engine.Lakes;
using Landfall.Engine.Maintenance;
using Landfall.Posix;

namespace Landfall.Testing.Delta;

/// <summary>
/// Ingests batches as the engine does, data files, then one commit with the batch's number, from where the table
/// stands; joins small files now and then.
/// </summary>
public sealed class IngestWriter(string table, ILogStore log, IStorageCalls calls)
{
    /// <summary>Versions from checkpoint to checkpoint.</summary>
    public int CheckpointInterval { get; init; } = 10;

    /// <summary>Batches from optimize to optimize.</summary>
    public int OptimizeInterval { get; init; } = 50;

    /// <summary>Is told each batch that is committed.</summary>
    public required Action<long> Acknowledge { get; init; }

    /// <summary>Is told each batch before it is committed, for writers that are wrong on purpose.</summary>
    public Func<long, Task> BeforeCommit { get; init; } = _ => Task.CompletedTask;

    /// <summary>
    /// Is told what comes now: <c>ingest</c>, <c>checkpoint</c>, which ends with its commit, or <c>optimize</c>.
    /// </summary>
    public Action<string> Announce { get; init; } = _ => { };

    /// <summary>Takes the place of optimize, for writers that are wrong on purpose.</summary>
    public Func<DeltaTable, Task>? Join { get; init; }

    public async Task RunAsync(DuckDbDatabase database, long batches, long rows)
    {
        using DuckDbConnection connection = database.Connect();
        var parquet = new AnnouncingParquetIo(
            new DuckDbParquetIo(database, table, calls), () => Announce("checkpoint"));
        var delta = new DeltaTable(log, parquet, TimeProvider.System);
        Snapshot? snapshot = await delta.TryLoadAsync(null, CancellationToken.None);
        long next = snapshot?.TransactionVersion(IngestRows.AppId) + 1 ?? 0;
        for (long batch = next; batch < batches; batch++)
        {
            Announce("ingest");
            snapshot = await CommitAsync(delta, connection, snapshot, batch, rows);
            Acknowledge(batch);
            if ((batch + 1) % OptimizeInterval == 0)
            {
                Announce("optimize");
                await (Join ?? OptimizeAsync)(delta);
                snapshot = await delta.LoadAsync(CancellationToken.None);
            }
        }
    }

    private async Task OptimizeAsync(DeltaTable delta)
    {
        using DuckDbLocalEngine engine = new();
        IdSource ids = new(TimeProvider.System, Random.Shared);
        await new TableOptimizer(table, delta, engine, ids, TimeProvider.System, calls)
            .RunAsync(new(), CancellationToken.None);
    }

    private async Task<Snapshot> CommitAsync(
        DeltaTable delta, DuckDbConnection connection, Snapshot? snapshot, long batch, long rows)
    {
        string step = string.Create(
            CultureInfo.InvariantCulture, $"{batch:D6}-{Environment.ProcessId}-{Random.Shared.Next()}");
        IReadOnlyList<DataFile> files = DataFileWriter.Write(
            connection, IngestRows.Select(batch, rows), IngestRows.Schema, table, step, CancellationToken.None,
            calls: calls);
        Transaction transaction = delta.Begin(snapshot, "WRITE");
        if (snapshot is null)
        {
            transaction.SetSchema(IngestRows.Schema, []);
            transaction.SetProperty(
                "delta.checkpointInterval", CheckpointInterval.ToString(CultureInfo.InvariantCulture));
        }

        foreach (DataFile file in files)
        {
            transaction.Add(file.ToAddFile(TimeProvider.System.GetUtcNow()));
        }

        transaction.SetTransaction(IngestRows.AppId, batch);
        await BeforeCommit(batch);
        CommitResult result = await transaction.CommitAsync(CancellationToken.None);
        return result switch
        {
            Committed { CheckpointFailure: { } failure } => throw failure,
            Committed committed => committed.Snapshot,
            _ => throw new InvalidOperationException(result.ToString()),
        };
    }
}
