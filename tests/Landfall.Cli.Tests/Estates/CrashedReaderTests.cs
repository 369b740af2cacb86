using Landfall.Engine.Steps;

namespace Landfall.Cli.Tests.Estates;

/// <summary>A file that crashes the reader takes its worker with it, never the run.</summary>
public sealed class CrashedReaderTests
{
    [Fact]
    public async Task Run_FileThatCrashesItsWorker_FailsThatTableByNameAndGoesOn()
    {
        using SmallEstate home = EvolvingEstate.Create();
        await home.RunWellAsync();
        string[] before = await home.RowsAsync("ops.inbox.event");
        using SmallEstate crashing = home.Copy(withLake: true, SmallEstate.CrashingWorkers);
        crashing.Put("events/crash.csv", "id,sold_at,item,qty,note,extra\n6,2026-02-04T10:00:00Z,b,3,big,\n");
        crashing.Put("items/later.csv", "item,name\na,Apple\nb,Bread\nc,Cake\n");

        var run = await crashing.RunAsync();

        StepOutcome failed = run.Steps.Single(s => s.Step.Key == "ops.inbox.event").Outcome;
        Assert.Equal((StepState.Failed, "LF4243"), (failed.State, failed.FailureCode));
        Assert.Contains("ended with signal ", failed.FailureMessage, StringComparison.Ordinal);
        Assert.Contains("when it was at the file events/crash.csv", failed.FailureMessage, StringComparison.Ordinal);
        Assert.Equal(before, await crashing.RowsAsync("ops.inbox.event"));
        Assert.Equal(3, (await crashing.RowsAsync("ops.inbox.item")).Length);

        using SmallEstate mended = crashing.Copy(withLake: true);
        await mended.RunWellAsync();
        Assert.Equal(before.Length + 1, (await mended.RowsAsync("ops.inbox.event")).Length);
    }
}
