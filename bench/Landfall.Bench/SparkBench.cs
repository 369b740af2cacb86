using System.Diagnostics;
using System.Text.Json.Nodes;
using Landfall.Engine.Spark.Connect;

namespace Landfall.Bench;

/// <summary>
/// The same ingest and product on DuckDB and on Spark, on the same machine from the same files, and what a step on
/// Spark costs whatever it moves. Asks the Spark of the variable <c>LANDFALL_SPARK</c>, an address; none without it.
/// </summary>
internal static class SparkBench
{
    private const string Variable = "LANDFALL_SPARK";
    private const string Ingest = "operations.service_telemetry.usage_event";
    private const string Product = "operations.service_usage.usage_by_day";
    private const string Small = "operations.cloud_service_recommender.account_profile";
    private const int Calls = 20;

    public static async Task RunAsync(BenchHome home)
    {
        if (Environment.GetEnvironmentVariable(Variable) is not { Length: > 0 } address)
        {
            await Console.Error.WriteLineAsync($"spark: left out, since {Variable} has no address, as sc://localhost.");
            return;
        }

        string estate = EstateOf(home, address);
        home.Landfall(
            "demo", "sources", "--scale", home.ScaleText, "--seed", "1", "--days", $"{home.Size.Days}",
            "--from", "2026-06-02");
        string[] all = ["run", "--select", "+service-usage", "--select", "+account_profile"];
        home.Landfall(all);
        JsonNode duckDb = Steps(home, []);
        using LakeRows rows = new();
        await KeepAsync(home, rows);
        JsonNode cold = Steps(home, ["--estate", estate]);
        JsonNode warm = home.Size.IsTiny ? cold : Steps(home, ["--estate", estate]);
        foreach ((string name, string step) in
            new[] { ("ingest", Ingest), ("product", Product), ("small step", Small) })
        {
            Report(home, name, Seconds(duckDb, step), Seconds(cold, step), Seconds(warm, step));
        }

        foreach ((string name, string table) in new[] { ("ingest", Ingest), ("product", Product) })
        {
            string built = await rows.ScanAsync(Folder(home, table));
            BenchHome.Require(rows.Agree(built, Kept(home, table)), $"the rows of {name} that DuckDB gives");
            Row(home, $"{name}, rows of both alike", $"{rows.Count(built):N0}");
        }

        await ClientAsync(home, address);
    }

    private static async Task KeepAsync(BenchHome home, LakeRows rows)
    {
        foreach (string table in new[] { Ingest, Product })
        {
            rows.Keep(await rows.ScanAsync(Folder(home, table)), Kept(home, table));
        }
    }

    /// <summary>Everything is built anew: what was there is no shortcut.</summary>
    private static JsonNode Steps(BenchHome home, string[] more)
    {
        home.Landfall(
            ["run", "--select", Ingest, "--select", Product, "--select", Small, "--full-refresh", .. more]);
        return home.LastRun();
    }

    private static void Report(BenchHome home, string name, double duckDb, double cold, double warm)
    {
        Row(home, $"{name}, DuckDB", $"{duckDb:F2} s");
        Row(home, $"{name}, Spark, cold", $"{cold:F2} s");
        Row(home, $"{name}, Spark, warm", $"{warm:F2} s");
        Row(home, $"{name}, ratio Spark warm / DuckDB", $"{warm / duckDb:F2}");
    }

    private static async Task ClientAsync(BenchHome home, string address)
    {
        await using SparkSession session = await SparkSession.OpenAsync(
            SparkAddress.Parse(address), new() { SessionId = $"{Guid.NewGuid():d}" }, CancellationToken.None);
        Row(home, "client, a bare call", await MillisecondsAsync(
            home, () => session.SettingAsync("spark.sql.ansi.enabled", CancellationToken.None)));
        Row(home, "client, select 1, warm", await MillisecondsAsync(
            home, () => session.QueryAsync("select 1", CancellationToken.None)));
        int folder = 0;
        Row(home, "client, 1,000 rows written, warm", await MillisecondsAsync(
            home, () => session.WriteAsync(
                new("select id from range(1000)", Path.Combine(home.Folder, $"written-{folder++}")), null,
                CancellationToken.None)));
    }

    private static async Task<string> MillisecondsAsync(BenchHome home, Func<Task> call)
    {
        int calls = home.Size.IsTiny ? 2 : Calls;
        List<double> taken = [];
        for (int i = 0; i < calls; i++)
        {
            long began = Stopwatch.GetTimestamp();
            await call();
            taken.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }

        taken.Sort();
        return $"{taken[taken.Count / 2]:F1} ms, the median of {calls}";
    }

    /// <summary>Relecloud, operations' pools on the Spark.</summary>
    private static string EstateOf(BenchHome home, string address)
    {
        string folder = Path.Combine(home.Folder, "estate-spark");
        string from = Path.Combine(home.Root, "estates", "relecloud");
        foreach (string file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            string target = Path.Combine(folder, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }

        Change(Path.Combine(folder, "operations", "zone.yaml"), "engine: duckdb",
            $"engine: spark, spark: {{ address: \"{address}\", cores: 2 }}");
        Change(Path.Combine(folder, "management", "zone.yaml"), "egress:\n",
            $"egress:\n  - {{ name: spark, host: {SparkAddress.Parse(address).Host} }}\n");
        return folder;
    }

    private static void Change(string file, string from, string to) =>
        File.WriteAllText(file, File.ReadAllText(file).Replace(from, to, StringComparison.Ordinal));

    private static double Seconds(JsonNode run, string step) =>
        (double)run["steps"]!.AsArray().Single(s => (string?)s!["step"] == step)!["seconds"]!;

    private static string Kept(BenchHome home, string table) => Path.Combine(home.Folder, table + ".parquet");

    private static string Folder(BenchHome home, string table)
    {
        string[] parts = table.Split('.');
        return Path.Combine(home.Lake, parts[0], table == Ingest ? "enriched" : "curated", parts[1], parts[2]);
    }

    private static void Row(BenchHome home, string what, string figure) =>
        Console.WriteLine($"scale {home.ScaleText,-5} {what,-46} {figure}");
}
