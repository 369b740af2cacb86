using System.Text.Json.Nodes;
using Landfall.Testing;

namespace Landfall.Workers.Tests;

public sealed class WorkerLauncherTests : IDisposable
{
    private readonly WorkerBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task Run_Task_GivesResultAndUsage()
    {
        WorkerReport report = await _bench.RunAsync(WorkerBench.Request("echo", new JsonArray("a\nb", 1)));

        Assert.Null(report.Failure);
        Assert.Equal("""["a\nb",1]""", report.Result!["payload"]!.ToJsonString());
        Assert.Equal(2, (int)report.Result["threads"]!);
        Assert.Equal(256 << 20, (long)report.Result["memory"]!);
        Assert.False(report.Usage.Killed);
        Assert.InRange(report.Usage.UserSeconds + report.Usage.SystemSeconds, 0.001, 30);
        Assert.InRange(report.Usage.WallSeconds, 0.01, 60);
        Assert.InRange(report.Usage.MaxResidentBytes, 10 << 20, 500 << 20);
        Assert.True(report.Usage.ReadBytes > 0);
        Assert.True(report.Usage.WrittenBytes > 0);
    }

    [Fact]
    public async Task Run_Progress_Arrives()
    {
        await _bench.RunAsync(WorkerBench.Request("echo"));

        Assert.Equal([new(1, 10, 20), new(2, 20, 20)], _bench.Progress);
    }

    [Fact]
    public async Task Run_LargePayload_Arrives()
    {
        string text = new('x', 3 << 20);

        WorkerReport report = await _bench.RunAsync(WorkerBench.Request("echo", text));

        Assert.Equal(text, (string)report.Result!["payload"]!);
    }

    [Fact]
    public async Task Run_AtAnEnd_LeavesNoScratch()
    {
        WorkerReport report = await _bench.RunAsync(WorkerBench.Request("echo"));

        Assert.StartsWith(_bench.Folder, (string)report.Result!["scratch"]!, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(Path.Combine(_bench.Folder, "scratch")));
    }

    [Fact]
    public async Task Run_MemoryOfThisProcess_IsNotTheWorkers()
    {
        byte[] held = new byte[600 << 20];
        held.AsSpan().Fill(1);

        WorkerReport report = await _bench.RunAsync(WorkerBench.Request("echo"));

        GC.KeepAlive(held);
        Assert.InRange(report.Usage.MaxResidentBytes, 1, 400 << 20);
    }

    [Fact]
    public async Task Run_FourAtOnce_AllEnd()
    {
        WorkerReport[] reports = await Task.WhenAll(
            Enumerable.Range(0, 4).Select(i => _bench.RunAsync(WorkerBench.Request("echo", i))));

        Assert.Equal([0, 1, 2, 3], reports.Select(r => (int)r.Result!["payload"]!));
    }

    [Fact]
    public async Task Run_TaskFails_ReportsItsCode()
    {
        WorkerReport report = await _bench.RunAsync(WorkerBench.Request("fail", "A rule is broken."));

        Assert.Equal(new WorkerFailure("LF4020", "A rule is broken."), report.Failure);
        Assert.Null(report.Result);
    }

    [Fact]
    public async Task Run_UnexpectedException_KeepsItsTextBack()
    {
        WorkerReport report = await _bench.RunAsync(WorkerBench.Request("throw", "row value"));

        Assert.Equal("LF4245", report.Failure!.Code);
        Assert.Contains("InvalidOperationException", report.Failure.Message, StringComparison.Ordinal);
        Assert.Contains("TestTasks", _bench.Log, StringComparison.Ordinal);
        Assert.DoesNotContain("row value", report.Failure.Message + _bench.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_UnknownKind_Fails()
    {
        WorkerReport report = await _bench.RunAsync(WorkerBench.Request("nothing"));

        Assert.Equal("LF4245", report.Failure!.Code);
    }

    [Fact]
    public async Task Run_ExitWithoutReport_SaysHowItEndedAndWhatItSaid()
    {
        WorkerReport report = await _bench.RunAsync(WorkerBench.Request("exit", 7));

        Assert.Equal("LF4243", report.Failure!.Code);
        Assert.Contains("exit code 7", report.Failure.Message, StringComparison.Ordinal);
        Assert.Equal("about to end", Assert.Single(report.LogTail));
        Assert.False(report.Usage.Killed);
    }

    [Fact]
    public async Task Run_NoSuchProgram_IsNotStarted()
    {
        WorkerLauncher launcher = new(new("/nowhere/landfall", ["worker"]), TimeProvider.System, _bench.Folder);

        WorkerReport report = await launcher.RunAsync(
            WorkerBench.Request("echo"), null, TextWriter.Null, CancellationToken.None);

        Assert.Equal("LF4240", report.Failure!.Code);
    }

    [Fact]
    public async Task Run_ProgramThatIsNoWorker_IsReported()
    {
        WorkerLauncher launcher = new(new("/bin/echo", ["hello"]), TimeProvider.System, _bench.Folder);

        WorkerReport report = await launcher.RunAsync(
            WorkerBench.Request("echo"), null, TextWriter.Null, CancellationToken.None);

        Assert.Equal("LF4243", report.Failure!.Code);
        Assert.Contains("exit code 0", report.Failure.Message, StringComparison.Ordinal);
        Assert.Equal("hello", Assert.Single(report.LogTail));
    }

    [Fact]
    public async Task Run_FailingListener_EndsTheWorkerAndThrows()
    {
        _bench.OnProgress = _ => throw new IOException("No space left");

        await Assert.ThrowsAsync<IOException>(() => _bench.RunAsync(WorkerBench.Request("spin")));
    }

    [Fact]
    public async Task Run_TextOnStandardOutput_IsLogged()
    {
        JsonObject payload = new() { ["output"] = "printed", ["error"] = "logged" };

        WorkerReport report = await _bench.RunAsync(WorkerBench.Request("say", payload));

        Assert.Equal("said", (string)report.Result!);
        Assert.Equal(["logged", "printed"], report.LogTail.Order(StringComparer.Ordinal));
    }
}
