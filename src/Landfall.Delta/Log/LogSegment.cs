using Landfall.Estate;

namespace Landfall.Delta.Log;

/// <summary>Files that together make a version: a checkpoint or none, then every commit after it.</summary>
/// <param name="Checkpoint">Version of the checkpoint; -1 for none.</param>
/// <param name="Parts">Names of the checkpoint's files in order.</param>
/// <param name="Version">The version they make.</param>
internal sealed record LogSegment(long Checkpoint, IReadOnlyList<string> Parts, long Version)
{
    /// <summary>
    /// The ways to make a version out of a listing, best first; none where the listing has no table. Throws where the
    /// version cannot be made.
    /// </summary>
    public static IReadOnlyList<LogSegment> Choose(IReadOnlyList<string> names, long? version)
    {
        HashSet<long> commits = [];
        Dictionary<long, SortedDictionary<int, (int Parts, string Name)>> checkpoints = [];
        foreach (string name in names)
        {
            if (LogFiles.TryParseCommit(name, out long commit))
            {
                commits.Add(commit);
            }
            else if (LogFiles.TryParseCheckpoint(name, out long checkpoint, out int part, out int parts))
            {
                // Of a whole file and parts of the same version, the whole file is taken.
                SortedDictionary<int, (int Parts, string Name)> files =
                    checkpoints.TryGetValue(checkpoint, out var known) ? known : checkpoints[checkpoint] = [];
                if (parts == 1 || !files.TryGetValue(part, out (int Parts, string Name) other) || other.Parts != 1)
                {
                    files[part] = (parts, name);
                }
            }
        }

        if (commits.Count == 0 && checkpoints.Count == 0)
        {
            return [];
        }

        var complete = checkpoints.Where(c => IsComplete(c.Value)).ToDictionary(c => c.Key, c => NamesOf(c.Value));
        long newest = Math.Max(Max(commits), Max(complete.Keys));
        return Make(commits, complete, version ?? newest, newest);
    }

    private static List<LogSegment> Make(
        HashSet<long> commits, Dictionary<long, string[]> checkpoints, long version, long newest)
    {
        if (version < 0 || version > newest)
        {
            throw NoVersion(version, newest);
        }

        // The oldest version from which commits run without a gap up to the one wanted.
        long start = version;
        while (commits.Contains(start))
        {
            start--;
        }

        List<LogSegment> found =
        [
            .. checkpoints.Where(c => c.Key >= start && c.Key <= version).OrderByDescending(c => c.Key)
                .Select(c => new LogSegment(c.Key, c.Value, version)),
        ];
        if (start < 0)
        {
            found.Add(new(-1, [], version));
        }

        return found.Count > 0 ? found
            : commits.Any(c => c < start) || checkpoints.Keys.Any(c => c < start)
                ? throw new CorruptTableException(LogFiles.Path(LogFiles.Commit(start)), "the file is missing")
            : checkpoints.Keys.Any(c => c > version)
                ? throw new LandfallException(
                    "LF4204", $"Version {version} can no longer be read: its log was cleaned up. Nothing was read. "
                    + $"The oldest version with a checkpoint is {checkpoints.Keys.Min()}.")
            : throw new CorruptTableException(LogFiles.Path(LogFiles.Commit(start)), "the file is missing");
    }

    private static LandfallException NoVersion(long version, long newest) => new(
        "LF4203", $"There is no version {version}; versions reach to {newest}. Nothing was read.");

    private static long Max(IEnumerable<long> versions) => versions.DefaultIfEmpty(-1).Max();

    private static bool IsComplete(SortedDictionary<int, (int Parts, string Name)> files) =>
        files[files.Keys.First()].Parts == 1 || files.Count == files.Values.First().Parts;

    private static string[] NamesOf(SortedDictionary<int, (int Parts, string Name)> files) =>
        files.Values.First().Parts == 1 ? [files.Values.First().Name] : [.. files.Values.Select(f => f.Name)];
}
