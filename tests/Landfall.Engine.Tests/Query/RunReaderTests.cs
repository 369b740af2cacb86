using System.Text.Json.Nodes;
using Landfall.Engine.Lakes;
using Landfall.Engine.Query;
using Landfall.Engine.Running;
using Landfall.Engine.Tests.Running;
using Landfall.Testing;

namespace Landfall.Engine.Tests.Query;

public sealed class RunReaderTests : IDisposable
{
    private readonly TestClock _clock = new();
    private readonly RunBench _bench;

    public RunReaderTests() => _bench = new() { Clock = _clock };

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task Read_NoRunYet_IsEmpty() => Assert.Empty(await ReadAsync());

    [Fact]
    public async Task Read_Runs_AreTheNewestFirstAndAsManyAsAskedFor()
    {
        foreach (string run in new[] { "r2", "r1", "r3" })
        {
            await RecordAsync(run, "intent");
            _clock.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal(["r3", "r1", "r2"], (await ReadAsync()).Select(r => r.RunId));
        Assert.Equal(["r3", "r1"], (await ReadAsync(2)).Select(r => r.RunId));
    }

    [Fact]
    public async Task Read_RunsOfOneMoment_AreInOrderOfTheirIds()
    {
        await RecordAsync("r1", "intent");
        await RecordAsync("r2", "intent");

        Assert.Equal(["r2", "r1"], (await ReadAsync()).Select(r => r.RunId));
    }

    [Fact]
    public async Task Read_RunThatGoesOn_IsRunningWithoutATime()
    {
        DateTimeOffset started = _clock.GetUtcNow();
        await RecordAsync("r1", "intent", "committed", "intent", "committed", "intent", "failed");

        Assert.Equal(new("r1", started, "running", null, 2, 1), Assert.Single(await ReadAsync()));
    }

    [Theory]
    [InlineData("succeeded")]
    [InlineData("failed")]
    [InlineData("interrupted")]
    public async Task Read_FinishedRun_HasItsStateAndTime(string state)
    {
        DateTimeOffset started = _clock.GetUtcNow();
        using RunLedger ledger = new(_bench.Session.Platform(PlatformTables.Runs), "r1", _clock);
        await ledger.RecordAsync("committed", Context(), 1, 0, [], RunBench.None);
        _clock.Advance(TimeSpan.FromSeconds(3));
        await ledger.RecordRunAsync(
            "run-finished", new JsonObject { ["state"] = state, ["seconds"] = 2.5 }, RunBench.None);

        Assert.Equal(new("r1", started, state, 2.5, 1, 0), Assert.Single(await ReadAsync()));
    }

    [Fact]
    public async Task Read_RunThatWasFoundDead_IsInterruptedWithoutATime()
    {
        await RecordAsync("r1", "intent", "committed");
        using RunLedger later = new(_bench.Session.Platform(PlatformTables.Runs), "r1", _clock, recorded: true);
        await later.RecordRunAsync("interrupted", [], RunBench.None);

        RunRecord run = Assert.Single(await ReadAsync());

        Assert.Equal(("interrupted", null, 1L), (run.State, run.Seconds, run.Committed));
    }

    [Fact]
    public async Task Read_EventsOfARunThatNeverBegan_AreNoRun()
    {
        using RunLedger ledger = new(_bench.Session.Platform(PlatformTables.Runs), "r1", _clock, recorded: true);
        await ledger.RecordRunAsync("interrupted", [], RunBench.None);

        Assert.Empty(await ReadAsync());
    }

    private Task<IReadOnlyList<RunRecord>> ReadAsync(int limit = 20) =>
        new RunReader(_bench.Session).ReadAsync(limit, RunBench.None);

    private StepContext Context() => _bench.ContextOf(TestSteps.Build("z", "p", "t"));

    private async Task RecordAsync(string run, params string[] events)
    {
        using RunLedger ledger = new(_bench.Session.Platform(PlatformTables.Runs), run, _clock);
        foreach (string @event in events)
        {
            await ledger.RecordAsync(@event, Context(), 1, null, [], RunBench.None);
        }
    }
}
