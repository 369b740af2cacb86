using Landfall.Delta;
using Landfall.DuckDb;
using Landfall.Estate;
using Landfall.Posix;
using Landfall.Testing.Delta;

namespace Landfall.Engine.Harness;

/// <summary>Ingests batches and says on standard output which are committed.</summary>
internal static class Ingest
{
    public static async Task<int> RunAsync(string table, long batches, long rows, string store, int checkpointInterval)
    {
        IStorageCalls calls = Stores.Calls(store);
        using DuckDbDatabase database = DuckDbDatabase.Open(null, new Dictionary<string, string> { ["threads"] = "1" });
        var writer = new IngestWriter(table, Stores.Open(store, table, calls), calls)
        {
            Acknowledge = batch => Say($"ACK {batch}."),
            Announce = phase => Say($"PHASE {phase}."),
            CheckpointInterval = checkpointInterval,
            OptimizeInterval = 10,
            BeforeCommit = batch => store == "ack-first" ? AcknowledgeEarlyAsync(batch) : Task.CompletedTask,
            Join = store == "two-commits" ? JoinInTwoCommitsAsync : null,
        };
        try
        {
            await writer.RunAsync(database, batches, rows);
            return 0;
        }
        catch (LandfallException e)
        {
            await Console.Error.WriteLineAsync($"{e.Code}: {e.Message}");
            return 1;
        }
    }

    private static async Task AcknowledgeEarlyAsync(long batch)
    {
        Say($"ACK {batch}.");
        // The fault of this store is the time between the word and the deed.
        await Task.Delay(20);
    }

    /// <summary>Takes files away in one commit and gives their rows back in another.</summary>
    private static async Task JoinInTwoCommitsAsync(DeltaTable delta)
    {
        Snapshot snapshot = await delta.LoadAsync(CancellationToken.None);
        Transaction first = delta.Begin(snapshot, "OPTIMIZE");
        foreach (AddFile file in snapshot.Files)
        {
            first.Remove(file, dataChange: false);
        }

        var emptied = (Committed)await first.CommitAsync(CancellationToken.None);
        // The fault of this store is the time between its commits.
        await Task.Delay(5);
        Transaction second = delta.Begin(emptied.Snapshot, "OPTIMIZE");
        foreach (AddFile file in snapshot.Files)
        {
            second.Add(file with { DataChange = false });
        }

        _ = await second.CommitAsync(CancellationToken.None);
    }

    private static void Say(string line)
    {
        // The full stop tells a whole line from one that a kill cut short.
        Console.Out.WriteLine(line);
        Console.Out.Flush();
    }
}
