using Landfall.Engine.Running;
using Landfall.Engine.Steps;
using Landfall.Testing;

namespace Landfall.Cli.Tests;

public sealed class RunReportTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Totals_OfARun_CountStatesRowsAndCost()
    {
        RunSummary summary = Summary(
            RunState.Failed,
            new() { State = StepState.Done, Rows = 5, Bytes = 1024 },
            new() { State = StepState.Failed },
            new() { State = StepState.Skipped });

        Assert.Equal(
            "Run r1 failed: 1 done, 1 failed, 1 skipped; 5 rows, 1.0 KiB, 2.5 s, 0.0125 EUR.",
            RunReport.Totals(summary, "EUR"));
        Assert.Equal(1, RunDriver.ExitCodeOf(summary));
    }

    [Fact]
    public void Totals_WithNothingToDo_SayThatNothingWasCommitted()
    {
        RunSummary summary = Summary(RunState.UpToDate, StepOutcome.Nothing("no new files"));

        Assert.Equal(
            "Everything is up to date: 1 step checked in 2.5 s, nothing committed.", RunReport.Totals(summary, "EUR"));
        Assert.Equal(0, RunDriver.ExitCodeOf(summary));
    }

    [Fact]
    public void ExitCode_OfAnInterruptedRun_IsThatOfASignal()
    {
        RunSummary summary = Summary(RunState.Interrupted, new StepOutcome { State = StepState.Interrupted });

        Assert.Equal(130, RunDriver.ExitCodeOf(summary));
    }

    [Fact]
    public void Totals_StoppedBeforeAnythingWasRecorded_SaySoAndShowNoEmptyId()
    {
        RunSummary summary =
            Summary(RunState.Interrupted, new StepOutcome { State = StepState.Interrupted }) with { RunId = "" };

        Assert.StartsWith(
            "The run was interrupted before it recorded anything: 1 stopped; ", RunReport.Totals(summary, "EUR"),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Totals_OfAStoppedRun_ShowItsId() => Assert.StartsWith(
        "Run r1 interrupted: 1 stopped; ",
        RunReport.Totals(Summary(RunState.Interrupted, new StepOutcome { State = StepState.Interrupted }), "EUR"),
        StringComparison.Ordinal);

    [Theory]
    [InlineData(RunState.Succeeded, 0)]
    [InlineData(RunState.UpToDate, 0)]
    [InlineData(RunState.Failed, 1)]
    [InlineData(RunState.Interrupted, 130)]
    [InlineData((RunState)99, 1)]
    public void ExitCode_OfEveryState_IsThatOfAFailureWhereItIsUnknown(RunState state, int code) =>
        Assert.Equal(code, RunDriver.ExitCodeOf(Summary(state)));

    [Theory]
    [InlineData(RunState.Succeeded, 1)]
    [InlineData(RunState.UpToDate, 1)]
    [InlineData(RunState.Interrupted, 130)]
    public void ExitCode_OfARunWhoseRecordsFailed_IsNotThatOfSuccess(RunState state, int code) => Assert.Equal(
        code, RunDriver.ExitCodeOf(Summary(state) with { Problems = [new("LF4211", "The disk is full.")] }));

    private static RunSummary Summary(RunState state, params StepOutcome[] outcomes) => new()
    {
        RunId = "r1",
        State = state,
        Started = Start,
        Seconds = 2.5,
        ComputeCost = 0.0125m,
        Steps = [.. outcomes.Select(o => new StepResult(TestSteps.Build("billing", "product", "t"), o))],
    };
}
