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
        List<(long Version, int Part, int Parts, string Name)> classic = [];
        List<(long Version, string[] Names)> checkpoints = [];
        foreach (string name in names)
        {
            if (LogFiles.TryParseCommit(name, out long commit))
            {
                commits.Add(commit);
            }
            else if (LogFiles.TryParseCheckpoint(name, out long checkpoint, out int part, out int parts))
            {
                classic.Add((checkpoint, part, parts, name));
            }
            else if (LogFiles.TryParseV2Checkpoint(name, out long v2))
            {
                checkpoints.Add((v2, [name]));
            }
        }

        if (commits.Count == 0 && classic.Count == 0 && checkpoints.Count == 0)
        {
            return [];
        }

        // Of the checkpoints of a version, one whole file is tried first; sets that lack a part are none.
        checkpoints.AddRange(classic.GroupBy(c => (c.Version, c.Parts)).OrderByDescending(g => g.Key.Parts)
            .Where(g => g.Select(c => c.Part).Distinct().Count() == g.Key.Parts)
            .Select(g => (g.Key.Version, g.OrderBy(c => c.Part).Select(c => c.Name).ToArray())));
        checkpoints.Reverse();
        long newest = Math.Max(Max(commits), Max(checkpoints.Select(c => c.Version)));
        return Make(commits, checkpoints, version ?? newest, newest);
    }

    private static List<LogSegment> Make(
        HashSet<long> commits, List<(long Version, string[] Names)> checkpoints, long version, long newest)
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
            .. checkpoints.Where(c => c.Version >= start && c.Version <= version).OrderByDescending(c => c.Version)
                .Select(c => new LogSegment(c.Version, c.Names, version)),
        ];
        if (start < 0)
        {
            found.Add(new(-1, [], version));
        }

        return found.Count > 0 ? found
            : commits.Any(c => c < start) || checkpoints.Any(c => c.Version < start)
                ? throw new CorruptTableException(LogFiles.Path(LogFiles.Commit(start)), "the file is missing")
            : checkpoints.Any(c => c.Version > version)
                ? throw new VersionGoneException(
                    "LF4204", $"Version {version} can no longer be read: its log was cleaned up. Nothing was read. "
                    + $"The oldest version with a checkpoint is {checkpoints.Min(c => c.Version)}.")
            : throw new CorruptTableException(LogFiles.Path(LogFiles.Commit(start)), "the file is missing");
    }

    private static VersionGoneException NoVersion(long version, long newest) => new(
        "LF4203", $"There is no version {version}; versions reach to {newest}. Nothing was read.");

    private static long Max(IEnumerable<long> versions) => versions.DefaultIfEmpty(-1).Max();
}
