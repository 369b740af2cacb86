using Landfall.Delta;
using Landfall.Engine.Lakes;
using Landfall.Estate;
using Landfall.Testing;
using Landfall.Testing.Delta;
using Landfall.Workers;

namespace Landfall.Engine.Tests.Running;

/// <summary>What else depends on time, under clocks that go wrong.</summary>
public sealed class ClockTests
{
    private static CancellationToken None => CancellationToken.None;

    [Fact]
    public async Task TableLock_ClocksThatDisagreeAndGoBack_IsHeldOnce()
    {
        using var lake = new TemporaryFolder();
        int holders = 0;
        int most = 0;
        int taken = 0;

        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(async () =>
        {
            MovableClock clock = new() { Offset = TimeSpan.FromMinutes(i % 2 == 0 ? 5 : -5) };
            for (int round = 0; round < 5; round++)
            {
                clock.Offset -= TimeSpan.FromDays(round);
                using TableLock held = await TableLock.AcquireAsync(
                    lake.Path, new TableName("zone", "product", "table"), clock, null, None);
                int now = Interlocked.Increment(ref holders);
                most = Math.Max(most, now);
                taken++;
                // Works long enough for the others to try meanwhile.
                await Task.Delay(2);
                Interlocked.Decrement(ref holders);
            }
        })));

        Assert.Equal((1, 40), (most, taken));
    }

    [Fact]
    public async Task Worker_ClockGoesBackWhileItRuns_UsesNoNegativeTime()
    {
        using var bench = new WorkerBench();
        var clock = new BackwardClock();

        WorkerReport report = await new WorkerLauncher(
            WorkerBench.Command, clock, Path.Combine(bench.Folder, "scratch"))
            .RunAsync(WorkerBench.Request("echo"), new Progress<WorkerProgress>(), TextWriter.Null, None);

        Assert.Null(report.Failure);
        Assert.True(clock.GetUtcNow() < TimeProvider.System.GetUtcNow());
        Assert.InRange(report.Usage.WallSeconds, 0.01, 60);
        Assert.InRange(report.Usage.UserSeconds + report.Usage.SystemSeconds, 0.001, 60);
    }

    [Theory]
    [InlineData(-1, "LF4223")]
    [InlineData(-24, "LF4223")]
    [InlineData(0, null)]
    public async Task Vacuum_ClockBeforeTheLastCommit_Refuses(int hours, string? code)
    {
        using var table = new MaintainedTable();
        await table.AppendAsync(0, 5, null);
        table.Clock.Offset = TimeSpan.FromHours(hours);

        Assert.Equal(code, await RefusalAsync(table));
    }

    [Fact]
    public async Task Vacuum_AfterACommitTenYearsAhead_RefusesUntilThen()
    {
        using var table = new MaintainedTable();
        table.Clock.Offset = TimeSpan.FromDays(3653);
        await table.AppendAsync(0, 5, null);
        table.Clock.Offset = TimeSpan.Zero;
        await table.AppendAsync(5, 5, null);

        Assert.Equal("LF4223", await RefusalAsync(table));
        table.Clock.Offset = TimeSpan.FromDays(3654);
        Assert.Null(await RefusalAsync(table));
    }

    [Fact]
    public async Task VersionAt_ClockGoesBack_GivesEachVersionAtItsTime()
    {
        using var table = new MaintainedTable();
        foreach (double hours in new[] { 0, -1, 5, -24, -24.5 })
        {
            table.Clock.Offset = TimeSpan.FromHours(hours);
            await table.AppendAsync(0, 1, null);
        }

        foreach (CommitSummary commit in await table.Delta.HistoryAsync(null, None))
        {
            Assert.Equal(commit.Version, await table.Restorer.VersionAtAsync(commit.Timestamp, None));
            if (commit.Version > 0)
            {
                Assert.Equal(
                    commit.Version - 1,
                    await table.Restorer.VersionAtAsync(commit.Timestamp.AddMilliseconds(-1), None));
            }
        }
    }

    private static async Task<string?> RefusalAsync(MaintainedTable table)
    {
        try
        {
            await table.Vacuum.PlanAsync(new(), None);
            return null;
        }
        catch (LandfallException e)
        {
            return e.Code;
        }
    }

    /// <summary>A wall clock that goes back a day whenever it is asked; what measures time goes on.</summary>
    private sealed class BackwardClock : TimeProvider
    {
        private int _asked;

        public override DateTimeOffset GetUtcNow() => System.GetUtcNow().AddDays(-Interlocked.Increment(ref _asked));
    }
}
