using Landfall.DuckDb;
using Landfall.Engine.Storage;
using Landfall.Estate;
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
            Acknowledge = Acknowledge,
            CheckpointInterval = checkpointInterval,
            BeforeCommit = batch => store == "ack-first" ? AcknowledgeEarlyAsync(batch) : Task.CompletedTask,
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
        Acknowledge(batch);
        await Task.Delay(20);
    }

    private static void Acknowledge(long batch)
    {
        // The full stop tells a whole line from one that a kill cut short.
        Console.Out.WriteLine($"ACK {batch}.");
        Console.Out.Flush();
    }
}
