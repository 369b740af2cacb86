using System.Diagnostics;
using System.Globalization;
using System.Text;
using Landfall.Delta;
using Landfall.DuckDb;
using Landfall.Engine.DuckDb;
using Landfall.Engine.DuckDb.Storage;
using Landfall.Engine.Engines;
using Landfall.Engine.Lakes;
using Landfall.Engine.Maintenance;
using Landfall.Estate.Types;

namespace Landfall.Bench;

/// <summary>
/// The log of tables: snapshots and a checkpoint of many commits with ten times as many files, beside delta-rs where it
/// is there; durable commits a second by one and by four writers; joining small files beside DuckDB alone. What is
/// measured runs in a process of its own.
/// </summary>
internal static class LogBench
{
    private const int FilesPerCommit = 10;

    private static readonly TableSchema Schema = new([new("id", DataType.BigInt), new("name", DataType.String)]);

    public static async Task RunAsync(BenchHome home)
    {
        BenchSize size = home.Size;
        int files = size.Commits * FilesPerCommit;
        string folder = Path.Combine(home.Folder, "log");
        await MakeAsync(folder, size.Commits);
        Compare(home, $"snapshot of {size.Commits:N0} commits, {files:N0} files, no checkpoint", "snapshot", folder);
        Row($"checkpoint of {files:N0} files", home.Self("log", "checkpoint", folder).ToString());
        Compare(home, "snapshot of the same with a checkpoint", "snapshot", folder);

        foreach (int writers in new[] { 1, 4 })
        {
            string table = Path.Combine(home.Folder, $"writers-{writers}");
            await CreateAsync(table);
            long start = Stopwatch.GetTimestamp();
            await Task.WhenAll(Enumerable.Range(0, writers).Select(w =>
                Task.Run(() => home.Self("log", "writer", table))));
            double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            Row($"durable commits by {writers} writer(s), {size.CommitsPerWriter} each, with start",
                $"{writers * size.CommitsPerWriter / seconds:F0} a second");
            await RequireCommitsAsync(table, writers * size.CommitsPerWriter);
        }

        await JoinAsync(home);
    }

    private static async Task JoinAsync(BenchHome home)
    {
        int files = home.Size.SmallFiles;
        string small = Path.Combine(home.Folder, "small");
        long bytes = await MakeSmallFilesAsync(small, home.Size);
        string joined = Path.Combine(home.Folder, "joined.parquet");
        Measurement alone = home.DuckDbAlone(
            $"copy (from read_parquet('{small}/s*/*.parquet')) to '{joined}' (format parquet)");
        Measurement ours = home.Self("log", "optimize", small);
        Row($"join {files} files, {bytes / 1e6:F0} MB, DuckDB alone", Rate(alone, bytes, files));
        Row($"join {files} files, optimize", Rate(ours, bytes, files));
        Row("join, ratio optimize / DuckDB", $"{ours.Seconds / alone.Seconds:F2}");
        using LakeRows rows = new();
        string table = await rows.ScanAsync(small);
        BenchHome.Require(rows.Agree(table, joined), "the same rows joined by both");
        Row("join, rows as DuckDB joined them", $"{rows.Count(table):N0}");
    }

    private static async Task RequireCommitsAsync(string folder, int commits)
    {
        using DuckDbDatabase database = DuckDbDatabase.Open();
        Snapshot snapshot = await Open(database, folder).LoadAsync(CancellationToken.None);
        BenchHome.Require(
            snapshot.Version == commits && snapshot.Files.Length == commits, $"{commits} commits of a file each");
    }

    /// <summary>What a process of its own does; returns the seconds that count.</summary>
    public static async Task<double> RunPartAsync(BenchSize size, string part, string folder)
    {
        using DuckDbDatabase database = DuckDbDatabase.Open(null, new Dictionary<string, string> { ["threads"] = "2" });
        DeltaTable table = Open(database, folder);
        Snapshot? snapshot = part == "checkpoint" ? await table.LoadAsync(CancellationToken.None) : null;
        long start = Stopwatch.GetTimestamp();
        switch (part)
        {
            case "snapshot":
                snapshot = await table.LoadAsync(CancellationToken.None);
                BenchHome.Require(snapshot.Files.Length == size.Commits * FilesPerCommit, "every file");
                break;
            case "checkpoint":
                await table.CheckpointAsync(snapshot!, CancellationToken.None);
                break;
            case "writer":
                for (int i = 0; i < size.CommitsPerWriter; i++)
                {
                    snapshot = await AppendAsync(
                        table, snapshot is null ? await table.LoadAsync(CancellationToken.None) : snapshot);
                }

                break;
            default:
                using (DuckDbLocalEngine engine = new())
                {
                    IdSource ids = new(TimeProvider.System, Random.Shared);
                    await new TableOptimizer(folder, table, engine, ids, TimeProvider.System)
                        .RunAsync(new OptimizeOptions(), CancellationToken.None);
                }

                break;
        }

        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static void Compare(BenchHome home, string what, string part, string folder)
    {
        Measurement ours = home.Self("log", part, folder);
        Row(what, ours.ToString());
        if (home.DeltaRs(folder, home.Size.Commits * FilesPerCommit) is { } theirs)
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
        BenchHome.Require(await transaction.CommitAsync(CancellationToken.None) is Committed, "a new table");
    }

    /// <summary>A log as many small commits make it; its data files are not there.</summary>
    private static async Task MakeAsync(string folder, int commits)
    {
        await CreateAsync(folder);
        for (int version = 1; version <= commits; version++)
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

    private static async Task<long> MakeSmallFilesAsync(string folder, BenchSize size)
    {
        using DuckDbDatabase database = DuckDbDatabase.Open();
        using DuckDbConnection connection = database.Connect();
        await CreateAsync(folder);
        DeltaTable table = Open(database, folder);
        Transaction transaction = table.Begin(await table.LoadAsync(CancellationToken.None), "WRITE");
        long bytes = 0;
        for (int i = 0; i < size.SmallFiles; i++)
        {
            foreach (DataFile file in DataFileWriter.Write(
                connection, $"select i as id, md5((i + {i})::varchar) as name from range({size.RowsPerSmallFile}) r(i)",
                Schema, folder, $"s{i}", CancellationToken.None))
            {
                bytes += file.Size;
                transaction.Add(file.ToAddFile(DateTimeOffset.UtcNow));
            }
        }

        BenchHome.Require(await transaction.CommitAsync(CancellationToken.None) is Committed, "small files");
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

    private static string Rate(Measurement measured, long bytes, int files) => string.Create(
        CultureInfo.InvariantCulture,
        $"{measured}, {bytes / 1e6 / measured.Seconds:F0} MB/s, {files / measured.Seconds:F0} files/s");

    private static void Row(string what, string figure) => Console.WriteLine($"{what,-58} {figure}");
}
