using System.Collections.Immutable;
using Landfall.Delta;
using Landfall.Delta.Commits;
using Landfall.Delta.Maintenance;
using Landfall.Engine.Engines;
using Landfall.Engine.Lakes;
using Landfall.Estate;
using Landfall.Posix;

namespace Landfall.Engine.Maintenance;

/// <summary>
/// Joins small files of a table, partition by partition, in commits that change no data. Other writers may go on: what
/// they add stays, and where they remove a file that was being joined, files are chosen anew. A kill leaves the table
/// as one of the commits made it, and at most files that no version names.
/// </summary>
/// <param name="tableFolder">Absolute path of the table.</param>
/// <param name="table">The table; of the protocol that we write.</param>
/// <param name="engine">Reads and writes rows; bounds the memory.</param>
/// <param name="ids">Names of the folders of new files.</param>
/// <param name="clock">Time.</param>
/// <param name="calls">Calls to make; those of the operating system by default.</param>
public sealed class TableOptimizer(
    string tableFolder, DeltaTable table, ILocalEngine engine, IdSource ids, TimeProvider clock,
    IStorageCalls? calls = null)
{
    private readonly IStorageCalls _calls = calls ?? PosixStorageCalls.Instance;

    /// <summary>Joined files that are still small are joined again, where files came from many small ones.</summary>
    private const int PassesMax = 4;

    /// <summary>What there is to do. Changes nothing.</summary>
    /// <exception cref="LandfallException">LF4207 where there is no table.</exception>
    /// <exception cref="UnsupportedTableException">The table needs a feature that is not written.</exception>
    public async Task<OptimizePlan> PlanAsync(OptimizeOptions options, CancellationToken cancellationToken) =>
        PlanOf(await table.LoadAsync(cancellationToken), options);

    /// <summary>As <see cref="RunAsync"/> where there are so many small files or more; else null.</summary>
    /// <param name="options">What is joined.</param>
    /// <param name="filesMin">Small files from which on joining them is worth a commit.</param>
    /// <param name="cancellationToken">Ends the work; what was committed before stays.</param>
    public async Task<OptimizeResult?> RunIfManyAsync(
        OptimizeOptions options, int filesMin, CancellationToken cancellationToken) =>
        await table.TryLoadAsync(null, cancellationToken) is { } snapshot
        && snapshot.Files.Count(f => !FileBins.IsBig(f, options.TargetBytes)) >= filesMin
            ? await RunAsync(options, cancellationToken)
            : null;

    /// <summary>Joins what there is to join; makes no commit where there is nothing.</summary>
    /// <exception cref="LandfallException">
    /// LF4207 where there is no table; LF4221 where other writers kept removing the files; LF4222 where a file's
    /// statistics are wrong. What was committed before stays.
    /// </exception>
    /// <exception cref="UnsupportedTableException">The table needs a feature that is not written.</exception>
    public async Task<OptimizeResult> RunAsync(OptimizeOptions options, CancellationToken cancellationToken)
    {
        Snapshot snapshot = await table.LoadAsync(cancellationToken);
        OptimizeResult result = new(snapshot.Version, 0, 0, 0, 0, 0);
        HashSet<string> ours = new(StringComparer.Ordinal);
        CommitRetry retry = new(clock, options.AttemptsMax);
        for (int pass = 0; pass < PassesMax; pass++)
        {
            // What others add meanwhile is for another time, or this would follow them for ever.
            bool first = pass == 0;
            FileBin[] bins =
                [.. PlanOf(snapshot, options).Bins.Where(b => first || b.Files.Count(f => ours.Contains(f.Path)) > 1)];
            if (bins.Length == 0)
            {
                break;
            }

            foreach (ImmutableArray<FileBin> batch in Batches(bins, options.BatchBytes))
            {
                (CommitResult ended, IReadOnlyList<DataFile> files) =
                    await JoinAsync(snapshot, batch, options, retry, cancellationToken);
                if (ended is Committed committed)
                {
                    result = Sum(result, committed.Version, batch, files);
                    ours.UnionWith(files.Select(f => f.Path));
                    snapshot = await table.UpdateAsync(committed.Snapshot, cancellationToken);
                    continue;
                }

                if (!await retry.AgainAsync(ended, cancellationToken))
                {
                    throw Lost(retry, result);
                }

                snapshot = await table.LoadAsync(cancellationToken);
                pass--;
                break;
            }
        }

        return result;
    }

    private static OptimizePlan PlanOf(Snapshot snapshot, OptimizeOptions options) =>
        new(snapshot, FileBins.Plan(snapshot.Files.Where(options.Joins), options.TargetBytes));

    private static IEnumerable<ImmutableArray<FileBin>> Batches(IEnumerable<FileBin> bins, long batchBytes)
    {
        var batch = ImmutableArray.CreateBuilder<FileBin>();
        long bytes = 0;
        foreach (FileBin bin in bins)
        {
            batch.Add(bin);
            bytes += bin.Bytes;
            if (bytes >= batchBytes)
            {
                yield return batch.ToImmutable();
                batch.Clear();
                bytes = 0;
            }
        }

        if (batch.Count > 0)
        {
            yield return batch.ToImmutable();
        }
    }

    private async Task<(CommitResult Ended, IReadOnlyList<DataFile> Files)> JoinAsync(
        Snapshot snapshot, ImmutableArray<FileBin> batch, OptimizeOptions options, CommitRetry retry,
        CancellationToken cancellationToken)
    {
        Transaction transaction = table.Begin(snapshot, "OPTIMIZE");
        if (batch.SelectMany(b => b.Files).FirstOrDefault(f => snapshot.FindFile(f.Path) is null) is { } gone)
        {
            return (Gone(snapshot, gone), []);
        }

        List<DataFile> files = [];
        string step = ids.Next("o");
        try
        {
            Write(snapshot, batch, step, files, cancellationToken);
        }
        catch
        {
            Discard(step);
            throw;
        }

        Describe(transaction, batch, files, options);
        await MaintenanceRecord.CarryAsync(table, transaction, cancellationToken);
        CommitResult ended = await retry.CommitAsync(transaction, cancellationToken);
        if (ended is Conflicted)
        {
            Discard(step);
        }

        // After any other end the commit may be there after all: its files are vacuum's.
        return (ended, files);
    }

    private void Write(
        Snapshot snapshot, ImmutableArray<FileBin> batch, string step, List<DataFile> files,
        CancellationToken cancellationToken)
    {
        files.AddRange(engine.Join(
            tableFolder, snapshot.Metadata.Schema, batch, step, _calls, cancellationToken));
        foreach ((FileBin bin, DataFile file) in batch.Zip(files))
        {
            if (bin.Rows is { } rows && rows != file.Rows)
            {
                throw new LandfallException(
                    "LF4222",
                    $"{bin.Files.Length} files from {bin.Files[0].Path} on have {file.Rows} rows together, and {rows} "
                    + "by their statistics. Nothing was joined; the table is as it was. Rebuild the table, or restore "
                    + "the files from a backup.");
            }
        }

        foreach (DataFile empty in files.Where(f => f.Rows == 0))
        {
            _calls.Unlink(Path.Combine(tableFolder, empty.Path));
        }

        files.RemoveAll(f => f.Rows == 0);
        _calls.FSyncFolder(Path.Combine(tableFolder, step));
    }

    private void Describe(
        Transaction transaction, ImmutableArray<FileBin> batch, List<DataFile> files, OptimizeOptions options)
    {
        transaction.Isolation = IsolationLevel.SnapshotIsolation;
        foreach (AddFile file in batch.SelectMany(b => b.Files))
        {
            transaction.Remove(file, dataChange: false);
        }

        foreach (DataFile file in files)
        {
            transaction.Add(file.ToAddFile(clock.GetUtcNow()) with { DataChange = false });
        }

        transaction.SetParameter("predicate", "[]");
        transaction.SetParameter("zOrderBy", "[]");
        transaction.SetParameter("clusterBy", "[]");
        transaction.SetParameter("auto", options.Automatic ? "true" : "false");
        long[] sizes = [.. files.Select(f => f.Size).Order()];
        transaction.SetMetric("numRemovedFiles", batch.Sum(b => b.Files.Length));
        transaction.SetMetric("numRemovedBytes", batch.Sum(b => b.Bytes));
        transaction.SetMetric("numAddedFiles", sizes.Length);
        transaction.SetMetric("numAddedBytes", sizes.Sum());
        transaction.SetMetric("numDeletionVectorsRemoved", 0);
        transaction.SetMetric("minFileSize", Quantile(sizes, 0));
        transaction.SetMetric("p25FileSize", Quantile(sizes, 0.25));
        transaction.SetMetric("p50FileSize", Quantile(sizes, 0.5));
        transaction.SetMetric("p75FileSize", Quantile(sizes, 0.75));
        transaction.SetMetric("maxFileSize", Quantile(sizes, 1));
    }

    private static long Quantile(long[] sorted, double share) =>
        sorted.Length == 0 ? 0 : sorted[(int)(share * (sorted.Length - 1))];

    private static OptimizeResult Sum(
        OptimizeResult result, long version, ImmutableArray<FileBin> batch, IReadOnlyList<DataFile> files) => new(
        version,
        result.Commits + 1,
        result.RemovedFiles + batch.Sum(b => b.Files.Length),
        result.RemovedBytes + batch.Sum(b => b.Bytes),
        result.AddedFiles + files.Count,
        result.AddedBytes + files.Sum(f => f.Size));

    /// <summary>Nothing names the files of a step that is not committed.</summary>
    private void Discard(string step)
    {
        string folder = Path.Combine(tableFolder, step);
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static Conflicted Gone(Snapshot snapshot, AddFile file) => new(
        ConflictKind.ConcurrentDeleteRead, snapshot.Version, $"{file.Path} was removed before it could be joined.");

    private static LandfallException Lost(CommitRetry retry, OptimizeResult result) => new(
        "LF4221",
        $"Other writers kept changing the files that were being joined. {retry.Obstacle} {result.Commits} commits that "
        + "joined others stay; the table's rows are as the writers left them. Run again when they are done.");
}
