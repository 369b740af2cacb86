using System.Text.Json.Nodes;
using Landfall.Engine.Ledgers;
using Landfall.Engine.Running;
using Landfall.Estate;
using Landfall.Testing;
using Landfall.Testing.Delta;

namespace Landfall.Engine.Tests.Running;

public sealed class RunLedgerTests : IDisposable
{
    private readonly RunBench _bench = new() { Clock = new TestClock { SkipsWaits = true } };
    private readonly LedgerTable _runs;
    private FaultingLogStore _faults = null!;

    public RunLedgerTests() => _runs = _bench.PlatformOver("runs", log => _faults = new(log));

    public void Dispose()
    {
        _runs.Dispose();
        _bench.Dispose();
    }

    [Fact]
    public async Task Record_TheFirstFails_TheNextIsTheFirst()
    {
        using RunLedger ledger = new(_runs, "r1", _bench.Clock);
        (_faults.FailAt, _faults.Fault) = (1, Fault.Before);

        await Assert.ThrowsAsync<StorageException>(() => EventAsync(ledger, "intent"));
        bool recorded = ledger.IsRecorded;
        await EventAsync(ledger, "failed");

        Assert.False(recorded);
        Assert.True(ledger.IsRecorded);
        Assert.Equal(["failed", "run-started"], await _bench.RowsAsync("runs", "event"));
    }

    [Fact]
    public async Task Record_WhileTheFirstIsWritten_WaitsForIt()
    {
        using RunLedger ledger = new(_runs, "r1", _bench.Clock);
        TaskCompletionSource entered = new();
        TaskCompletionSource release = new();
        (_faults.FailAt, _faults.Fault) = (1, Fault.Before);
        _faults.BeforeNextWrite = async () =>
        {
            entered.SetResult();
            await release.Task;
        };

        Task first = EventAsync(ledger, "intent");
        await entered.Task.WaitAsync(RunBench.Patience);
        Task second = EventAsync(ledger, "committed");
        bool recorded = ledger.IsRecorded;
        release.SetResult();

        await Assert.ThrowsAsync<StorageException>(() => first);
        await second;
        Assert.False(recorded);
        Assert.Equal(["committed", "run-started"], await _bench.RowsAsync("runs", "event"));
    }

    [Fact]
    public async Task Record_ByManyAtOnce_StartsOnce()
    {
        using RunLedger ledger = new(_runs, "r1", _bench.Clock);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() => EventAsync(ledger, $"e{i}"))));

        Assert.Equal(
            ["e0", "e1", "e2", "e3", "e4", "e5", "e6", "e7", "run-started"], await _bench.RowsAsync("runs", "event"));
        Assert.Equal(
            ["run-started"],
            (await _bench.RowsAsync("runs", "event || coalesce(step, '')")).Where(e => e[0] == 'r'));
    }

    private static Task EventAsync(RunLedger ledger, string @event) =>
        ledger.RecordRunAsync(@event, new JsonObject(), RunBench.None);
}
