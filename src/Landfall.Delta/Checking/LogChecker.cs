using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Landfall.Delta.Log;
using Landfall.Estate;

namespace Landfall.Delta.Checking;

/// <summary>
/// Checks a table's log against itself: versions without a gap, times that rise, and every checkpoint, checksum and the
/// hint against the replay of the commits. Replays once, in place, and holds two states of the table at most.
/// </summary>
/// <param name="log">The files of the log.</param>
/// <param name="parquet">Its checkpoints.</param>
public sealed class LogChecker(ILogStore log, IParquetIo parquet)
{
    private const string Code = "LF4238";

    private readonly LogReader _reader = new(log, parquet);

    /// <summary>What is wrong with the log; nothing where all is well or there is no table.</summary>
    /// <param name="progress">Told every version that was read.</param>
    /// <param name="cancellationToken">Ends the check.</param>
    public async IAsyncEnumerable<CheckFinding> CheckAsync(
        IProgress<long>? progress, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        IReadOnlyList<string> names = await LogListing.ReadAsync(log, "", cancellationToken);
        long[] versions = [.. names.Where(n => LogFiles.TryParseCommit(n, out _)).Select(VersionOf)];
        if (versions.Length == 0)
        {
            yield break;
        }

        ILookup<long, string> checkpoints = names.Where(IsCheckpoint).ToLookup(VersionOf);
        (TableState? state, long next, CheckFinding? fault) =
            await StartAsync(versions[0], checkpoints, cancellationToken);
        if (fault is not null)
        {
            yield return fault;
        }

        if (state is null)
        {
            yield break;
        }

        HashSet<string> known = [.. names];
        foreach (long version in versions.Where(v => v >= next))
        {
            if (version != next)
            {
                yield return Gap(next);
                yield break;
            }

            next++;
            long before = state.Timestamp;
            if (await ApplyAsync(state, version, cancellationToken) is { } broken)
            {
                yield return broken;
                yield break;
            }

            await foreach (CheckFinding finding in CheckVersionAsync(
                state, before, known, checkpoints[version], cancellationToken))
            {
                yield return finding;
            }

            progress?.Report(version);
        }

        if (await CheckHintAsync(checkpoints, cancellationToken) is { } hint)
        {
            yield return hint;
        }
    }

    /// <summary>An empty state before version 0, or the oldest checkpoint where the log was cleaned.</summary>
    private async Task<(TableState? State, long Next, CheckFinding? Fault)> StartAsync(
        long first, ILookup<long, string> checkpoints, CancellationToken cancellationToken)
    {
        if (first == 0)
        {
            return (new(), 0, null);
        }

        CheckFinding? fault = null;
        foreach (IGrouping<long, string> files in checkpoints.Where(c => c.Key >= first - 1).OrderBy(c => c.Key))
        {
            (Snapshot? snapshot, fault) = await LoadAsync(files.Key, files, cancellationToken);
            if (snapshot is not null)
            {
                return (snapshot.State.Copy(), files.Key + 1, null);
            }
        }

        return (null, 0, fault ?? Gap(first - 1));
    }

    private async Task<CheckFinding?> ApplyAsync(TableState state, long version, CancellationToken cancellationToken)
    {
        try
        {
            CommitActions commit = await _reader.RequireCommitAsync(version, cancellationToken);
            state.Apply(commit);
            state.Timestamp = await _reader.TimestampOfAsync(commit, cancellationToken);
            _ = state.ToSnapshot();
            return null;
        }
        catch (LandfallException e)
        {
            return new(
                CheckSeverity.Error, Code, LogFiles.Path(LogFiles.Commit(version)), e.Message,
                "Versions from this one on cannot be made from the commits.",
                "Restore the file from a copy, or the table to an earlier version.");
        }
    }

    private async IAsyncEnumerable<CheckFinding> CheckVersionAsync(
        TableState state, long before, HashSet<string> names, IEnumerable<string> checkpoint,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string commit = LogFiles.Path(LogFiles.Commit(state.Version));
        if (state.Timestamp <= before && state.Version > 0)
        {
            yield return new(
                CheckSeverity.Warning, Code, commit, "it is not later than the version before",
                "Reading the table as of a time may find another version than was meant.",
                "Nothing; read by version where it matters.");
        }

        string checksum = VersionChecksum.FileName(state.Version);
        if (names.Contains(checksum)
            && await CheckSumAsync(state, checksum, cancellationToken) is { } contradiction)
        {
            yield return contradiction;
        }

        if (checkpoint.Any() && await CheckCheckpointAsync(state, [.. checkpoint], cancellationToken) is { } fault)
        {
            yield return fault;
        }
    }

    private async Task<CheckFinding?> CheckSumAsync(
        TableState state, string name, CancellationToken cancellationToken)
    {
        ReadOnlyMemory<byte> content = await log.ReadAsync(name, cancellationToken) ?? default;
        if (VersionChecksum.TryParse(content) is not { } checksum)
        {
            return new(
                CheckSeverity.Warning, Code, LogFiles.Path(name), "it is no checksum",
                "A power cut may leave that. The version has nothing to be compared with.", "Delete the file.");
        }

        return checksum.Contradiction(state.ToSnapshot()) is not { } contradiction ? null : new(
            CheckSeverity.Error, Code, LogFiles.Path(name), contradiction,
            "The log was damaged, or another writer counted wrongly.",
            "Compare the commits up to this version with a copy; delete the checksum if they are right.");
    }

    private async Task<CheckFinding?> CheckCheckpointAsync(
        TableState state, string[] files, CancellationToken cancellationToken)
    {
        (Snapshot? snapshot, CheckFinding? fault) = await LoadAsync(state.Version, files, cancellationToken);
        return snapshot is null ? fault
            : StateComparison.Difference(state, snapshot.State) is not { } difference ? null
            : new(
                CheckSeverity.Error, Code, LogFiles.Path(files[0]), difference,
                "Readers that begin with this checkpoint get other rows than those that replay the commits.",
                "Delete the checkpoint and _last_checkpoint; the next commits write new ones.");
    }

    private async Task<(Snapshot? Snapshot, CheckFinding? Fault)> LoadAsync(
        long version, IEnumerable<string> files, CancellationToken cancellationToken)
    {
        string[] names = [.. files];
        string name = LogFiles.Path(names[0]);
        try
        {
            LogSegment segment = LogSegment.Choose(names, version)[0];
            return (await _reader.LoadSegmentAsync(segment, cancellationToken), null);
        }
        catch (UnsupportedTableException e)
        {
            return (null, new(
                CheckSeverity.Warning, Code, name, e.Message, "It was not compared with the commits.", "Nothing."));
        }
        catch (LandfallException e)
        {
            return (null, new(
                CheckSeverity.Error, Code, name, e.Message,
                "Readers that begin with it fail, or fall back to older entries of the log while there are any.",
                "Delete the checkpoint and _last_checkpoint; the next commits write new ones."));
        }
    }

    private async Task<CheckFinding?> CheckHintAsync(
        ILookup<long, string> checkpoints, CancellationToken cancellationToken)
    {
        if (await log.ReadAsync(LogFiles.LastCheckpoint, cancellationToken) is not { } content)
        {
            return null;
        }

        string? problem = HintedVersion(content) is not { } version ? "it names no version"
            : !checkpoints.Contains(version) ? $"it names version {version}, which has no checkpoint"
            : null;
        return problem is null ? null : new(
            CheckSeverity.Warning, Code, LogFiles.Path(LogFiles.LastCheckpoint), problem,
            "Readers list the whole log instead, which takes longer.",
            "Delete the file; the next checkpoint writes a new one.");
    }

    private static long? HintedVersion(ReadOnlyMemory<byte> content)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(content);
            return document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("version"u8, out JsonElement version)
                && version.ValueKind == JsonValueKind.Number && version.TryGetInt64(out long number) ? number : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static CheckFinding Gap(long version) => new(
        CheckSeverity.Error, Code, LogFiles.Path(LogFiles.Commit(version)), "the version's log entry is missing",
        "Versions from this one on can be made only from a checkpoint after it.",
        "Restore the file from a copy, or the table to an earlier version.");

    private static bool IsCheckpoint(string name) => LogFiles.TryParseCheckpoint(name, out _, out _, out _);

    private static long VersionOf(string name) =>
        long.Parse(name.AsSpan(0, LogFiles.Prefix(0).Length), CultureInfo.InvariantCulture);
}
