using Landfall.Delta;
using Landfall.DuckDb;
using Landfall.Engine.DuckDb.Storage;
using Landfall.Estate.Types;
using Landfall.Testing.Delta;

namespace Landfall.Engine.Harness;

/// <summary>Commits to one table as fast as it can, against other writers doing the same.</summary>
internal static class Race
{
    public static async Task<int> RunAsync(string table, string writer, long commits, string store, long seconds)
    {
        using DuckDbDatabase database = DuckDbDatabase.Open(null, new Dictionary<string, string> { ["threads"] = "1" });
        var delta =
            new DeltaTable(
                Stores.Open(store, table, Stores.Calls(store)), new DuckDbParquetIo(database, table),
                TimeProvider.System);
        Snapshot snapshot = await EnsureAsync(delta);
        long started = TimeProvider.System.GetTimestamp();
        TimeSpan longest = TimeSpan.Zero;
        for (long number = 0; number < commits; number++)
        {
            long began = TimeProvider.System.GetTimestamp();
            if (store == "halves")
            {
                snapshot = await CommitAsync(First(delta.Begin(snapshot, "WRITE"), writer, number));
                snapshot = await CommitAsync(Second(delta.Begin(snapshot, "WRITE"), writer, number));
            }
            else
            {
                snapshot = await CommitAsync(
                    Second(First(delta.Begin(snapshot, "WRITE"), writer, number), writer, number));
            }

            Console.Out.WriteLine($"ACK {snapshot.Version} {number}");
            TimeSpan took = TimeProvider.System.GetElapsedTime(began);
            longest = took > longest ? took : longest;
            if (TimeProvider.System.GetElapsedTime(started).TotalSeconds > seconds)
            {
                break;
            }
        }

        Console.Out.WriteLine($"LONGEST {(long)longest.TotalMilliseconds}");
        return 0;
    }

    private static Transaction First(Transaction transaction, string writer, long number)
    {
        transaction.Add(FileOf(RaceCommit.Kept(writer, number)));
        return transaction;
    }

    private static Transaction Second(Transaction transaction, string writer, long number)
    {
        transaction.Add(FileOf(RaceCommit.Last(writer, number)));
        if (number > 0)
        {
            transaction.Remove(transaction.ReadSnapshot!.FindFile(RaceCommit.Last(writer, number - 1))!);
        }

        transaction.SetTransaction(writer, number);
        return transaction;
    }

    private static async Task<Snapshot> CommitAsync(Transaction transaction) =>
        await transaction.CommitAsync(CancellationToken.None) switch
        {
            Committed committed => committed.Snapshot,
            CommitResult other => throw new InvalidOperationException(other.ToString()),
        };

    private static AddFile FileOf(string path) => new()
    {
        Path = path,
        Size = 1,
        ModificationTime = 0,
        Statistics = FileStatistics.Of("{\"numRecords\":1}"),
    };

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
            transaction.SetProperty("delta.checkpointInterval", "500");
            _ = await transaction.CommitAsync(CancellationToken.None);
        }
    }
}
