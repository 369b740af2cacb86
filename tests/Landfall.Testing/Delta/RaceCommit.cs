using System.Globalization;
using Landfall.Delta;

namespace Landfall.Testing.Delta;

/// <summary>
/// What a racing writer's commits do, so that every version of the table is known to be whole or not: commit N adds
/// two files, one to stay and one for the next commit to remove, and records N.
/// </summary>
public static class RaceCommit
{
    /// <summary>The file that commit N adds for ever.</summary>
    public static string Kept(string writer, long number) => Path(writer, "kept", number);

    /// <summary>The file that commit N adds and commit N+1 removes.</summary>
    public static string Last(string writer, long number) => Path(writer, "last", number);

    /// <summary>
    /// Why a version is not the result of whole commits, the first ones of each writer; null where it is.
    /// </summary>
    public static string? Problem(Snapshot snapshot)
    {
        long commits = 0;
        foreach (AppTransaction writer in snapshot.Transactions)
        {
            commits += writer.Version + 1;
            if (snapshot.FindFile(Last(writer.AppId, writer.Version)) is null)
            {
                return $"it lacks the file of commit {writer.Version} of {writer.AppId}";
            }

            for (long number = 0; number <= writer.Version; number++)
            {
                if (snapshot.FindFile(Kept(writer.AppId, number)) is null)
                {
                    return $"it has commit {writer.Version} of {writer.AppId}, not its commit {number}";
                }
            }
        }

        // The first version has the schema alone.
        return commits != snapshot.Version ? $"it says that it has {commits} commits"
            : snapshot.Files.Length != commits + snapshot.Transactions.Count
                ? $"it has {snapshot.Files.Length} files of {commits} commits"
            : null;
    }

    private static string Path(string writer, string kind, long number) =>
        string.Create(CultureInfo.InvariantCulture, $"{writer}/{kind}-{number}.parquet");
}
