using Landfall.Engine.Ledgers;
using Landfall.Engine.Tests.Running;
using Landfall.Estate;
using Landfall.Testing;
using Landfall.Testing.Delta;

namespace Landfall.Engine.Tests.Ledgers;

public sealed class LedgerTableTests : IDisposable
{
    private readonly RunBench _bench = new() { Clock = new TestClock { SkipsWaits = true } };

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task Append_StorageNeverSays_IsGivenUpWithACode()
    {
        MuteLogStore? mute = null;
        using LedgerTable audit = _bench.PlatformOver("audit", log => mute = new(log, int.MaxValue));

        LandfallException lost =
            await Assert.ThrowsAsync<LandfallException>(() => audit.AppendAsync([Row("a")], RunBench.None));

        Assert.Equal(("LF4010", 20), (lost.Code, mute!.Puts));
        Assert.Contains("Storage did not say", lost.Message, StringComparison.Ordinal);
        Assert.Empty(await _bench.RowsAsync("audit", "reason"));
    }

    [Theory]
    [InlineData(Fault.Before)]
    [InlineData(Fault.UnknownBefore)]
    [InlineData(Fault.UnknownAfter)]
    [InlineData(Fault.Unconfirmed)]
    public async Task Append_AgainWhateverBecameOfIt_IsCommittedOnce(Fault fault)
    {
        FaultingLogStore? faults = null;
        using LedgerTable audit = _bench.PlatformOver("audit", log => faults = new(log));
        await audit.AppendAsync([Row("first")], RunBench.None);
        (faults!.FailAt, faults.Fault) = (WritesOfAnAppend + 1, fault);
        LedgerAppend append = new([Row("a"), Row("b")]);

        Exception? problem = await Record.ExceptionAsync(() => audit.AppendAsync(append, RunBench.None));
        await audit.AppendAsync([Row("between")], RunBench.None);
        await audit.AppendAsync(append, RunBench.None);

        Assert.Equal(fault is Fault.Before or Fault.Unconfirmed, problem is StorageException);
        Assert.Equal(["a", "b", "between", "first"], (await _bench.RowsAsync("audit", "reason")).Order());
    }

    /// <summary>The log entry and its checksum.</summary>
    private const int WritesOfAnAppend = 1;

    private object?[] Row(string reason) =>
        [_bench.Clock.GetUtcNow(), "ana", "read", "zone.unit.table", "permitted", reason, null];
}
