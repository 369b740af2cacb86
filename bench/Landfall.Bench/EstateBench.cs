using System.Globalization;
using System.Text.Json.Nodes;

namespace Landfall.Bench;

/// <summary>
/// Ingest, product and incremental day of Relecloud against DuckDB alone on the same files with the same SQL, in one
/// run.
/// Landfall's times are those of its steps; process start, checks, raw copy and commit are in them. Both must have the
/// same rows.
/// </summary>
internal static class EstateBench
{
    // The same data whenever it runs.
    private const string FirstDay = "2026-06-02";
    private const string Product = "billing.revenue_by_service.revenue_by_account_service";

    /// <summary>What the product is built from.</summary>
    private static readonly string[] Inputs = ["--select", "+revenue-by-service", "--exclude", "revenue-by-service"];

    public static async Task RunAsync(BenchHome home, bool incremental)
    {
        home.Landfall(
            "demo", "sources", "--scale", home.ScaleText, "--seed", "1", "--days", $"{home.Size.Days}",
            "--from", FirstDay);
        using LakeRows rows = new();
        await IngestAsync(home, rows);
        await RevenueAsync(home, rows);
        if (incremental)
        {
            await IncrementalAsync(home, rows);
        }
    }

    private static async Task IngestAsync(BenchHome home, LakeRows rows)
    {
        string files = Path.Combine(home.Folder, "sources", "telemetry", "**", "*.jsonl.gz");
        string output = Path.Combine(home.Folder, "baseline.parquet");
        Measurement alone = home.DuckDbAlone(
            "copy (select event_id, event_time, account_id, service_id, region, meter, quantity, unit from read_json("
            + $"'{files}', format = 'newline_delimited', ignore_errors = true, columns = {{event_id: 'VARCHAR', "
            + "event_time: 'TIMESTAMPTZ', account_id: 'VARCHAR', service_id: 'VARCHAR', region: 'VARCHAR', "
            + "meter: 'VARCHAR', "
            + $"quantity: 'DECIMAL(18,3)', unit: 'VARCHAR'}})) to '{output}' (format parquet)");
        JsonNode run = RunSteps(home, "service-telemetry");
        double land = Seconds(run, "operations.service_telemetry");
        double enrich = Seconds(run, "operations.service_telemetry.usage_event");
        Row(home, "ingest, DuckDB alone", alone.ToString());
        Row(home, "ingest, raw copy and gzip check", $"{land:F2} s");
        Row(home, "ingest, raw to enriched",
            $"{enrich:F2} s, peak {Peak(home, "operations.service_telemetry.usage_event") / 1e6:F0} MB");
        Row(home, "ingest, ratio DuckDB / Landfall",
            $"{alone.Seconds / (land + enrich):F2}; without the raw copy {alone.Seconds / enrich:F2}");

        string table = await rows.ScanAsync(Folder(home, "operations.service_telemetry.usage_event"));
        long quarantined = rows.Count(
            await rows.ScanAsync(Folder(home, "operations.service_telemetry.usage_event__quarantine")));
        BenchHome.Require(
            rows.Agree(table, output, quarantined), "each row that DuckDB alone reads, but those quarantined");
        Row(home, "ingest, rows as DuckDB alone reads them", $"{rows.Count(table):N0}, {quarantined:N0} quarantined");
    }

    private static async Task RevenueAsync(BenchHome home, LakeRows rows)
    {
        home.Landfall(["run", .. Inputs]);
        string sql = home.Landfall("compile", Product);
        foreach (string table in new[] { "billing.invoices.invoice_line", "operations.service_telemetry.usage_event",
            "operations.cloud_accounts.service" })
        {
            sql = sql.Replace(table, $"read_parquet('{Folder(home, table)}/s*/*.parquet')", StringComparison.Ordinal);
        }

        string output = Path.Combine(home.Folder, "revenue.parquet");
        Measurement alone = home.DuckDbAlone($"copy ({sql}) to '{output}' (format parquet)");
        double ours = Seconds(RunSteps(home, Product), Product);
        Row(home, "revenue by account, DuckDB alone", alone.ToString());
        Row(home, "revenue by account, Landfall", $"{ours:F2} s, peak {Peak(home, Product) / 1e6:F0} MB");
        Row(home, "revenue by account, ratio Landfall / DuckDB", $"{ours / alone.Seconds:F2}");

        string built = await rows.ScanAsync(Folder(home, Product));
        BenchHome.Require(rows.Agree(built, output), "the rows that DuckDB alone has");
        Row(home, "revenue by account, rows as DuckDB alone", $"{rows.Count(built):N0}");
    }

    private static async Task IncrementalAsync(BenchHome home, LakeRows rows)
    {
        home.Landfall("demo", "sources", "--days", "1");
        home.Landfall(["run", .. Inputs]);
        double day = Seconds(RunSteps(home, Product), Product);
        string kept = Path.Combine(home.Folder, "by-month.parquet");
        rows.Keep(await rows.ScanAsync(Folder(home, Product)), kept);
        double whole = Seconds(RunSteps(home, Product, "--full-refresh"), Product);
        Row(home, "one more day, by month", $"{day:F2} s");
        Row(home, "one more day, whole", $"{whole:F2} s");
        Row(home, "one more day, ratio by month / whole", $"{day / whole:F2}");

        string table = await rows.ScanAsync(Folder(home, Product));
        BenchHome.Require(rows.Agree(table, kept), "the same rows by month and whole");
        Row(home, "one more day, rows by month as whole", $"{rows.Count(table):N0}");
    }

    private static string Folder(BenchHome home, string table)
    {
        string[] parts = table.Split('.');
        return Path.Combine(home.Lake, parts[0], table == Product ? "curated" : "enriched", parts[1], parts[2]);
    }

    private static JsonNode RunSteps(BenchHome home, string selector, params string[] more)
    {
        home.Landfall(["run", "--select", selector, .. more]);
        return home.LastRun();
    }

    private static double Seconds(JsonNode run, string step) =>
        (double)run["steps"]!.AsArray().Single(s => (string?)s!["step"] == step)!["seconds"]!;

    private static long Peak(BenchHome home, string step) => long.Parse(
        home.Landfall(
            "query", "--format", "csv",
            $"select max(max_resident_bytes) as peak from management.platform.meters where table_name = '{step}'")
            .Trim().Split('\n')[^1].Trim(),
        CultureInfo.InvariantCulture);

    private static void Row(BenchHome home, string what, string figure) =>
        Console.WriteLine($"scale {home.ScaleText,-5} {what,-46} {figure}");
}
