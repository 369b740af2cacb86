using System.Globalization;
using Landfall.Cli.Tests.Estates;
using Landfall.Engine.Spark.Connect;
using Landfall.Testing;

namespace Landfall.Cli.Tests.Spark;

/// <summary>Relecloud with operations' pools on Spark: the same tables, row for row.</summary>
[Collection(SparkCollection.Name)]
public sealed class SparkRelecloudTests(ITestOutputHelper output)
{
    private const int Days = 40;

    [SparkFact]
    public async Task Run_OperationsOnSpark_GivesTheTablesOfDuckDbAndOthersReadThem()
    {
        SharedSparkServer server = await SharedSparkServer.GetAsync();
        await using DemoHome right = new();
        await right.MakeSourcesAsync(Days);
        await right.RunAsync("run");
        await using DemoHome home = await HomeAsync(server);

        await home.RunAsync("run");
        await home.AssertEqualsTruthAsync();

        foreach (DemoHome each in new[] { right, home })
        {
            await each.RunAsync("demo", "sources", "--days", "3");
            await each.RunAsync("run");
        }

        await home.AssertEqualsTruthAsync();
        await AssertSameAsync(right, home);
        await home.RunAsync("verify", "--all");
        await AssertReadByDeltaAsync(server, home, "enriched/service_telemetry/usage_event");
        await AssertReadByDeltaAsync(server, home, "curated/service_usage/usage_by_day");
        await AssertMeteredAsync(server, home);
    }

    private static async Task<DemoHome> HomeAsync(SharedSparkServer server)
    {
        string estate = Directory.CreateTempSubdirectory("landfall-estate-").FullName;
        SparkPools.WriteRelecloud(estate, server.Address, server.Rest);
        DemoHome home = new(estate);
        await home.MakeSourcesAsync(Days);
        return home;
    }

    /// <summary>
    /// Every table that comes from Spark, or from what does; when rows were quarantined, and in which line, differs.
    /// </summary>
    private static async Task AssertSameAsync(DemoHome right, DemoHome home)
    {
        string[] tables =
        [
            .. (await right.RunAsync("status", "--format", "csv")).Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Skip(1).Select(l => l.Split(',')[0])
                .Where(t => t.StartsWith("operations.", StringComparison.Ordinal)
                    || t.Contains("revenue", StringComparison.Ordinal)),
        ];
        Assert.Contains("operations.service_telemetry.usage_event", tables);
        foreach (string table in tables)
        {
            Assert.Equal(await RowsAsync(right, table), await RowsAsync(home, table));
        }
    }

    private static async Task<string[]> RowsAsync(DemoHome home, string table)
    {
        string columns = table.EndsWith("__quarantine", StringComparison.Ordinal)
            ? "* exclude (_row, quarantined_at)" : "*";
        CliResult result = await home.TryAsync(null, "query", "--format", "csv", $"select {columns} from {table}");
        return result.ExitCode == 0
            ? [.. result.Output.Split('\n').Order(StringComparer.Ordinal)]
            : [result.Error.Split(':')[0]];
    }

    /// <summary>
    /// Delta Lake's own reader counts and adds up the same, knows the versions, and writes to a copy what Landfall
    /// reads.
    /// </summary>
    private static async Task AssertReadByDeltaAsync(SharedSparkServer server, DemoHome home, string path)
    {
        string copy = Directory.CreateTempSubdirectory("landfall-copy-").FullName;
        try
        {
            EstateCopy.Whole(Path.Combine(home.Lake, "operations", path), Path.Combine(copy, "t"));
            string table = $"delta.`{copy}/t`";
            await using SparkSession session = await SparkSession.OpenAsync(
                SparkAddress.Parse(server.Address), new() { SessionId = $"{Guid.NewGuid():d}" },
                CancellationToken.None);
            string[] parts = path.Split('/');
            const string Sums = "count(*) as n, cast(sum(quantity) as string) as q, count(distinct account_id) as a";
            Dictionary<string, string?> ours = (await home.QueryAsync(
                $"select {Sums} from operations.{parts[1]}.{parts[2]}"))[0];

            SparkRows theirs = await session.QueryAsync($"select {Sums} from {table}", CancellationToken.None);
            SparkRows first = await session.QueryAsync(
                $"select count(*) from {table} version as of 0", CancellationToken.None);
            SparkRows last = await session.QueryAsync(
                $"select count(*) from {table} version as of 1", CancellationToken.None);
            await Assert.ThrowsAsync<SparkException>(() => session.QueryAsync(
                $"select count(*) from {table} version as of 2", CancellationToken.None));
            await session.ExecuteAsync($"describe history {table}", CancellationToken.None);
            await session.ExecuteAsync(
                $"merge into {table} t using (select * from {table} limit 1) s on t.account_id = s.account_id "
                + "when matched then delete", CancellationToken.None);
            await session.ExecuteAsync($"insert into {table} select * from {table} version as of 0 limit 10",
                CancellationToken.None);
            SparkRows after = await session.QueryAsync($"select count(*) from {table}", CancellationToken.None);

            Assert.Equal(long.Parse(ours["n"]!, CultureInfo.InvariantCulture), theirs.Rows[0][0]);
            Assert.Equal(
                decimal.Parse(ours["q"]!, CultureInfo.InvariantCulture),
                decimal.Parse((string)theirs.Rows[0][1]!, CultureInfo.InvariantCulture));
            Assert.Equal(long.Parse(ours["a"]!, CultureInfo.InvariantCulture), theirs.Rows[0][2]);
            Assert.True((long)first.Rows[0][0]! < (long)theirs.Rows[0][0]!);
            Assert.Equal(theirs.Rows[0][0], last.Rows[0][0]);
            string[] read = (await home.RunAsync("delta", "show", $"{copy}/t", "--format", "csv", "--limit", "1000000"))
                .Split('\n', StringSplitOptions.RemoveEmptyEntries);
            Assert.Equal((long)after.Rows[0][0]!, read.Length - 1);
            string check = await home.RunAsync(
                "delta", "check", Path.Combine(home.Lake, "operations", path), "--deep", "--format", "csv");
            Assert.DoesNotContain(
                check.Split('\n').Skip(1), l => l.Length > 0 && !l.StartsWith("note,", StringComparison.Ordinal));
        }
        finally
        {
            Directory.Delete(copy, recursive: true);
        }
    }

    /// <summary>Each step on Spark has a row for its worker and one for Spark, whose executors were asked.</summary>
    private async Task AssertMeteredAsync(SharedSparkServer server, DemoHome home)
    {
        List<Dictionary<string, string?>> rows = await home.QueryAsync(
            "select estimated, count(*) as n, sum(cpu_user_seconds) as cpu, sum(read_bytes) as bytes "
            + "from management.platform.meters where engine = 'spark' and estimated is not null group by estimated");
        Dictionary<string, string?> spark = Assert.Single(rows);
        output.WriteLine($"Spark: {spark["n"]} sessions, {spark["cpu"]} s of executors, {spark["bytes"]} bytes read");
        Assert.Equal(server.Rest is null ? "True" : "False", spark["estimated"], ignoreCase: true);
        Assert.True(double.Parse(spark["cpu"]!, CultureInfo.InvariantCulture) > 0);
    }
}
