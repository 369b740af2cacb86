using System.Text.Json;
using Landfall.Estate;

namespace Landfall.Delta.Log;

/// <summary>Makes snapshots out of a log. Holds no state; safe for concurrent use.</summary>
internal sealed class LogReader(ILogStore log, IParquetIo parquet)
{
    /// <summary>From here on, commits are read by several threads.</summary>
    private const int ParallelFrom = 16;

    /// <summary>A version, the newest by default; null where there is no table.</summary>
    public async Task<Snapshot?> LoadAsync(long? version, CancellationToken cancellationToken)
    {
        long hint = await ReadHintAsync(cancellationToken);
        if (hint >= 0 && (version is null || version >= hint)
            && await TryLoadFromHintAsync(hint, version, cancellationToken) is { } snapshot)
        {
            return snapshot;
        }

        IReadOnlyList<string> names = await LogListing.ReadAsync(log, "", cancellationToken);
        while (true)
        {
            try
            {
                return await LoadAsync(LogSegment.Choose(names, version), cancellationToken);
            }
            catch (LandfallException e) when (e is not UnsupportedTableException)
            {
                // What went away since the listing was cleaned up by another process, which left what stands in for it.
                HashSet<string> now =
                    new(await LogListing.ReadAsync(log, "", cancellationToken), StringComparer.Ordinal);
                if (names.All(now.Contains))
                {
                    throw;
                }

                names = [.. now];
            }
        }
    }

    /// <summary>A commit; null where its file does not exist.</summary>
    public async Task<CommitActions?> ReadCommitAsync(long version, CancellationToken cancellationToken)
    {
        string name = LogFiles.Commit(version);
        if (await log.ReadAsync(name, cancellationToken) is not { } content)
        {
            return null;
        }

        if (content.IsEmpty)
        {
            throw new CorruptTableException(LogFiles.Path(name), "the file is empty");
        }

        CommitChecksum.Verify(content.Span, name);
        return ActionReader.Read(content, version, name);
    }

    /// <summary>A commit that must be there.</summary>
    public async Task<CommitActions> RequireCommitAsync(long version, CancellationToken cancellationToken) =>
        await ReadCommitAsync(version, cancellationToken) ?? throw new VersionGoneException(
            "LF4204",
            $"The log entry of version {version} is no longer there: the log was cleaned up. Nothing was read. "
            + "Read newer versions.");

    /// <summary>Versions that have a log entry, the newest first; empty where there is no table.</summary>
    public async Task<IReadOnlyList<long>> VersionsAsync(CancellationToken cancellationToken)
    {
        List<long> versions = [];
        foreach (string name in await LogListing.ReadAsync(log, "", cancellationToken))
        {
            if (LogFiles.TryParseCommit(name, out long version))
            {
                versions.Add(version);
            }
        }

        versions.Reverse();
        return versions;
    }

    /// <summary>Commits that came after a snapshot, in order, without listing the log.</summary>
    /// <remarks>
    /// Empty also where log entries up to the snapshot's own are gone; <see cref="IsCurrentEnoughAsync"/> tells.
    /// </remarks>
    public async Task<IReadOnlyList<CommitActions>> ReadAfterAsync(long version, CancellationToken cancellationToken)
    {
        List<CommitActions> commits = [];
        while (await ReadCommitAsync(version + commits.Count + 1, cancellationToken) is { } commit)
        {
            commits.Add(commit);
        }

        return commits;
    }

    /// <summary>
    /// Whether a snapshot's own log entry is still there. Where it is not, the entry after it may be missing because
    /// the log was cleaned up, not because nothing came after.
    /// </summary>
    public async Task<bool> IsCurrentEnoughAsync(Snapshot snapshot, CancellationToken cancellationToken) =>
        await log.ModifiedAsync(LogFiles.Commit(snapshot.Version), cancellationToken) is not null;

    /// <summary>A snapshot with later commits on top.</summary>
    public static Snapshot Advance(Snapshot? snapshot, IReadOnlyList<CommitActions> commits)
    {
        TableState state = snapshot?.State.Copy() ?? new TableState();
        foreach (CommitActions commit in commits)
        {
            state.Apply(commit);
        }

        return state.ToSnapshot();
    }

    /// <summary>When a version was committed, milliseconds since 1970-01-01 UTC.</summary>
    public async Task<long> TimestampOfAsync(CommitActions commit, CancellationToken cancellationToken) =>
        commit.Timestamp
        ?? (await log.ModifiedAsync(LogFiles.Commit(commit.Version), cancellationToken))?.ToUnixTimeMilliseconds() ?? 0;

    /// <summary>The hint may be stale or garbage; then the whole log is listed.</summary>
    private async Task<Snapshot?> TryLoadFromHintAsync(long hint, long? version, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> names = await LogListing.ReadAsync(log, LogFiles.Prefix(hint), cancellationToken);
        try
        {
            IReadOnlyList<LogSegment> segments = LogSegment.Choose(names, version);
            return segments.Any(s => s.Checkpoint >= 0) ? await LoadAsync(segments, cancellationToken) : null;
        }
        catch (LandfallException e) when (e is not UnsupportedTableException)
        {
            return null;
        }
    }

    private async Task<long> ReadHintAsync(CancellationToken cancellationToken)
    {
        if (await log.ReadAsync(LogFiles.LastCheckpoint, cancellationToken) is not { } content)
        {
            return -1;
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(content);
            return document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("version"u8, out JsonElement version)
                && version.ValueKind == JsonValueKind.Number && version.TryGetInt64(out long number) ? number : -1;
        }
        catch (JsonException)
        {
            return -1;
        }
    }

    /// <summary>
    /// Tries the ways to make the version in turn, since an older checkpoint may stand in for a broken one.
    /// </summary>
    private async Task<Snapshot?> LoadAsync(IReadOnlyList<LogSegment> segments, CancellationToken cancellationToken)
    {
        LandfallException? first = null;
        foreach (LogSegment segment in segments)
        {
            try
            {
                return await LoadSegmentAsync(segment, cancellationToken);
            }
            catch (LandfallException e) when (segment.Checkpoint >= 0 && e is not UnsupportedTableException)
            {
                first ??= e;
            }
        }

        // The file that is damaged is better named than the checkpoint, where it is known.
        return first switch
        {
            null => null,
            CorruptTableException corrupt => throw corrupt,
            _ => throw new CorruptTableException(
            LogFiles.Path(segments[0].Parts.Count > 0 ? segments[0].Parts[0] : LogFiles.Commit(segments[0].Version)),
            "the checkpoint cannot be read and nothing stands in for it", first),
        };
    }

    /// <summary>A version made of exactly these files, checked against its checksum where that is readable.</summary>
    internal async Task<Snapshot> LoadSegmentAsync(LogSegment segment, CancellationToken cancellationToken)
    {
        var state = new TableState();
        foreach (string part in segment.Parts)
        {
            CommitActions actions = await ReadCheckpointAsync(segment.Checkpoint, part, cancellationToken);
            state.Apply(actions);
            foreach (string sidecar in actions.Sidecars.Select(LogFiles.Sidecar))
            {
                state.Apply(await ReadCheckpointAsync(segment.Checkpoint, sidecar, cancellationToken));
            }
        }

        if (segment.Checkpoint >= 0 && (state.Protocol is null || state.Metadata is null))
        {
            throw new CorruptTableException(
                LogFiles.Path(segment.Parts[0]), "the checkpoint has no protocol or metaData");
        }

        CommitActions? last = null;
        long first = segment.Checkpoint + 1;
        foreach (CommitActions commit in await ReadRangeAsync(first, segment.Version, cancellationToken))
        {
            state.Apply(commit);
            last = commit;
        }

        // Checkpoints have no commitInfo.
        last ??= await ReadCommitAsync(segment.Version, cancellationToken);
        state.Timestamp = last is null ? 0 : await TimestampOfAsync(last, cancellationToken);
        Snapshot snapshot = state.ToSnapshot();
        await VerifyAsync(snapshot, last?.TransactionId, cancellationToken);
        return snapshot;
    }

    private async Task<CommitActions> ReadCheckpointAsync(
        long version, string name, CancellationToken cancellationToken)
    {
        if (name.EndsWith(".parquet", StringComparison.Ordinal))
        {
            return ActionReader.Read(await parquet.ReadCheckpointAsync(name, cancellationToken), version, name);
        }

        ReadOnlyMemory<byte> content = await log.ReadAsync(name, cancellationToken)
            ?? throw new CorruptTableException(LogFiles.Path(name), "the file is missing");
        CommitActions actions = ActionReader.Read(content, version, name);
        return actions.IsWholeCheckpoint
            ? actions
            : throw new CorruptTableException(LogFiles.Path(name), "the checkpoint has no checkpointMetadata");
    }

    /// <summary>
    /// Compares a version with its checksum. One that is torn, or that belongs to another commit, says nothing.
    /// </summary>
    private async Task VerifyAsync(Snapshot snapshot, string? transactionId, CancellationToken cancellationToken)
    {
        string name = VersionChecksum.FileName(snapshot.Version);
        if (await log.ReadAsync(name, cancellationToken) is { } content
            && VersionChecksum.TryParse(content) is { } checksum
            && (checksum.TransactionId is null || transactionId is null || checksum.TransactionId == transactionId)
            && checksum.Contradiction(snapshot) is { } contradiction)
        {
            throw new CorruptTableException(
                LogFiles.Path(name),
                $"the checksum of version {snapshot.Version} contradicts the log: {contradiction}");
        }
    }

    private async Task<CommitActions[]> ReadRangeAsync(long from, long to, CancellationToken cancellationToken)
    {
        var commits = new CommitActions[to - from + 1];
        if (commits.Length < ParallelFrom)
        {
            for (int i = 0; i < commits.Length; i++)
            {
                commits[i] = await RequireForReplayAsync(from + i, cancellationToken);
            }
        }
        else
        {
            await Parallel.ForAsync(0, commits.Length, cancellationToken, async (i, token) =>
                commits[i] = await RequireForReplayAsync(from + i, token));
        }

        return commits;
    }

    private async Task<CommitActions> RequireForReplayAsync(long version, CancellationToken cancellationToken) =>
        await ReadCommitAsync(version, cancellationToken)
        ?? throw new CorruptTableException(LogFiles.Path(LogFiles.Commit(version)), "the file is missing");
}
