using Landfall.Engine.Lakes;
using Landfall.Engine.Tests.Running;
using Landfall.Estate;
using Landfall.Testing;
using Landfall.Testing.Delta;

namespace Landfall.Engine.Tests.Lakes;

public sealed class TableLockTests : IDisposable
{
    private static readonly TableName Table = new("zone", "product", "table");

    private readonly TemporaryFolder _lake = new();

    private string Locks => Path.Combine(_lake.Path, "_locks");

    public void Dispose() => _lake.Dispose();

    [Fact]
    public async Task Acquire_HeldElsewhere_WaitsAndSaysSoOnce()
    {
        TestClock clock = new();
        int told = 0;
        TableLock held = await AcquireAsync(TimeProvider.System, null);

        Task<TableLock> waiting = AcquireAsync(clock, () => told++);
        Advance(clock, TableLock.Patience - TimeSpan.FromSeconds(1));
        int early = told;
        Advance(clock, TimeSpan.FromMinutes(1));
        held.Dispose();
        Advance(clock, TimeSpan.FromSeconds(1));

        using TableLock taken = await waiting.WaitAsync(RunBench.Patience);
        Assert.Equal((0, 1), (early, told));
    }

    [Theory]
    [InlineData("loop")]
    [InlineData("folder")]
    [InlineData("nowhere")]
    [InlineData("no folder")]
    public async Task Acquire_NotHeldButNotToBeOpened_IsAnErrorThatNamesTheFile(string trouble)
    {
        string path = Path.Combine(Locks, Table + ".lock");
        Directory.CreateDirectory(Locks);
        switch (trouble)
        {
            case "loop":
                File.CreateSymbolicLink(path, path);
                break;
            case "folder":
                Directory.CreateDirectory(path);
                break;
            case "nowhere":
                File.CreateSymbolicLink(path, Path.Combine(Locks, "missing", "file"));
                break;
            default:
                Directory.Delete(Locks);
                File.WriteAllText(Locks, "in the way");
                break;
        }

        StorageException failure = await Assert.ThrowsAsync<StorageException>(
            () => AcquireAsync(TimeProvider.System, null).WaitAsync(RunBench.Patience));

        Assert.Equal("LF4210", failure.Code);
        Assert.Contains(path, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Success", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Acquire_NameTooLong_IsAnErrorAndNoWait()
    {
        TableName name = Table with { Table = new string('t', 300) };

        StorageException failure = await Assert.ThrowsAsync<StorageException>(
            () => TableLock.AcquireAsync(_lake.Path, name, TimeProvider.System, null, RunBench.None)
                .WaitAsync(RunBench.Patience));

        Assert.Equal("LF4210", failure.Code);
    }

    private Task<TableLock> AcquireAsync(TimeProvider clock, Action? waits) =>
        TableLock.AcquireAsync(_lake.Path, Table, clock, waits, RunBench.None);

    /// <summary>In steps, so that whoever tries again and again does.</summary>
    private static void Advance(TestClock clock, TimeSpan time)
    {
        for (TimeSpan passed = TimeSpan.Zero; passed < time; passed += TimeSpan.FromMilliseconds(50))
        {
            clock.Advance(TimeSpan.FromMilliseconds(50));
        }
    }
}
