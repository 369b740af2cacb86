using Landfall.Cli.Progress;
using Landfall.Engine.Steps;
using Landfall.Testing;

namespace Landfall.Cli.Tests.Progress;

public sealed class PlainRunObserverTests
{
    private readonly List<string> _lines = [];

    [Fact]
    public void Lines_OfARun_SayWhatRunsAndHowManyOfHowMany()
    {
        PlainRunObserver observer = new(_lines.Add);
        StepNode land = TestSteps.Land("operations", "service-telemetry");
        StepNode enrich = TestSteps.Enrich("operations", "service-telemetry", "usage_event");
        StepNode build = TestSteps.Build("billing", "revenue-by-service", "revenue_by_service");

        observer.RunStarted("r1", 10);
        observer.StepStarted(land, "24 new files");
        observer.StepFinished(land, Done(24, 2048, 0, 1.25));
        observer.StepFinished(enrich, Done(1_000_000, 3 << 20, 12, 12));
        observer.StepFinished(build, new() { State = StepState.Failed, FailureCode = "LF4001" });

        Assert.Equal(
            [
                "[ 0/10] start  land operations.service_telemetry  24 new files",
                "[ 1/10] done   land operations.service_telemetry  24 rows, 2.0 KiB, 1.3 s",
                "[ 2/10] done   enrich operations.service_telemetry.usage_event  "
                    + "1,000,000 rows, 12 quarantined, 3.0 MiB, 12 s",
                "[ 3/10] FAILED build billing.revenue_by_service.revenue_by_service  LF4001",
            ],
            _lines);
    }

    [Fact]
    public void Lines_OfAStepWithNothingToDo_AreNone()
    {
        PlainRunObserver observer = new(_lines.Add);

        observer.RunStarted("r1", 1);
        observer.StepFinished(TestSteps.Land("operations", "service-telemetry"), StepOutcome.Nothing("no new files"));

        Assert.Empty(_lines);
    }

    [Theory]
    [InlineData(0.9, "1.3 s")]
    [InlineData(75, "1.3 s after a wait of 1 min 15 s")]
    public void Lines_OfAStepThatWaited_TellTheWaitApartWhereItIsNoticeable(double waited, string time)
    {
        PlainRunObserver observer = new(_lines.Add);
        StepNode land = TestSteps.Land("operations", "service-telemetry");

        observer.RunStarted("r1", 1);
        observer.StepWaiting(land, "for another run");
        observer.StepFinished(land, Done(24, 2048, 0, 1.25) with { WaitSeconds = waited });

        Assert.Equal(
            [
                "[0/1] wait   land operations.service_telemetry  for another run",
                $"[1/1] done   land operations.service_telemetry  24 rows, 2.0 KiB, {time}",
            ],
            _lines);
    }

    private static StepOutcome Done(long rows, long bytes, long quarantined, double seconds) => new()
    {
        State = StepState.Done, Rows = rows, Bytes = bytes, Quarantined = quarantined, Seconds = seconds, Version = 0,
    };
}
