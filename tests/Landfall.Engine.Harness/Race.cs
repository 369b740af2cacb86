using Landfall.Delta;
using Landfall.DuckDb;
using Landfall.Engine.Storage;
using Landfall.Estate.Types;
using Landfall.Testing.Delta;

namespace Landfall.Engine.Harness;

/// <summary>Appends to one table as fast as it can, against other writers doing the same.</summary>
internal static class Race
{
    public static async Task<int> RunAsync(string table, string writer, long commits, string store)
    {
        using DuckDbDatabase database = DuckDbDatabase.Open(null, new Dictionary<string, string> { ["threads"] = "1" });
        var delta =
            new DeltaTable(
                Stores.Open(store, table, Stores.Calls(store)), new DuckDbParquetIo(database, table),
                TimeProvider.System);
        Snapshot snapshot = await EnsureAsync(delta);
        long longest = 0;
        for (long number = 0; number < commits;)
        {
            long started = TimeProvider.System.GetTimestamp();
            Transaction transaction = delta.Begin(snapshot, "WRITE");
            transaction.Add(new()
            {
                Path = $"{writer}/{number}.parquet",
                Size = 1,
                ModificationTime = 0,
                Statistics = FileStatistics.Of("{\"numRecords\":1}"),
            });
            transaction.SetTransaction(writer, number);
            CommitResult result;
            do
            {
                result = await transaction.CommitAsync(CancellationToken.None);
            }
            while (result is Retryable);

            if (result is not Committed committed)
            {
                await Console.Error.WriteLineAsync(result.ToString());
                return 1;
            }

            snapshot = committed.Snapshot;
            Console.Out.WriteLine($"ACK {committed.Version} {number}");
            longest = Math.Max(longest, (long)TimeProvider.System.GetElapsedTime(started).TotalMilliseconds);
            number++;
        }

        Console.Out.WriteLine($"LONGEST {longest}");
        return 0;
    }

    /// <summary>Whoever comes first makes the table.</summary>
    private static async Task<Snapshot> EnsureAsync(DeltaTable delta)
    {
        while (true)
        {
            if (await delta.TryLoadAsync(null, CancellationToken.None) is { } snapshot)
            {
                return snapshot;
            }

            Transaction transaction = delta.Begin(null, "CREATE TABLE");
            transaction.SetSchema(new([new("x", DataType.BigInt)]), []);
            transaction.SetProperty("delta.checkpointInterval", "1000");
            _ = await transaction.CommitAsync(CancellationToken.None);
        }
    }
}
