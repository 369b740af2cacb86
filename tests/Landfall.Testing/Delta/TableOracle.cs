using System.Globalization;
using Landfall.Delta;
using Landfall.DuckDb;
using Landfall.Engine.DuckDb.Storage;
using Landfall.Engine.Lakes;
using Landfall.Estate;

namespace Landfall.Testing.Delta;

/// <summary>
/// Says whether a table that took batches of <see cref="IngestRows"/> kept its promises, whatever happened to its
/// writers:
/// I1 each acknowledged batch is present exactly once; I2 every other batch wholly or not at all; I3 versions 0..n are
/// contiguous, parse, and have one owner each; I4 the rows are those of the visible batches; I5 the transaction's
/// version is the last visible batch; I6 every file exists with its size and a readable footer; I7 every checkpoint
/// equals the replay of the commits; I8 timestamps of commits rise strictly.
/// </summary>
public sealed class TableOracle
{
    private readonly ILogStore _log;
    private readonly Func<ILogStore, IParquetIo> _parquet;
    private readonly IBatchFiles _files;
    private readonly List<string> _violations = [];

    /// <summary>An oracle of a table in a folder.</summary>
    public TableOracle(string tableFolder, DuckDbDatabase database)
        : this(
            new PosixLogStore(tableFolder), _ => new DuckDbParquetIo(database, tableFolder),
            new ParquetBatchFiles(tableFolder, database))
    {
    }

    /// <summary>An oracle of a table anywhere.</summary>
    public TableOracle(ILogStore log, Func<ILogStore, IParquetIo> parquet, IBatchFiles files) =>
        (_log, _parquet, _files) = (log, parquet, files);

    /// <summary>Whether the log may have been cleaned, so that versions before a checkpoint may be missing.</summary>
    public bool MayBeCleaned { get; init; }

    /// <summary>The table under the oracle.</summary>
    public DeltaTable Table => TableOf(_log);

    /// <summary>Every broken promise; empty where all were kept.</summary>
    public async Task<IReadOnlyList<string>> CheckAsync(IReadOnlySet<long> acknowledged, long rowsPerBatch)
    {
        _violations.Clear();
        try
        {
            await CheckLogAsync();
            Snapshot? snapshot = await TableOf(_log).TryLoadAsync(null, CancellationToken.None);
            if (snapshot is null)
            {
                Require(acknowledged.Count == 0, "I1: there is no table, but batches were acknowledged");
                return _violations;
            }

            CheckFiles(snapshot);
            CheckBatches(snapshot, acknowledged, rowsPerBatch);
            await CheckCheckpointsAsync();
        }
        catch (LandfallException e)
        {
            _violations.Add($"unreadable: {e.Message}");
        }

        return _violations;
    }

    /// <summary>I3 and I8 alone, for tables whose files are not real. Returns the commits in order.</summary>
    public async Task<(IReadOnlyList<CommitSummary> Commits, IReadOnlyList<string> Violations)> CheckLogOnlyAsync()
    {
        _violations.Clear();
        IReadOnlyList<CommitSummary> commits = [];
        try
        {
            commits = await CheckLogAsync();
        }
        catch (LandfallException e)
        {
            _violations.Add($"unreadable: {e.Message}");
        }

        return (commits, [.. _violations]);
    }

    private async Task<IReadOnlyList<CommitSummary>> CheckLogAsync()
    {
        CommitSummary[] commits = [.. (await TableOf(_log).HistoryAsync(null, CancellationToken.None)).Reverse()];
        long kept = MayBeCleaned ? await NewestCheckpointAsync() : -1;
        for (int i = 0; i < commits.Length; i++)
        {
            long expected = i == 0 ? 0 : commits[i - 1].Version + 1;
            Require(
                commits[i].Version == expected || (commits[i].Version > expected && commits[i].Version <= kept + 1),
                $"I3: version {expected} is missing or doubled");
            Require(i == 0 || commits[i].Timestamp > commits[i - 1].Timestamp,
                $"I8: version {i} is not later than the one before");
        }

        int owners = commits.Select(c => (string?)c.Info["txnId"]).Distinct(StringComparer.Ordinal).Count();
        Require(owners == commits.Length, $"I3: {commits.Length} versions have {owners} owners");
        return commits;
    }

    private async Task<long> NewestCheckpointAsync() =>
        (await _log.ListAsync("", CancellationToken.None))
            .Where(n => n.EndsWith(".checkpoint.parquet", StringComparison.Ordinal))
            .Select(n => long.Parse(n.AsSpan(0, 20), CultureInfo.InvariantCulture)).DefaultIfEmpty(-1).Max();

    private void CheckFiles(Snapshot snapshot) => _violations.AddRange(
        snapshot.Files.Select(f => (f.Path, Problem: _files.Problem(f))).Where(f => f.Problem is not null)
            .Select(f => $"I6: {f.Path} {f.Problem}"));

    private void CheckBatches(Snapshot snapshot, IReadOnlySet<long> acknowledged, long rowsPerBatch)
    {
        IReadOnlyList<BatchRows> batches = _files.Batches(snapshot);
        foreach (BatchRows batch in batches)
        {
            Require(batch.Rows == rowsPerBatch && batch.Distinct == rowsPerBatch,
                $"I2: batch {batch.Batch} has {batch.Rows} rows, {batch.Distinct} distinct");
            Require(batch.Wrong == 0 && batch.First == 0 && batch.Last == rowsPerBatch - 1,
                $"I4: batch {batch.Batch} has rows that were never sent");
        }

        HashSet<long> visible = [.. batches.Select(b => b.Batch)];
        foreach (long batch in acknowledged.Where(b => !visible.Contains(b)))
        {
            _violations.Add($"I1: batch {batch} was acknowledged and is missing");
        }

        Dictionary<string, long> last = visible.GroupBy(_files.AppOf).ToDictionary(g => g.Key, g => g.Max());
        IEnumerable<string> apps = last.Keys.Concat(snapshot.Transactions.Select(t => t.AppId)).Distinct();
        foreach (string app in apps)
        {
            long recorded = snapshot.TransactionVersion(app);
            long newest = last.GetValueOrDefault(app, -1);
            Require(recorded == newest, $"I5: the version of {app} is {recorded}, its last visible batch {newest}");
        }
    }

    private async Task CheckCheckpointsAsync()
    {
        IReadOnlyList<string> names = await _log.ListAsync("", CancellationToken.None);
        HashSet<string> known = new(names, StringComparer.Ordinal);
        long replayable = 0;
        while (known.Contains(replayable.ToString("D20", CultureInfo.InvariantCulture) + ".json"))
        {
            replayable++;
        }

        DeltaTable replaying = TableOf(new HidingLogStore(_log, HidingLogStore.Checkpoints));

        // A checkpoint that its version's checksum contradicts would be passed over for the commits, and seem right.
        DeltaTable unchecking = TableOf(new HidingLogStore(_log, HidingLogStore.Checksums));
        foreach (string name in names.Where(n => n.EndsWith(".checkpoint.parquet", StringComparison.Ordinal)))
        {
            long version = long.Parse(name.AsSpan(0, 20), CultureInfo.InvariantCulture);
            if (version >= replayable)
            {
                continue;
            }

            Snapshot replayed = (await replaying.TryLoadAsync(version, CancellationToken.None))!;
            Snapshot loaded = (await unchecking.TryLoadAsync(version, CancellationToken.None))!;
            Require(
                MayBeCleaned
                    ? SnapshotText.WithoutTombstones(replayed) == SnapshotText.WithoutTombstones(loaded)
                    : SnapshotText.Of(replayed) == SnapshotText.Of(loaded),
                $"I7: {name} differs from the replay of the commits");
        }
    }

    private DeltaTable TableOf(ILogStore log) => new(log, _parquet(log), TimeProvider.System);

    private void Require(bool condition, string violation)
    {
        if (!condition)
        {
            _violations.Add(violation);
        }
    }
}
