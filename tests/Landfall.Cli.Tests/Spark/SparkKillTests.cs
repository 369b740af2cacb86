using System.Diagnostics;
using System.Globalization;
using Landfall.Cli.Tests.Estates;
using Landfall.Engine.Spark.Connect;
using Landfall.Testing;

namespace Landfall.Cli.Tests.Spark;

/// <summary>
/// Landfall, the worker that drives Spark, an executor or the Connect server is killed while products are built: the
/// next run gives the tables that DuckDB gives, and nothing of ours runs on at the server. An executor that ends for
/// want of memory is told as such.
/// </summary>
[Collection(SparkCollection.Name)]
public sealed class SparkKillTests(SparkClusterFixture fixture, ITestOutputHelper output)
    : IClassFixture<SparkClusterFixture>
{
    private const int Server = 0;
    private const int FirstWorker = 1;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private static readonly string[] Victims = ["Landfall", "worker", "executor", "server"];

    [Fact]
    public async Task Run_KilledAtRandomMoments_EndsWithTheSameTables()
    {
        Assert.SkipWhen(SparkClusterFixture.Missing is not null, SparkClusterFixture.Missing ?? "");
        TestSeed seed = TestSeed.Fresh();
        output.WriteLine($"{seed}");
        Random random = seed.Generator();
        SparkCluster cluster = fixture.Cluster;
        using SmallEstate right = EvolvingEstate.Create();
        using SmallEstate home = EvolvingEstate.Create();
        SparkPools.Change(home, cluster.Address, cluster.Ui);
        await RunWellAsync(home);
        int met = 0;

        // Every victim is tried in turn, from a random one on.
        int first = random.Next(Victims.Length);
        for (int kill = 0; kill < TestNumbers.Of("LANDFALL_SPARK_KILLS", 3); kill++)
        {
            PutEvents(home, right, kill);
            string victim = Victims[(first + kill) % Victims.Length];
            met += await KillAsync(home, cluster, victim, random) ? 1 : 0;

            await RunWellAsync(home);
            Assert.Equal(0, await cluster.RunningJobsAsync());
        }

        output.WriteLine($"{met} kills met a run at work");
        Assert.NotEqual(0, met);
        await RunWellAsync(right);
        Assert.Empty(await home.DifferencesAsync(right));
    }

    [Fact]
    public async Task Query_BeyondTheMemoryOfAnExecutor_SaysThatItWasLost()
    {
        Assert.SkipWhen(SparkClusterFixture.Missing is not null, SparkClusterFixture.Missing ?? "");
        await using SparkSession session = await SparkSession.OpenAsync(
            SparkAddress.Parse(fixture.Cluster.Address), new() { SessionId = $"{Guid.NewGuid():d}" },
            CancellationToken.None);

        SparkException lost = await Assert.ThrowsAsync<SparkException>(() => session.QueryAsync(
            "select max(length(repeat(cast(id as string), 1500000000))) from range(2)", CancellationToken.None));

        Assert.Equal("LF4337", lost.Code);
        Assert.Equal(lost.Message, lost.Reportable().Message);
        SparkRows after = await session.QueryAsync("select count(*) from range(1000)", CancellationToken.None);
        Assert.Equal(1000L, after.Rows[0][0]);
    }

    /// <summary>A run starts and its victim is killed while Spark works for it, or a little later.</summary>
    private static async Task<bool> KillAsync(SmallEstate home, SparkCluster cluster, string victim, Random random)
    {
        using Process run = home.Start();
        while (!run.HasExited && await cluster.RunningJobsAsync() == 0)
        {
            // A machine with other work takes its time to come there; the run ends in any case.
            await Task.Delay(Pause);
        }

        // The moment of the kill is what is tried.
        await Task.Delay(random.Next(0, 1500));
        bool met = !run.HasExited;
        int which = victim == "server" ? Server : FirstWorker;
        switch (victim)
        {
            case "Landfall":
                run.Kill(entireProcessTree: false);
                break;
            case "worker":
                KillWorkersOf(run);
                break;
            default:
                await cluster.KillAsync(which);
                break;
        }

        await run.WaitForExitAsync();
        if (victim is "executor" or "server")
        {
            await cluster.StartAgainAsync(which);
        }

        return met;
    }

    private static void KillWorkersOf(Process run)
    {
        foreach (string status in Directory.GetDirectories("/proc")
            .Where(d => char.IsAsciiDigit(Path.GetFileName(d)[0])).Select(d => Path.Combine(d, "stat")))
        {
            // pid (name) state parent …
            string[] fields = ReadOrEmpty(status).Split(' ');
            if (fields.Length > 3 && fields[3] == run.Id.ToString(CultureInfo.InvariantCulture))
            {
                Process.Start("kill", ["-9", fields[0]]).WaitForExit();
            }
        }
    }

    private static string ReadOrEmpty(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (IOException)
        {
            return "";
        }
    }

    private static void PutEvents(SmallEstate home, SmallEstate right, int kill)
    {
        string rows = string.Join('\n', Enumerable.Range(0, 200).Select(i => string.Create(
            CultureInfo.InvariantCulture,
            $"{1000 + (kill * 1000) + i},2026-0{1 + (kill % 9)}-{1 + (i % 28):00}T10:00:00Z,{"ab"[i % 2]},{i},n,x")));
        foreach (SmallEstate each in new[] { home, right })
        {
            each.Put($"events/kill-{kill}.csv", $"id,sold_at,item,qty,note,extra\n{rows}\n");
        }
    }

    private static async Task RunWellAsync(SmallEstate home)
    {
        CliResult result = await home.TryAsync("run");
        Assert.True(result.ExitCode == 0, result.Error + result.Output);
    }
}
