using Landfall.Engine.Ledgers;
using Landfall.Engine.Running;
using Landfall.Estate;
using Landfall.Testing;
using Landfall.Testing.Delta;

namespace Landfall.Engine.Tests.Running;

public sealed class MeterLedgerTests : IDisposable
{
    private readonly RunBench _bench = new() { Clock = new TestClock { SkipsWaits = true } };
    private readonly LedgerTable _meters;
    private FaultingLogStore _faults = null!;

    public MeterLedgerTests() => _meters = _bench.PlatformOver("meters", log => _faults = new(log));

    public void Dispose()
    {
        _meters.Dispose();
        _bench.Dispose();
    }

    [Theory]
    [InlineData(Fault.Before)]
    [InlineData(Fault.Unconfirmed)]
    public async Task Flush_Fails_KeepsWhatWasNotedForTheNextAndWritesItOnce(Fault fault)
    {
        using MeterLedger ledger = new(_meters, "r1", _bench.Clock);
        (_faults.FailAt, _faults.Fault) = (1, fault);
        Note(ledger, "s1");

        await Assert.ThrowsAsync<StorageException>(() => ledger.FlushAsync(RunBench.None));
        bool unwritten = ledger.HasUnwritten;
        Note(ledger, "s2");
        await ledger.FlushAsync(RunBench.None);

        Assert.True(unwritten);
        Assert.False(ledger.HasUnwritten);
        Assert.Equal(["s1", "s2"], await _bench.RowsAsync("meters", "step"));
    }

    [Fact]
    public async Task Flush_StoppedWhileStorageDoesNotSay_KeepsWhatWasNotedAndWritesItOnce()
    {
        using MeterLedger ledger = new(_meters, "r1", _bench.Clock);
        using CancellationTokenSource stop = new();
        (_faults.FailAt, _faults.Fault) = (1, Fault.UnknownAfter);
        _faults.BeforeNextWrite = stop.CancelAsync;
        Note(ledger, "s1");

        _ = await Record.ExceptionAsync(() => ledger.FlushAsync(stop.Token));
        await ledger.FlushAsync(RunBench.None);

        Assert.Equal(["s1"], await _bench.RowsAsync("meters", "step"));
    }

    [Theory]
    [InlineData(Fault.Before)]
    [InlineData(Fault.Unconfirmed)]
    public async Task Flush_ByManyAtOnceOfWhichOneFails_WritesEachOnce(Fault fault)
    {
        TestSeed seed = TestSeed.Fresh();
        using MeterLedger ledger = new(_meters, "r1", _bench.Clock);
        (_faults.FailAt, _faults.Fault) = (1, fault);

        await Task.WhenAll(Enumerable.Range(0, 6).Select(i => Task.Run(async () =>
        {
            Random random = (seed + i).Generator();
            for (int n = 0; n < 5; n++)
            {
                Note(ledger, $"s{i}{n}");
                if (random.Next(2) == 0)
                {
                    _ = await Record.ExceptionAsync(() => ledger.FlushAsync(RunBench.None));
                }
            }
        })));
        _ = await Record.ExceptionAsync(() => ledger.FlushAsync(RunBench.None));
        await ledger.FlushAsync(RunBench.None);

        string[] expected = [.. Enumerable.Range(0, 6).SelectMany(i => Enumerable.Range(0, 5).Select(n => $"s{i}{n}"))];
        string[] written = await _bench.RowsAsync("meters", "step");
        Assert.True(expected.SequenceEqual(written.Order()), $"{seed}: {string.Join(' ', written)}");
        Assert.Equal(30 * 0.06m / 3600m, ledger.Cost, 10);
    }

    [Fact]
    public async Task Flush_OfNothing_MakesNoTable()
    {
        using MeterLedger ledger = new(_meters, "r1", _bench.Clock);

        await ledger.FlushAsync(RunBench.None);

        Assert.False(Directory.Exists(_bench.PlatformFolder("meters")));
    }

    private void Note(MeterLedger ledger, string step) => ledger.Record(
        _bench.ContextOf(TestSteps.Build("billing", "product", "t"), stepId: step),
        new() { UserSeconds = 0.75, SystemSeconds = 0.25 });
}
