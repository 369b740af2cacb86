using System.Diagnostics;
using System.Globalization;
using System.Text;
using Landfall.Delta;
using Landfall.DuckDb;
using Landfall.Engine.DuckDb.Storage;
using Landfall.Engine.Lakes;
using Landfall.Engine.Maintenance;
using Landfall.Engine.Running;
using Landfall.Estate.Types;

namespace Landfall.Bench;

/// <summary>
/// The log of tables: snapshots and a checkpoint of 10,000 commits with 100,000 files, beside delta-rs where it is
/// there; durable commits a second by one and by four writers; joining small files beside DuckDB alone. What is
/// measured runs in a process of its own.
/// </summary>
internal static class LogBench
{
    private const int Commits = 10_000;
    private const int FilesPerCommit = 10;
    private const int CommitsPerWriter = 1_000;
    private const int SmallFiles = 400;
    private const int RowsPerSmallFile = 20_000;

    private static readonly TableSchema Schema = new([new("id", DataType.BigInt), new("name", DataType.String)]);

    public static async Task RunAsync(BenchHome home)
    {
        string folder = Path.Combine(home.Folder, "log");
        await MakeAsync(folder);
        Compare(home, "snapshot of 10,000 commits, 100,000 files, no checkpoint", "snapshot", folder);
        Row("checkpoint of 100,000 files", BenchHome.Self("log", "checkpoint", folder).ToString());
        Compare(home, "snapshot of the same with a checkpoint", "snapshot", folder);

        foreach (int writers in new[] { 1, 4 })
        {
            string table = Path.Combine(home.Folder, $"writers-{writers}");
            await CreateAsync(table);
            long start = Stopwatch.GetTimestamp();
            await Task.WhenAll(Enumerable.Range(0, writers).Select(w =>
                Task.Run(() => BenchHome.Self("log", "writer", table))));
            double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            Row($"durable commits by {writers} writer(s), {CommitsPerWriter} each, with start",
                $"{writers * CommitsPerWriter / seconds:F0} a second");
        }

        string small = Path.Combine(home.Folder, "small");
        long bytes = await MakeSmallFilesAsync(small);
        Measurement alone = home.DuckDbAlone(
            $"copy (from read_parquet('{small}/s*/*.parquet')) to '{home.Folder}/joined.parquet' (format parquet)");
        Measurement ours = BenchHome.Self("log", "optimize", small);
        Row($"join {SmallFiles} files, {bytes / 1e6:F0} MB, DuckDB alone", Rate(alone, bytes));
        Row($"join {SmallFiles} files, optimize", Rate(ours, bytes));
        Row("join, ratio optimize / DuckDB", $"{ours.Seconds / alone.Seconds:F2}");
    }

    /// <summary>What a process of its own does; returns the seconds that count.</summary>
    public static async Task<double> RunPartAsync(string part, string folder)
    {
        using DuckDbDatabase database = DuckDbDatabase.Open(null, new Dictionary<string, string> { ["threads"] = "2" });
        DeltaTable table = Open(database, folder);
        Snapshot? snapshot = part == "checkpoint" ? await table.LoadAsync(CancellationToken.None) : null;
        long start = Stopwatch.GetTimestamp();
        switch (part)
        {
            case "snapshot":
                snapshot = await table.LoadAsync(CancellationToken.None);
                Require(snapshot.Files.Length == Commits * FilesPerCommit);
                break;
            case "checkpoint":
                await table.CheckpointAsync(snapshot!, CancellationToken.None);
                break;
            case "writer":
                for (int i = 0; i < CommitsPerWriter; i++)
                {
                    snapshot = await AppendAsync(
                        table, snapshot is null ? await table.LoadAsync(CancellationToken.None) : snapshot);
                }

                break;
            default:
                await new TableOptimizer(
                    folder, table, database, new IdSource(TimeProvider.System, Random.Shared), TimeProvider.System)
                    .RunAsync(new OptimizeOptions(), CancellationToken.None);
                break;
        }

        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static void Compare(BenchHome home, string what, string part, string folder)
    {
        Measurement ours = BenchHome.Self("log", part, folder);
        Row(what, ours.ToString());
        if (home.DeltaRs(folder) is { } theirs)
        {
            Row("  delta-rs", theirs.ToString());
            Row("  ratio Landfall / delta-rs", $"{ours.Seconds / theirs.Seconds:F2}");
        }
    }

    private static async Task CreateAsync(string folder)
    {
        using DuckDbDatabase database = DuckDbDatabase.Open();
        Transaction transaction = Open(database, folder).Begin(null, "CREATE TABLE");
        transaction.SetSchema(Schema, []);
        Require(await transaction.CommitAsync(CancellationToken.None) is Committed);
    }

    /// <summary>A log as many small commits make it; its data files are not there.</summary>
    private static async Task MakeAsync(string folder)
    {
        await CreateAsync(folder);
        for (int version = 1; version <= Commits; version++)
        {
            var text = new StringBuilder(
                $$$"""{"commitInfo":{"timestamp":{{{1_800_000_000_000 + version}}},"operation":"WRITE"}}""")
                .Append('\n');
            for (int i = 0; i < FilesPerCommit; i++)
            {
                text.Append(CultureInfo.InvariantCulture,
                    $$$"""{"add":{"path":"s{{{version}}}/part-{{{Guid.NewGuid()}}}.parquet","partitionValues":{},""");
                text.Append("\"size\":123456,\"modificationTime\":1800000000000,\"dataChange\":true,\"stats\":\"{");
                text.Append("\\\"numRecords\\\":1000,\\\"minValues\\\":{\\\"id\\\":1,\\\"name\\\":\\\"a\\\"},");
                text.Append("\\\"maxValues\\\":{\\\"id\\\":1000,\\\"name\\\":\\\"z\\\"},");
                text.Append("\\\"nullCount\\\":{\\\"id\\\":0,\\\"name\\\":0}}\"}}\n");
            }

            await File.WriteAllTextAsync(Path.Combine(folder, "_delta_log", $"{version:D20}.json"), text.ToString());
        }
    }

    private static async Task<long> MakeSmallFilesAsync(string folder)
    {
        using DuckDbDatabase database = DuckDbDatabase.Open();
        using DuckDbConnection connection = database.Connect();
        await CreateAsync(folder);
        DeltaTable table = Open(database, folder);
        Transaction transaction = table.Begin(await table.LoadAsync(CancellationToken.None), "WRITE");
        long bytes = 0;
        for (int i = 0; i < SmallFiles; i++)
        {
            foreach (DataFile file in DataFileWriter.Write(
                connection, $"select i as id, md5((i + {i})::varchar) as name from range({RowsPerSmallFile}) r(i)",
                Schema, folder, $"s{i}", CancellationToken.None))
            {
                bytes += file.Size;
                transaction.Add(file.ToAddFile(DateTimeOffset.UtcNow));
            }
        }

        Require(await transaction.CommitAsync(CancellationToken.None) is Committed);
        return bytes;
    }

    private static async Task<Snapshot> AppendAsync(DeltaTable table, Snapshot snapshot)
    {
        Transaction transaction = table.Begin(snapshot, "WRITE");
        transaction.Add(new()
        {
            Path = $"part-{Guid.NewGuid()}.parquet",
            Size = 1000,
            ModificationTime = 0,
            Statistics = FileStatistics.Of("{\"numRecords\":1}"),
        });
        return await transaction.CommitAsync(CancellationToken.None) is Committed committed
            ? committed.Snapshot
            : await AppendAsync(table, await table.LoadAsync(CancellationToken.None));
    }

    private static DeltaTable Open(DuckDbDatabase database, string folder) =>
        new(new PosixLogStore(folder), new DuckDbParquetIo(database, folder), TimeProvider.System);

    private static string Rate(Measurement measured, long bytes) => string.Create(
        CultureInfo.InvariantCulture,
        $"{measured}, {bytes / 1e6 / measured.Seconds:F0} MB/s, {SmallFiles / measured.Seconds:F0} files/s");

    private static void Require(bool condition)
    {
        if (!condition)
        {
            throw new InvalidOperationException("The benchmark's table is not what it should be.");
        }
    }

    private static void Row(string what, string figure) => Console.WriteLine($"{what,-58} {figure}");
}
