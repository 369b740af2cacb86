using System.Globalization;
using Landfall.Delta.Maintenance;

namespace Landfall.Delta.Log;

/// <summary>
/// Deletes log entries that are older than the table keeps them and that a readable checkpoint stands in for. Old
/// versions can no longer be read then; the table's content stays.
/// </summary>
internal sealed class LogCleaner(ILogStore log, LogReader reader, TimeProvider clock)
{
    /// <summary>Deletes what may go; returns how many files.</summary>
    public async Task<int> CleanAsync(Snapshot snapshot, CancellationToken cancellationToken)
    {
        if (!TableRetention.CleansLog(snapshot.Metadata)
            || TableRetention.Log(snapshot.Metadata) is not { } retention)
        {
            return 0;
        }

        // At midnight, so that what goes on a day does not depend on the hour of a commit.
        DateTimeOffset cutoff = new((clock.GetUtcNow() - retention).UtcDateTime.Date, TimeSpan.Zero);
        IReadOnlyList<string> names = await LogListing.ReadAsync(log, "0", cancellationToken);
        if (await NewestExpiredAsync(names, snapshot.Version, cutoff, cancellationToken) is not { } checkpoint)
        {
            return 0;
        }

        // Entries go only for a checkpoint that can take their place.
        _ = await reader.LoadSegmentAsync(checkpoint, cancellationToken);
        foreach (string part in checkpoint.Parts)
        {
            await log.MakeDurableAsync(part, cancellationToken);
        }

        IReadOnlyList<string> expired = Expired(names, checkpoint.Checkpoint);
        foreach (string name in expired)
        {
            await log.DeleteAsync(name, cancellationToken);
        }

        return expired.Count;
    }

    /// <summary>
    /// Files before a checkpoint, the oldest first, so that a kill in between leaves no gap but the one at the start.
    /// </summary>
    internal static IReadOnlyList<string> Expired(IEnumerable<string> names, long checkpoint) =>
    [
        .. names.Select(n => (Name: n, Version: LastVersion(n)))
            .Where(n => n.Version >= 0 && n.Version < checkpoint)
            .OrderBy(n => n.Version).ThenBy(n => n.Name, StringComparer.Ordinal).Select(n => n.Name),
    ];

    /// <summary>The newest whole checkpoint whose version is older than the cutoff; null where there is none.</summary>
    private async Task<LogSegment?> NewestExpiredAsync(
        IReadOnlyList<string> names, long newest, DateTimeOffset cutoff, CancellationToken cancellationToken)
    {
        string? oldest = names.FirstOrDefault(n => LastVersion(n) >= 0);
        if (oldest is null || await log.ModifiedAsync(oldest, cancellationToken) > cutoff)
        {
            return null;
        }

        var checkpoints = names.Select(ParseCheckpoint).Where(c => c.Version >= 0 && c.Version <= newest)
            .GroupBy(c => (c.Version, c.Parts)).Where(g => g.Count() == g.Key.Parts)
            .OrderByDescending(g => g.Key.Version).ThenBy(g => g.Key.Parts);
        foreach (var checkpoint in checkpoints)
        {
            long version = checkpoint.Key.Version;
            if (await IsOlderAsync(version, cutoff, cancellationToken))
            {
                string[] parts = [.. checkpoint.OrderBy(c => c.Part).Select(c => c.Name)];
                return new(version, parts, version);
            }
        }

        return null;
    }

    /// <summary>
    /// By its file and by what the commit says: copying a lake may change the one, a wrong clock the other.
    /// </summary>
    private async Task<bool> IsOlderAsync(long version, DateTimeOffset cutoff, CancellationToken cancellationToken) =>
        await log.ModifiedAsync(LogFiles.Commit(version), cancellationToken) is { } modified && modified <= cutoff
        && await reader.ReadCommitAsync(version, cancellationToken) is { } commit
        && (commit.Timestamp is not { } committed || committed <= cutoff.ToUnixTimeMilliseconds());

    private static (long Version, int Part, int Parts, string Name) ParseCheckpoint(string name) =>
        LogFiles.TryParseCheckpoint(name, out long version, out int part, out int parts)
            ? (version, part, parts, name)
            : (-1, 0, 0, name);

    /// <summary>
    /// The last version that a file of the log is about; -1 for files that are none of the log's own.
    /// </summary>
    private static long LastVersion(string name)
    {
        string[] pieces = name.Split('.');
        bool known = pieces is [_, "json" or "crc"] or [_, "checkpoint", .., "parquet" or "json"]
            or [_, _, "compacted", "json"];
        string digits = pieces is [_, { } end, "compacted", _] ? end : pieces[0];
        return known && pieces[0].Length == LogFiles.VersionDigits && digits.Length == LogFiles.VersionDigits
            && long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out long version)
            ? version
            : -1;
    }
}
