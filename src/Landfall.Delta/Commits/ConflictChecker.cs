using Landfall.Delta.Log;

namespace Landfall.Delta.Commits;

/// <summary>
/// Delta's conflict rules between one transaction and one commit that won, in the order Spark checks them.
/// </summary>
internal static class ConflictChecker
{
    /// <summary>The first rule that is broken; null where the transaction may be rebased on the winner.</summary>
    public static Conflicted? Check(Transaction mine, CommitActions winner) =>
        CheckProtocol(mine, winner)
        ?? CheckMetadata(winner)
        ?? CheckTransactions(mine, winner)
        ?? CheckAdded(mine, winner)
        ?? CheckRemovedAndRead(mine, winner)
        ?? CheckRemovedTwice(mine, winner);

    private static Conflicted? CheckProtocol(Transaction mine, CommitActions winner)
    {
        if (winner.Protocol is null)
        {
            return null;
        }

        return mine.ReadSnapshot is null
            ? Conflict(ConflictKind.ProtocolChanged, winner, "created the table that this transaction was creating")
            : Conflict(ConflictKind.ProtocolChanged, winner, "changed the table's protocol");
    }

    private static Conflicted? CheckMetadata(CommitActions winner) => winner.Metadata is null
        ? null
        : Conflict(ConflictKind.MetadataChanged, winner, "changed the table's schema or properties");

    private static Conflicted? CheckTransactions(Transaction mine, CommitActions winner)
    {
        AppTransaction? same = winner.Transactions.Find(t => mine.Transactions.ContainsKey(t.AppId));
        return same is null
            ? null
            : Conflict(
                ConflictKind.ConcurrentTransaction, winner, $"recorded version {same.Version} of '{same.AppId}'");
    }

    private static Conflicted? CheckAdded(Transaction mine, CommitActions winner)
    {
        bool ignoresBlind = mine.Isolation == IsolationLevel.WriteSerializable && mine.NewMetadata is null;
        if (mine.Isolation == IsolationLevel.SnapshotIsolation || (winner.IsBlindAppend && ignoresBlind))
        {
            return null;
        }

        TableMetadata metadata = mine.Metadata;
        return winner.Adds.Exists(a => mine.Reads.Covers(a, metadata))
            ? Conflict(ConflictKind.ConcurrentAppend, winner, "added files that match what this transaction read")
            : null;
    }

    private static Conflicted? CheckRemovedAndRead(Transaction mine, CommitActions winner) =>
        winner.Removes.Exists(mine.Reads.Contains)
            ? Conflict(ConflictKind.ConcurrentDeleteRead, winner, "removed files that this transaction read")
            : null;

    private static Conflicted? CheckRemovedTwice(Transaction mine, CommitActions winner) =>
        winner.Removes.Exists(r => mine.Removed.ContainsKey(r.Path))
            ? Conflict(ConflictKind.ConcurrentDeleteDelete, winner, "removed files that this transaction removes too")
            : null;

    private static Conflicted Conflict(ConflictKind kind, CommitActions winner, string what) =>
        new(kind, winner.Version, $"Version {winner.Version} {what}.");
}
