using System.Diagnostics;
using Landfall.Engine.Spark.Connect;

namespace Landfall.Engine.Spark.Tests.Connect;

/// <summary>The server is stopped for half a minute in the middle of a statement.</summary>
[Collection(SparkCollection.Name)]
public sealed class StoppedServerTests(SparkFixture spark)
{
    private static readonly TimeSpan Stop = TimeSpan.FromSeconds(30);

    [SparkFact]
    public async Task Write_ServerStopsForAWhile_HasItsRowsOnce()
    {
        Assert.SkipWhen(spark.Server.ProcessId is null, "The server is none of this process.");
        string folder = spark.NewPath();
        // Pings fail well within the time.
        await using SparkSession session = await spark.OpenAsync(options: SparkFixture.Options() with
        {
            PingDelay = TimeSpan.FromSeconds(5), PingTimeout = TimeSpan.FromSeconds(5),
        });
        TaskCompletionSource isRunning = new();
        Task<SparkWritten> writing = session.WriteAsync(
            new("select /*+ repartition(2) */ id, sha2(cast(id as string), 512) as h from range(3000000)", folder)
            {
                Metrics = [new("rows", "count(*)")],
            },
            _ => isRunning.TrySetResult(), CancellationToken.None);
        await Task.WhenAny(isRunning.Task, writing);
        Assert.False(writing.IsCompleted);

        Signal("STOP");
        try
        {
            // The time itself is what is tried.
            await Task.Delay(Stop);
        }
        finally
        {
            Signal("CONT");
        }

        SparkWritten written = await writing;
        Assert.Equal(3000000L, written.Metrics["rows"]);
        SparkRows rows = await spark.Session.QueryAsync(
            $"select count(*), count(distinct id) from parquet.`{folder}`", CancellationToken.None);
        Assert.Equal([3000000L, 3000000L], rows.Rows[0]);
    }

    private void Signal(string signal)
    {
        using Process kill = Process.Start("kill", [$"-{signal}", "--", $"-{spark.Server.ProcessId}"]);
        kill.WaitForExit();
        Assert.Equal(0, kill.ExitCode);
    }
}
