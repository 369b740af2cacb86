using System.Diagnostics;
using System.Globalization;
using Landfall.Cli.Tests.Estates;
using Landfall.Testing;

namespace Landfall.Cli.Tests.Spark;

/// <summary>A step that is stopped stops at the server, too.</summary>
[Collection(SparkCollection.Name)]
public sealed class SparkStopTests
{
    /// <summary>Some 10^10 triples, an hour or so: it ends by being stopped.</summary>
    private const string Endless = """
        select @month(event.sold_at) as month, 'n' as name, sum(case when a.id > b.id then 1 else 0 end) as qty
        from ops.inbox.event as event
        cross join ops.inbox.event as a
        cross join ops.inbox.event as b
        group by @month(event.sold_at)
        """;

    /// <summary>
    /// A task of Spark sees that it shall end where it reads: by default once in 4,096 rows, with this at each. Until
    /// it does, it keeps a core from the tests after this one.
    /// </summary>
    private const string Attentive = "spark.sql.parquet.enableVectorizedReader: \"false\"";

    /// <summary>What else a step asks of Spark takes less.</summary>
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(5);

    [SparkFact]
    public async Task Run_PastThePoolsTimeout_FailsAndNothingRunsOn()
    {
        SharedSparkServer server = await SharedSparkServer.GetAsync();
        using SmallEstate home = Create(server, "20s");

        CliResult result = await home.TryAsync("run");

        Assert.Equal(ExitCodes.Failure, result.ExitCode);
        Assert.Contains("LF4242", result.Output + result.Error, StringComparison.Ordinal);
        await AssertIdleAsync(server);
    }

    [SparkFact]
    public async Task Run_Stopped_LeavesNothingRunning()
    {
        SharedSparkServer server = await SharedSparkServer.GetAsync();
        using SmallEstate home = Create(server, "1h");
        using Process run = home.Start();
        await Eventually.TrueAsync(async () => run.HasExited || await RunningAsync(server) > 0);

        using Process signal =
            Process.Start("kill", ["-INT", run.Id.ToString(CultureInfo.InvariantCulture)]);
        await run.WaitForExitAsync();

        Assert.Equal(130, run.ExitCode);
        await AssertIdleAsync(server);
    }

    [SparkFact]
    public async Task Run_KilledThenAgain_EndsWhatTheFirstLeftRunning()
    {
        SharedSparkServer server = await SharedSparkServer.GetAsync();
        Assert.SkipWhen(server.Rest is null, "It is not known where the REST interface of the server is.");
        using SmallEstate home = Create(server, "1h");
        using Process run = home.Start();
        await Eventually.TrueAsync(async () => run.HasExited || await RunningAsync(server, Long) > 0);
        run.Kill(entireProcessTree: true);
        await run.WaitForExitAsync();
        Assert.NotEqual(0, await RunningAsync(server));

        home.Write(EvolvingEstate.DailySql, """
            select @month(event.sold_at) as month, 'n' as name, sum(event.qty) as qty
            from ops.inbox.event as event
            group by @month(event.sold_at)
            """);
        CliResult result = await home.TryAsync("run");

        Assert.True(result.ExitCode == 0, result.Error + result.Output);
        await AssertIdleAsync(server);
        string[] lost = [.. (await home.RowsAsync("management.platform.meters"))
            .Where(m => m.Contains("'killed': true", StringComparison.Ordinal)
                && m.Contains("'estimated': false", StringComparison.Ordinal))];
        Assert.Single(lost);
    }

    private static SmallEstate Create(SharedSparkServer server, string timeout)
    {
        SmallEstate home = EvolvingEstate.Create();
        SparkPools.Change(home, server.Address, server.Rest, timeout, Attentive);
        string rows = string.Join('\n', Enumerable.Range(0, 3000).Select(i => string.Create(
            CultureInfo.InvariantCulture, $"{i + 100},2026-01-05T10:00:00Z,a,1,n,x")));
        home.Put("events/many.csv", $"id,sold_at,item,qty,note,extra\n{rows}\n");
        home.Write(EvolvingEstate.DailySql, Endless);
        string product = Path.Combine(home.EstateFolder, "ops/products/daily/product.yaml");
        string text = File.ReadAllText(product);
        File.WriteAllText(product, text[..text.IndexOf("    incremental:", StringComparison.Ordinal)]);
        return home;
    }

    private static async Task AssertIdleAsync(SharedSparkServer server)
    {
        if (server.Rest is not null)
        {
            await Eventually.TrueAsync(async () => await RunningAsync(server) == 0);
        }
    }

    private static Task<int> RunningAsync(SharedSparkServer server, TimeSpan since = default) =>
        server.Rest is { } rest ? SparkJobs.RunningAsync(rest, since) : Task.FromResult(0);
}
