using System.Diagnostics;
using System.Text.Json.Nodes;
using Landfall.Testing;

namespace Landfall.Workers.Tests;

/// <summary>Workers that are stopped or ended.</summary>
public sealed class WorkerEndTests : IDisposable
{
    private readonly WorkerBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task Run_KilledFromOutside_IsMeteredAndReported()
    {
        long begin = Stopwatch.GetTimestamp();
        _bench.OnProgress = p =>
        {
            if (Stopwatch.GetElapsedTime(begin) > TimeSpan.FromSeconds(1))
            {
                Process.GetProcessById((int)p.RowsDone).Kill();
            }
        };

        WorkerReport report = await _bench.RunAsync(WorkerBench.Request("spin"));

        Assert.Equal("LF4243", report.Failure!.Code);
        Assert.Contains("signal 9 (SIGKILL)", report.Failure.Message, StringComparison.Ordinal);
        Assert.True(report.Usage.Killed);
        Assert.InRange(report.Usage.UserSeconds + report.Usage.SystemSeconds, 0.1, 60);
        Assert.True(report.Usage.MaxResidentBytes > 10 << 20);
        Assert.True(report.Usage.ReadBytes > 0);
    }

    [Fact]
    public async Task Run_TooMuchMemory_IsEnded()
    {
        WorkerRequest request = WorkerBench.Request("hog") with { MemoryBytes = 128 << 20 };

        WorkerReport report = await _bench.RunAsync(request);

        Assert.Equal("LF4241", report.Failure!.Code);
        Assert.True(report.Usage.Killed);
        Assert.True(report.Usage.MaxResidentBytes > WorkerLimits.EndAbove(request.MemoryBytes));
    }

    [Fact]
    public async Task Run_TooMuchManagedMemory_Fails()
    {
        WorkerReport report = await _bench.RunAsync(WorkerBench.Request("heap"));

        Assert.Equal("LF4241", report.Failure!.Code);
        Assert.True(report.Usage.MaxResidentBytes < WorkerLimits.EndAbove(256 << 20));
    }

    [Theory]
    [InlineData(28, "LF4211")]
    [InlineData(122, "LF4211")]
    [InlineData(5, "LF4245")]
    public async Task Run_FileThatCannotBeWritten_SaysWhetherTheDiskIsFull(int error, string code)
    {
        WorkerReport report = await _bench.RunAsync(WorkerBench.Request("full", error));

        Assert.Equal(code, report.Failure!.Code);
        Assert.Contains("nothing", report.Failure.Message, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("wait", false)]
    [InlineData("spin", true)]
    public async Task Run_Timeout_StopsAndThenEnds(string kind, bool isKilled)
    {
        WorkerRequest request = WorkerBench.Request(kind) with { Timeout = TimeSpan.FromSeconds(1) };

        WorkerReport report = await _bench.RunAsync(request);

        Assert.Equal("LF4242", report.Failure!.Code);
        Assert.Equal(isKilled, report.Usage.Killed);
    }

    [Theory]
    [InlineData("wait", false)]
    [InlineData("spin", true)]
    public async Task Run_Cancelled_StopsAndThenEnds(string kind, bool isKilled)
    {
        using CancellationTokenSource stop = new();
        _bench.OnProgress = _ => stop.Cancel();

        WorkerReport report = await _bench.RunAsync(WorkerBench.Request(kind), stop.Token);

        Assert.Equal("LF4244", report.Failure!.Code);
        Assert.Equal(isKilled, report.Usage.Killed);
    }

    [Fact]
    public async Task Run_CancelledBefore_Stops()
    {
        WorkerReport report = await _bench.RunAsync(WorkerBench.Request("wait"), new CancellationToken(true));

        Assert.Equal("LF4244", report.Failure!.Code);
    }

    [Fact]
    public async Task Orchestrator_Killed_TakesItsWorkerAlong()
    {
        using Process orchestrator = Process.Start(new ProcessStartInfo(
            WorkerBench.Command.File, [WorkerBench.Command.Arguments[0], "orchestrator"])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        })!;
        int worker = int.Parse((await orchestrator.StandardOutput.ReadLineAsync())!);
        using Process watched = Process.GetProcessById(worker);

        orchestrator.Kill();
        await orchestrator.WaitForExitAsync();

        await Eventually.TrueAsync(() => IsGone(worker));
    }

    [Fact]
    public async Task CtrlC_OfATerminal_DoesNotReachTheWorker()
    {
        // A terminal's signals go to its foreground process group.
        WorkerReport report = await _bench.RunAsync(WorkerBench.Request("self"));
        JsonNode status = report.Result!["status"]!;

        Assert.Equal(Line(status, "Pid"), Line(status, "NSpgid"));
        Assert.NotEqual(Line(File.ReadAllText("/proc/self/status"), "NSpgid"), Line(status, "NSpgid"));
    }

    private static string Line(JsonNode text, string name) =>
        text.GetValue<string>().Split('\n')
            .Single(l => l.StartsWith(name + ":", StringComparison.Ordinal)).Split('\t')[1];

    /// <summary>Whoever adopts the ended worker may be slow to reap it.</summary>
    private static bool IsGone(int process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/stat").Contains(") Z ", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return true;
        }
    }
}
