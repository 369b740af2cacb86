using Landfall.Delta.Log;

namespace Landfall.Delta.Checking;

/// <summary>Tells how the state in a checkpoint differs from the replay of the commits.</summary>
internal static class StateComparison
{
    /// <summary>The first difference as a phrase; null where there is none that readers see.</summary>
    public static string? Difference(TableState replayed, TableState loaded) =>
        FileDifference(replayed.Files, loaded.Files)
        ?? (replayed.Metadata != loaded.Metadata ? "its schema or properties are not those of the commits" : null)
        ?? (replayed.Protocol != loaded.Protocol ? "its protocol is not that of the commits" : null)
        ?? TransactionDifference(replayed, loaded)
        ?? TombstoneDifference(replayed, loaded);

    private static string? FileDifference(
        Dictionary<string, AddFile> replayed, Dictionary<string, AddFile> loaded)
    {
        foreach ((string path, AddFile file) in replayed)
        {
            if (!loaded.TryGetValue(path, out AddFile? other))
            {
                return $"it lacks data file {path}, and {loaded.Count} of {replayed.Count} files are in it";
            }

            if (file.Size != other.Size || !file.PartitionValues.SequenceEqual(other.PartitionValues)
                || (file.Statistics is { } own && other.Statistics is { } its && own.NumRecords != its.NumRecords))
            {
                return $"it says something else of data file {path}";
            }
        }

        return loaded.Keys.FirstOrDefault(p => !replayed.ContainsKey(p)) is { } strange
            ? $"it has data file {strange}, which the commits do not"
            : null;
    }

    /// <summary>Transactions may expire, so that a checkpoint may have fewer.</summary>
    private static string? TransactionDifference(TableState replayed, TableState loaded) =>
        loaded.Transactions.Any(t => replayed.Transactions.GetValueOrDefault(t.Key)?.Version != t.Value.Version)
            ? "its transactions are not those of the commits"
            : null;

    /// <summary>Tombstones expire too.</summary>
    private static string? TombstoneDifference(TableState replayed, TableState loaded) =>
        loaded.Tombstones.Keys.FirstOrDefault(p => !replayed.Tombstones.ContainsKey(p)) is { } strange
            ? $"it says that {strange} was removed, which the commits do not"
            : null;
}
