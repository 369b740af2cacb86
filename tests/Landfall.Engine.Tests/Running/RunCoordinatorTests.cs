using Landfall.Engine.Running;
using Landfall.Engine.Steps;
using Landfall.Estate;
using Landfall.Testing;

namespace Landfall.Engine.Tests.Running;

/// <summary>What becomes of a run whose steps and records fail, with the real ledgers.</summary>
public sealed class RunCoordinatorTests : IDisposable
{
    private static readonly StepOutcome Done = new() { State = StepState.Done, Version = 0 };

    private readonly RunBench _bench = new();

    public void Dispose() => _bench.Dispose();

    public static TheoryData<string, string, string> Exceptions() => new()
    {
        { nameof(InvalidOperationException), "LF4013", nameof(InvalidOperationException) },
        { nameof(KeyNotFoundException), "LF4013", nameof(KeyNotFoundException) },
        { nameof(TaskCanceledException), "LF4013", nameof(TaskCanceledException) },
        { nameof(UnauthorizedAccessException), "LF4210", "the path '/lake/x' is denied" },
        { nameof(DirectoryNotFoundException), "LF4210", "'/lake/y'" },
        { "full", "LF4211", "No space left on device : '/lake/z'" },
        { nameof(StorageException), "LF4211", "fsync of /lake/w failed" },
    };

    [Theory]
    [MemberData(nameof(Exceptions))]
    public async Task Step_ThrowsAnything_FailsAloneAndTheOthersFinish(string kind, string code, string text)
    {
        StepNode bad = TestSteps.Build("billing", "product", "bad");
        StepNode after = TestSteps.Build("billing", "product", "after", "billing.product.bad");
        StepNode good = TestSteps.Build("billing", "product", "good");

        RunSummary summary = await _bench.RunAsync(
            [bad, after, good], (context, _) => context.Node == bad ? throw Make(kind) : Task.FromResult(Done));

        Assert.Equal(RunState.Failed, summary.State);
        Assert.Equal(
            [(after.Key, StepState.Skipped), (bad.Key, StepState.Failed), (good.Key, StepState.Done)],
            summary.Steps.Select(s => (s.Step.Key, s.Outcome.State)).Order());
        StepOutcome failed = summary.Steps.Single(s => s.Step == bad).Outcome;
        Assert.Equal(code, failed.FailureCode);
        Assert.Contains(text, failed.FailureMessage, StringComparison.Ordinal);
        Assert.Contains("un again", failed.FailureMessage, StringComparison.Ordinal);
        Assert.DoesNotContain("row value", failed.FailureMessage, StringComparison.Ordinal);
        Assert.Empty(summary.Problems);
        Assert.Equal(
            ["committed", "failed", "run-finished", "run-started"],
            (await _bench.RowsAsync("runs", "event")).Order());
        Assert.Equal(code == "LF4013", Log(summary).Contains($"{Make(kind).GetType()}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Step_LockNotToBeTaken_FailsAloneAndIsRecorded()
    {
        StepNode bad = TestSteps.Build("billing", "product", "bad");
        Directory.CreateDirectory(Path.Combine(_bench.LakeRoot, "_locks", bad.Table + ".lock"));

        RunSummary summary = await _bench.RunAsync(
            [bad, TestSteps.Build("billing", "product", "good")], (_, _) => Task.FromResult(Done));

        Assert.Equal(["LF4210", ""], summary.Steps.Select(s => s.Outcome.FailureCode).OrderDescending());
        Assert.Contains("failed", await _bench.RowsAsync("runs", "event"));
    }

    [Fact]
    public async Task Run_OutsideTableUnreadable_FailsOnlyTheStepThatReadsIt()
    {
        RunBench.Damage(_bench.PlatformFolder("audit"));
        StepNode reader = TestSteps.Build("billing", "product", "reader") with
        {
            Reads = [_bench.Platform("audit").Name],
        };

        RunSummary summary = await _bench.RunAsync(
            [reader, TestSteps.Build("billing", "product", "good")], (_, _) => Task.FromResult(Done));

        Assert.Equal([StepState.Done, StepState.Failed], summary.Steps.Select(s => s.Outcome.State).Order());
        StepOutcome failed = summary.Steps.Single(s => s.Step == reader).Outcome;
        Assert.Equal("LF4200", failed.FailureCode);
        Assert.StartsWith("management.platform.audit cannot be read.", failed.FailureMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_NothingOfItCanBeRecorded_KeepsItsSummary()
    {
        RunBench.Damage(_bench.PlatformFolder("runs"));
        RunBench.Block(_bench.Session.Home.Runs);
        RunBench.Block(_bench.Session.Home.Logs);
        StepNode good = TestSteps.Build("billing", "product", "good");
        StepNode bad = TestSteps.Build("billing", "product", "bad");

        RunSummary summary = await _bench.RunAsync(
            [good, bad], (context, _) => context.Node == bad ? throw Make("full") : Task.FromResult(Done));

        Assert.Equal(RunState.Failed, summary.State);
        Assert.Equal(_bench.Observer.RunId, summary.RunId);
        Assert.Equal(["", "LF4211"], summary.Steps.Select(s => s.Outcome.FailureCode).Order());
        string[] lacks =
        [
            "Earlier runs", "The run's log ends", "The run's summary",
            "The table of runs lacks how billing.product.bad", "The table of runs lacks how billing.product.good",
            "The table of runs lacks how the run",
        ];
        Assert.Equal(lacks.Length, summary.Problems.Length);
        Assert.All(
            lacks.Zip(summary.Problems.Select(p => p.Message).Order(StringComparer.Ordinal)),
            p => Assert.StartsWith(p.First, p.Second, StringComparison.Ordinal));
        Assert.All(
            summary.Problems,
            p => Assert.Equal(
                p.Message.StartsWith("The run's", StringComparison.Ordinal) ? "LF4210" : "LF4200", p.Code));
    }

    [Fact]
    public async Task Run_MetersNotToBeWritten_SaysSo()
    {
        RunBench.Block(Path.Combine(_bench.PlatformFolder("meters"), "_delta_log"));
        StepNode step = TestSteps.Build("billing", "product", "t");

        RunSummary summary = await _bench.RunAsync([step], async (context, cancellationToken) =>
        {
            await context.RunWorkerAsync(new("echo", "payload", [], []), cancellationToken);
            return Done;
        });

        RunProblem problem = Assert.Single(summary.Problems);
        Assert.StartsWith("The table of meters lacks what workers used.", problem.Message, StringComparison.Ordinal);
        Assert.Equal((RunState.Succeeded, true), (summary.State, summary.ComputeCost > 0));
        Assert.Contains(
            "\"problems\"",
            await File.ReadAllTextAsync(Path.Combine(_bench.Session.Home.Runs, summary.RunId + ".json")),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_WithNothingToDo_LeavesNoTrace()
    {
        RunSummary summary = await _bench.RunAsync(
            [TestSteps.Build("billing", "product", "t")],
            async (context, cancellationToken) =>
            {
                await context.RunWorkerAsync(new("echo", "payload", [], []), cancellationToken);
                return StepOutcome.Nothing("nothing changed");
            });

        Assert.Equal((RunState.UpToDate, ""), (summary.State, summary.RunId));
        Assert.False(Directory.Exists(Path.Combine(_bench.LakeRoot, "management")));
        Assert.False(Directory.Exists(_bench.Session.Home.Runs));
    }

    [Fact]
    public async Task Run_StoppedWhileAWorkerWorks_KeepsItsMetersAndItsId()
    {
        using CancellationTokenSource stop = new();

        RunSummary summary = await _bench.RunAsync(
            [TestSteps.Build("billing", "product", "t")],
            async (context, cancellationToken) =>
            {
                stop.CancelAfter(TimeSpan.FromMilliseconds(300));
                await context.RunWorkerAsync(new("wait", "payload", [], []), cancellationToken);
                return Done;
            },
            stop.Token);

        Assert.Equal((RunState.Interrupted, _bench.Observer.RunId), (summary.State, summary.RunId));
        Assert.Equal(StepState.Interrupted, Assert.Single(summary.Steps).Outcome.State);
        Assert.Equal([summary.RunId], await _bench.RowsAsync("meters", "run_id"));
        Assert.Equal(["run-finished", "run-started"], (await _bench.RowsAsync("runs", "event")).Order());
        Assert.True(File.Exists(Path.Combine(_bench.Session.Home.Runs, summary.RunId + ".json")));
    }

    [Fact]
    public async Task Run_StoppedBeforeAnything_HasNoId()
    {
        RunSummary summary = await _bench.RunAsync(
            [TestSteps.Build("billing", "product", "t")], (_, _) => Task.FromResult(Done), new(canceled: true));

        Assert.Equal((RunState.Interrupted, ""), (summary.State, summary.RunId));
        Assert.Empty(summary.Problems);
        Assert.Empty(await _bench.RowsAsync("runs", "event"));
    }

    private static Exception Make(string kind) => kind switch
    {
        nameof(InvalidOperationException) => new InvalidOperationException("a row value"),
        nameof(KeyNotFoundException) => new KeyNotFoundException("a row value"),
        nameof(TaskCanceledException) => new TaskCanceledException("a row value"),
        nameof(UnauthorizedAccessException) =>
            new UnauthorizedAccessException("Access to the path '/lake/x' is denied."),
        nameof(DirectoryNotFoundException) => new DirectoryNotFoundException("Could not find '/lake/y'."),
        "full" => new IOException("No space left on device : '/lake/z'", 28),
        _ => new StorageException("fsync of /lake/w failed. Run again.", 28),
    };

    private string Log(RunSummary summary) =>
        File.ReadAllText(Path.Combine(_bench.Session.Home.Logs, summary.RunId + ".log"));
}
