using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Landfall.Delta.Commits;
using Landfall.Delta.Log;
using Landfall.Estate;

namespace Landfall.Delta;

/// <summary>A Delta table, which need not exist yet. Holds no state of it; safe for concurrent use.</summary>
public sealed class DeltaTable
{
    private readonly LogReader _reader;
    private readonly CheckpointWriter _checkpoints;
    private readonly LogCleaner _cleaner;
    private readonly Committer _committer;
    private readonly TimeProvider _clock;
    private readonly Random _random;

    /// <summary>Makes a table of its log.</summary>
    /// <param name="log">The files of its <c>_delta_log</c>.</param>
    /// <param name="parquet">Its checkpoint files.</param>
    /// <param name="clock">Time of commits and of waiting between attempts.</param>
    /// <param name="random">
    /// Identities and jitter; the shared instance by default. Two writers of a table must not share a seed, or each
    /// takes the other's commit for its own.
    /// </param>
    public DeltaTable(ILogStore log, IParquetIo parquet, TimeProvider clock, Random? random = null)
    {
        _clock = clock;
        _random = random ?? Random.Shared;
        _reader = new(log, parquet);
        _checkpoints = new(log, parquet, clock);
        _cleaner = new(log, _reader, clock);
        _committer = new(log, _reader, _checkpoints, _cleaner, clock, _random);
    }

    /// <summary>
    /// Whether tables are loaded whose files are not to be read as they stand, because they have deletion vectors or
    /// columns of other names: whoever reads such a table takes account of them. Refused otherwise.
    /// </summary>
    public bool LoadsEveryTable { get; init; }

    /// <summary>A version, the newest by default; null where there is no table.</summary>
    /// <exception cref="LandfallException">
    /// LF4203 or LF4204 where the table has no such version, or no longer.
    /// </exception>
    /// <exception cref="CorruptTableException">The log is damaged.</exception>
    /// <exception cref="UnsupportedTableException">The table needs a feature that is not known.</exception>
    public async Task<Snapshot?> TryLoadAsync(long? version, CancellationToken cancellationToken)
    {
        Snapshot? snapshot = await _reader.LoadAsync(version, cancellationToken);
        return snapshot is null ? null : Checked(snapshot);
    }

    /// <summary>The newest version.</summary>
    /// <exception cref="LandfallException">LF4207 where there is no table.</exception>
    public async Task<Snapshot> LoadAsync(CancellationToken cancellationToken) =>
        await TryLoadAsync(null, cancellationToken)
        ?? throw new LandfallException("LF4207", "There is no Delta table here: it has no log. Nothing was read.");

    /// <summary>
    /// The newest version, from an earlier snapshot of the same table; the same instance where nothing came.
    /// </summary>
    public async Task<Snapshot> UpdateAsync(Snapshot snapshot, CancellationToken cancellationToken)
    {
        IReadOnlyList<CommitActions> commits = await _reader.ReadAfterAsync(snapshot.Version, cancellationToken);
        if (commits.Count == 0)
        {
            return await _reader.IsCurrentEnoughAsync(snapshot, cancellationToken) ? snapshot
                : await LoadAsync(cancellationToken);
        }

        return Checked(LogReader.Advance(snapshot, commits));
    }

    /// <summary>Begins a transaction on a version, or one that creates the table.</summary>
    /// <param name="read">What the changes start from; null to create the table.</param>
    /// <param name="operation">The operation's name in the table's history, for example <c>WRITE</c>.</param>
    /// <exception cref="UnsupportedTableException">The table needs a feature that is not written.</exception>
    public Transaction Begin(Snapshot? read, string operation)
    {
        read?.Protocol.RequireWritable(read.Metadata);
        return new(read, operation, _committer, _clock, NewId);
    }

    /// <summary>Writes a checkpoint of a snapshot, which commits do by themselves every ten versions.</summary>
    /// <exception cref="UnsupportedTableException">The table needs a feature that is not written.</exception>
    public Task CheckpointAsync(Snapshot snapshot, CancellationToken cancellationToken)
    {
        snapshot.Protocol.RequireWritable(snapshot.Metadata);
        return _checkpoints.WriteAsync(snapshot, cancellationToken);
    }

    /// <summary>
    /// Deletes log entries that are older than <c>delta.logRetentionDuration</c> and that a checkpoint stands in for,
    /// which commits do by themselves after each checkpoint. Returns how many files went.
    /// </summary>
    public Task<int> CleanLogAsync(Snapshot snapshot, CancellationToken cancellationToken) =>
        _cleaner.CleanAsync(snapshot, cancellationToken);

    /// <summary>The newest version that was there at a time.</summary>
    /// <exception cref="LandfallException">
    /// LF4207 where there is no table; LF4203 where the log begins later, or is no longer kept so far back.
    /// </exception>
    public async Task<long> VersionAtAsync(DateTimeOffset at, CancellationToken cancellationToken)
    {
        long wanted = at.ToUnixTimeMilliseconds();
        long? found = null;
        long last = long.MinValue;
        foreach (long version in (await _reader.VersionsAsync(cancellationToken)).Reverse())
        {
            if (await _reader.ReadCommitAsync(version, cancellationToken) is not { } commit)
            {
                continue;
            }

            // Clocks and copies of files disturb the order of times, never that of versions.
            last = Math.Max(last + 1, await _reader.TimestampOfAsync(commit, cancellationToken));
            if (last > wanted)
            {
                return found ?? throw new LandfallException(
                    "LF4203",
                    $"There is no version as old as {at:u}; the log begins at "
                    + $"{DateTimeOffset.FromUnixTimeMilliseconds(last):u}. Nothing was read.");
            }

            found = version;
        }

        return found ?? throw new LandfallException(
            "LF4207", "There is no Delta table here: it has no log. Nothing was read.");
    }

    /// <summary>Versions that the log remembers, the newest first.</summary>
    public async Task<IReadOnlyList<CommitSummary>> HistoryAsync(int? limit, CancellationToken cancellationToken)
    {
        List<CommitSummary> history = [];
        foreach (long version in (await _reader.VersionsAsync(cancellationToken)).Take(limit ?? int.MaxValue))
        {
            if (await _reader.ReadCommitAsync(version, cancellationToken) is { } commit)
            {
                history.Add(Summarise(commit, await _reader.TimestampOfAsync(commit, cancellationToken)));
            }
        }

        return history;
    }

    /// <summary>
    /// An object that was recorded with <see cref="Transaction.SetInfo"/>, from the newest commit that has it; null
    /// where none has.
    /// </summary>
    public async Task<JsonObject?> LatestInfoAsync(string name, CancellationToken cancellationToken) =>
        (await FindInfoAsync(name, null, cancellationToken))?.Value;

    /// <summary>
    /// An object that was recorded with <see cref="Transaction.SetInfo"/> at a version or the last one before that has
    /// it; null where none has, or the log no longer says.
    /// </summary>
    /// <param name="name">The name it was recorded with.</param>
    /// <param name="upTo">The newest version to look at; null for all.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    public async Task<RecordedInfo?> FindInfoAsync(string name, long? upTo, CancellationToken cancellationToken)
    {
        RecordedInfo? repeated = null;
        long until = -1;
        bool found = false;
        foreach (long version in await _reader.VersionsAsync(cancellationToken))
        {
            if (version > upTo || await _reader.ReadCommitAsync(version, cancellationToken) is not { } commit)
            {
                continue;
            }

            if (found && version <= until)
            {
                break;
            }

            JsonObject info = InfoOf(commit);
            if (info[name] is JsonObject own)
            {
                return new(version, (JsonObject)own.DeepClone());
            }

            if (!found && info["carried"]?[name] is JsonObject carried)
            {
                (found, until) = (true, (long?)carried["upTo"] ?? -1);
                repeated = carried["value"] is JsonObject value ? new(version, (JsonObject)value.DeepClone()) : null;
            }
        }

        return repeated;
    }

    /// <summary>Files that differ because of changed data between two versions, the first exclusive.</summary>
    /// <param name="from">A version; -1 for before the table.</param>
    /// <param name="to">A later version, inclusive.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="LandfallException">LF4204 where the log no longer has the commits between.</exception>
    public async Task<ChangedFiles> ChangedFilesAsync(long from, long to, CancellationToken cancellationToken)
    {
        // How often a file came, less how often it went. Not just whether: a file that optimize took away without
        // changing data comes a second time when a restore brings it back.
        Dictionary<string, (AddFile File, int Net)> net = new(StringComparer.Ordinal);
        for (long version = from + 1; version <= to; version++)
        {
            CommitActions commit = await _reader.RequireCommitAsync(version, cancellationToken);
            foreach (RemoveFile file in commit.Removes.Where(r => r.DataChange))
            {
                net[file.Path] = net.TryGetValue(file.Path, out (AddFile File, int Net) known)
                    ? (known.File, known.Net - 1)
                    : (file.ToAddFile(), -1);
            }

            foreach (AddFile file in commit.Adds.Where(a => a.DataChange))
            {
                net[file.Path] = (file, net.GetValueOrDefault(file.Path).Net + 1);
            }
        }

        return new(
            [.. net.Values.SelectMany(f => Enumerable.Repeat(f.File, Math.Max(f.Net, 0)))],
            [.. net.Values.SelectMany(f => Enumerable.Repeat(f.File, Math.Max(-f.Net, 0)))]);
    }

    /// <summary>Whether a commit after a version changed data.</summary>
    /// <exception cref="LandfallException">LF4204 where the log no longer has the commits since.</exception>
    public async Task<bool> DataChangedSinceAsync(long version, CancellationToken cancellationToken)
    {
        long newest = (await _reader.VersionsAsync(cancellationToken)).FirstOrDefault(-1);
        for (long v = version + 1; v <= newest; v++)
        {
            if ((await _reader.RequireCommitAsync(v, cancellationToken)).ChangesData)
            {
                return true;
            }
        }

        return false;
    }

    private Snapshot Checked(Snapshot snapshot)
    {
        if (!LoadsEveryTable)
        {
            snapshot.RequirePlainFiles();
        }

        return snapshot;
    }

    private static CommitSummary Summarise(CommitActions commit, long timestamp)
    {
        JsonObject info = InfoOf(commit);
        return new()
        {
            Version = commit.Version,
            Timestamp = DateTimeOffset.FromUnixTimeMilliseconds(timestamp),
            Operation = info["operation"]?.GetValueKind() == JsonValueKind.String
                ? info["operation"]!.GetValue<string>() : "",
            Parameters = (info["operationParameters"] as JsonObject ?? []).ToImmutableSortedDictionary(
                p => p.Key, p => p.Value?.ToString() ?? "", StringComparer.Ordinal),
            AddedFiles = commit.Adds.Count,
            RemovedFiles = commit.Removes.Count,
            AddedBytes = commit.Adds.Sum(a => a.Size),
            AddedRows = commit.Adds.TrueForAll(a => a.Statistics is not null)
                ? commit.Adds.Sum(a => a.Statistics!.NumRecords)
                : null,
            DataChange = commit.ChangesData,
            Info = info,
        };
    }

    private static JsonObject InfoOf(CommitActions commit) =>
        commit.Info.IsEmpty ? [] : (JsonObject)JsonNode.Parse(commit.Info.Span)!;

    private string NewId()
    {
        Span<byte> bytes = stackalloc byte[16];
        _random.NextBytes(bytes);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true).ToString();
    }
}
