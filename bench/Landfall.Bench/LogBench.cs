using System.Diagnostics;
using Landfall.Delta;
using Landfall.DuckDb;
using Landfall.Engine.Storage;
using Landfall.Estate.Types;

namespace Landfall.Bench;

/// <summary>Commits a second, and replaying a log of 10,000 commits without and with its checkpoints.</summary>
internal static class LogBench
{
    private const int Commits = 10_000;
    private static readonly DuckDbDatabase Database = DuckDbDatabase.Open();

    public static async Task RunAsync(BenchHome home)
    {
        string folder = Path.Combine(home.Folder, "log");
        TableSchema schema = new([new("id", DataType.BigInt)]);
        DeltaTable table = Open(folder);
        Snapshot? snapshot = null;
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < Commits; i++)
        {
            Transaction transaction = table.Begin(snapshot, "WRITE");
            if (snapshot is null)
            {
                transaction.SetSchema(schema, []);
            }

            transaction.Add(new()
            {
                Path = $"part-{i:D5}.parquet",
                Size = 1000,
                ModificationTime = 0,
                Statistics = FileStatistics.Of("{\"numRecords\":1}"),
            });
            snapshot = ((Committed)await transaction.CommitAsync(CancellationToken.None)).Snapshot;
        }

        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        Row("durable commits by one writer", $"{Commits / seconds:F0} a second");
        Row("replay of 10,000 commits with checkpoints", $"{await ReplayAsync(folder):F3} s");
        foreach (string file in Directory.GetFiles(Path.Combine(folder, "_delta_log"), "*checkpoint*"))
        {
            File.Delete(file);
        }

        Row("replay of 10,000 commits without checkpoints", $"{await ReplayAsync(folder):F3} s");
    }

    private static async Task<double> ReplayAsync(string folder)
    {
        long start = Stopwatch.GetTimestamp();
        Snapshot snapshot = await Open(folder).LoadAsync(CancellationToken.None);
        return snapshot.Files.Length == Commits
            ? Stopwatch.GetElapsedTime(start).TotalSeconds
            : throw new InvalidOperationException($"{snapshot.Files.Length} files instead of {Commits}.");
    }

    private static DeltaTable Open(string folder) =>
        new(new PosixLogStore(folder), new DuckDbParquetIo(Database, folder), TimeProvider.System);

    private static void Row(string what, string figure) => Console.WriteLine($"{what,-58} {figure}");
}
