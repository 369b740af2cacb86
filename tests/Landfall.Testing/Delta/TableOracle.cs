using System.Globalization;
using Landfall.Delta;
using Landfall.DuckDb;
using Landfall.Engine.Storage;
using Landfall.Estate;

namespace Landfall.Testing.Delta;

/// <summary>
/// Says whether a table that took batches of <see cref="IngestRows"/> kept its promises, whatever happened to its
/// writers:
/// I1 each acknowledged batch is present exactly once; I2 every other batch wholly or not at all; I3 versions 0..n are
/// contiguous, parse, and have one owner each; I4 the rows are those of the visible batches; I5 the transaction's
/// version
/// is the last visible batch; I6 every file exists with its size and a readable footer; I7 every checkpoint equals the
/// replay of the commits; I8 timestamps of commits rise strictly.
/// </summary>
public sealed class TableOracle(string tableFolder, DuckDbDatabase database)
{
    private readonly PosixLogStore _log = new(tableFolder);
    private readonly List<string> _violations = [];

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
        for (int i = 0; i < commits.Length; i++)
        {
            Require(commits[i].Version == i, $"I3: version {i} is missing or doubled");
            Require(i == 0 || commits[i].Timestamp > commits[i - 1].Timestamp,
                $"I8: version {i} is not later than the one before");
        }

        int owners = commits.Select(c => (string?)c.Info["txnId"]).Distinct(StringComparer.Ordinal).Count();
        Require(owners == commits.Length, $"I3: {commits.Length} versions have {owners} owners");
        return commits;
    }

    private void CheckFiles(Snapshot snapshot)
    {
        using DuckDbConnection connection = database.Connect();
        foreach (AddFile file in snapshot.Files)
        {
            string path = Path.Combine(tableFolder, file.Path);
            if (!File.Exists(path) || new FileInfo(path).Length != file.Size)
            {
                _violations.Add($"I6: {file.Path} is missing or has another size");
                continue;
            }

            long rows = connection.Scalar<long>($"select num_rows::bigint from parquet_file_metadata('{path}')");
            Require(rows == file.Statistics!.NumRecords,
                $"I6: {file.Path} has {rows} rows, its statistics say otherwise");
        }
    }

    private void CheckBatches(Snapshot snapshot, IReadOnlySet<long> acknowledged, long rowsPerBatch)
    {
        using DuckDbConnection connection = database.Connect();
        string scan = DeltaScan.Sql(tableFolder, IngestRows.Schema, snapshot.Files);
        using DuckDbResult result = connection.Query(
            "select batch_id, count(*)::bigint, count(distinct row_no)::bigint, "
            + $"count(*) filter (where payload_hash is distinct from {IngestRows.Payload})::bigint, "
            + $"coalesce(min(row_no), 0), coalesce(max(row_no), 0) from ({scan}) group by all order by 1");
        HashSet<long> visible = [];
        foreach (long[] row in result.Rows()
            .Select(r => r.Select(v => Convert.ToInt64(v, CultureInfo.InvariantCulture)).ToArray()))
        {
            visible.Add(row[0]);
            Require(row[1] == rowsPerBatch && row[2] == rowsPerBatch,
                $"I2: batch {row[0]} has {row[1]} rows, {row[2]} distinct");
            Require(row[3] == 0 && row[4] == 0 && row[5] == rowsPerBatch - 1,
                $"I4: batch {row[0]} has rows that were never sent");
        }

        foreach (long batch in acknowledged.Where(b => !visible.Contains(b)))
        {
            _violations.Add($"I1: batch {batch} was acknowledged and is missing");
        }

        long last = visible.Count == 0 ? -1 : visible.Max();
        long recorded = snapshot.TransactionVersion(IngestRows.AppId);
        Require(recorded == last, $"I5: the transaction's version is {recorded}, the last visible batch {last}");
    }

    private async Task CheckCheckpointsAsync()
    {
        foreach (string name in await _log.ListAsync("", CancellationToken.None))
        {
            if (!name.EndsWith(".checkpoint.parquet", StringComparison.Ordinal))
            {
                continue;
            }

            long version = long.Parse(name.AsSpan(0, 20), CultureInfo.InvariantCulture);
            Snapshot replayed =
                (await TableOf(new NoCheckpointLogStore(_log)).TryLoadAsync(version, CancellationToken.None))!;
            Snapshot loaded = (await TableOf(_log).TryLoadAsync(version, CancellationToken.None))!;
            Require(SnapshotText.Of(replayed) == SnapshotText.Of(loaded),
                $"I7: {name} differs from the replay of the commits");
        }
    }

    private DeltaTable TableOf(ILogStore log) =>
        new(log, new DuckDbParquetIo(database, tableFolder), TimeProvider.System);

    private void Require(bool condition, string violation)
    {
        if (!condition)
        {
            _violations.Add(violation);
        }
    }
}
