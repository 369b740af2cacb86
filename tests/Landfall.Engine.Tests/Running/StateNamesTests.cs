using Landfall.Engine.Running;
using Landfall.Engine.Steps;

namespace Landfall.Engine.Tests.Running;

public sealed class StateNamesTests
{
    [Fact]
    public void Of_EveryState_IsTheWordThatRecordsHave()
    {
        Assert.Equal(
            ["up-to-date", "succeeded", "partial", "failed", "interrupted"],
            Enum.GetValues<RunState>().Select(StateNames.Of));
        Assert.Equal(
            ["up-to-date", "done", "failed", "skipped", "interrupted"],
            Enum.GetValues<StepState>().Select(StateNames.Of));
        Assert.Equal(("unknown", "unknown"), (StateNames.Of((RunState)99), StateNames.Of((StepState)99)));
    }
}
