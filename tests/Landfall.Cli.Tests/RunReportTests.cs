using Landfall.Engine.Running;
using Landfall.Testing;

namespace Landfall.Cli.Tests;

public sealed class RunReportTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Totals_OfARun_CountStatesRowsAndCost()
    {
        RunSummary summary = Summary(
            "failed",
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
        RunSummary summary = Summary("up-to-date", StepOutcome.Nothing("no new files"));

        Assert.Equal(
            "Everything is up to date: 1 step checked in 2.5 s, nothing committed.", RunReport.Totals(summary, "EUR"));
        Assert.Equal(0, RunDriver.ExitCodeOf(summary));
    }

    [Fact]
    public void ExitCode_OfAnInterruptedRun_IsThatOfASignal()
    {
        RunSummary summary = Summary("interrupted", new StepOutcome { State = StepState.Interrupted });

        Assert.Equal(130, RunDriver.ExitCodeOf(summary));
    }

    private static RunSummary Summary(string state, params StepOutcome[] outcomes) => new()
    {
        RunId = "r1",
        State = state,
        Started = Start,
        Seconds = 2.5,
        ComputeCost = 0.0125m,
        Steps = [.. outcomes.Select(o => new StepResult(TestSteps.Build("billing", "product", "t"), o))],
    };
}
