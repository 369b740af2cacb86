using System.Collections.Concurrent;
using Landfall.Engine.Running;
using Landfall.Engine.Steps;
using Landfall.Estate;
using Landfall.Estate.Zones;
using Landfall.Testing;

namespace Landfall.Engine.Tests.Running;

/// <summary>When a run does which steps, with steps whose work a test gives and a clock that stands.</summary>
public sealed class RunStepsTests : IDisposable
{
    private static readonly StepOutcome Done = new() { State = StepState.Done, Version = 0 };

    private readonly RunBench _bench = new() { Clock = new TestClock() };
    private readonly ConcurrentQueue<string> _worked = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task Steps_OfADiamond_WorkAfterAllThatTheyDependOn()
    {
        StepNode[] steps = [Step("top"), Step("left", "top"), Step("right", "top"), Step("bottom", "left", "right")];
        ConcurrentDictionary<string, bool> ended = new();
        ConcurrentQueue<string> early = new();

        RunSummary summary = await RunAsync(steps, async (context, _) =>
        {
            Array.ForEach(
                [.. context.Node.DependsOn.Where(d => !ended.ContainsKey(d))],
                d => early.Enqueue($"{context.Node.Key} before {d}"));
            await Task.Yield();
            ended[context.Node.Key] = true;
            return Done;
        });

        Assert.Empty(early);
        Assert.Equal((RunState.Succeeded, 4), (summary.State, summary.Count(StepState.Done)));
        Assert.Equal(Key("top"), _worked.First());
        Assert.Equal(Key("bottom"), _worked.Last());
    }

    [Fact]
    public async Task Steps_OfADependencyThatIsNotRun_DoNotWaitForIt()
    {
        RunSummary summary = await RunAsync([Step("late", "never")], (_, _) => Task.FromResult(Done));

        Assert.Equal(RunState.Succeeded, summary.State);
    }

    [Fact]
    public async Task Steps_OfAFullPool_WaitWhileThoseOfAnotherWork()
    {
        StepNode[] small = [.. Enumerable.Range(0, 3).Select(i => Step($"small{i}") with { Pool = Pool("small") })];
        StepNode other = Step("other") with { Pool = Pool("other") };
        TaskCompletionSource otherWorked = new();
        int atOnce = 0;
        int most = 0;

        RunSummary summary = await RunAsync([.. small, other], async (context, token) =>
        {
            if (context.Node == other)
            {
                otherWorked.SetResult();
                return Done;
            }

            most = Math.Max(most, Interlocked.Increment(ref atOnce));
            await otherWorked.Task.WaitAsync(RunBench.Patience, token);
            await Task.Yield();
            Interlocked.Decrement(ref atOnce);
            return Done;
        });

        Assert.Equal((1, 4), (most, summary.Count(StepState.Done)));
    }

    [Fact]
    public async Task Steps_OfAPoolOfTwo_WorkTwoAtOnceAndNoMore()
    {
        StepNode[] steps = [.. Enumerable.Range(0, 5).Select(i => Step($"t{i}") with { Pool = Pool("two", 2) })];
        TaskCompletionSource second = new();
        int atOnce = 0;
        int most = 0;

        await RunAsync(steps, async (_, token) =>
        {
            int now = Interlocked.Increment(ref atOnce);
            most = Math.Max(most, now);
            if (now == 2)
            {
                second.TrySetResult();
            }

            await second.Task.WaitAsync(RunBench.Patience, token);
            await Task.Yield();
            Interlocked.Decrement(ref atOnce);
            return Done;
        });

        Assert.Equal(2, most);
    }

    [Fact]
    public async Task Steps_OfPoolsOfOneNameInTwoZones_AreNotOfOnePool()
    {
        StepNode here = TestSteps.Build("billing", "product", "here");
        StepNode there = TestSteps.Build("operations", "product", "there");
        TaskCompletionSource both = new();
        int atOnce = 0;

        RunSummary summary = await RunAsync([here, there], async (_, token) =>
        {
            if (Interlocked.Increment(ref atOnce) == 2)
            {
                both.SetResult();
            }

            await both.Task.WaitAsync(RunBench.Patience, token);
            return Done;
        });

        Assert.Equal(2, summary.Count(StepState.Done));
    }

    [Fact]
    public async Task Steps_AfterAFailure_AreSkippedToTheEndAndEverythingElseFinishes()
    {
        StepNode[] steps =
        [
            Step("bad"), Step("next", "bad"), Step("last", "next"), Step("mixed", "bad", "good"), Step("good"),
            Step("after", "good"),
        ];

        RunSummary summary = await RunAsync(
            steps, (context, _) => context.Node.Key == Key("bad")
                ? throw new ArithmeticException("no LandfallException")
                : Task.FromResult(Done));

        Assert.Equal(
            [
                ("after", StepState.Done), ("bad", StepState.Failed), ("good", StepState.Done),
                ("last", StepState.Skipped), ("mixed", StepState.Skipped), ("next", StepState.Skipped),
            ],
            summary.Steps.Select(s => (s.Step.Table.Table, s.Outcome.State)).Order());
        Assert.Equal(RunState.Failed, summary.State);
        Assert.Equal([Key("after"), Key("bad"), Key("good")], _worked.Order());
        Assert.All(
            summary.Steps.Where(s => s.Outcome.State == StepState.Skipped),
            s => Assert.Equal("a step before it failed", s.Outcome.Reason));
    }

    [Fact]
    public async Task Steps_OfARunThatIsStopped_EndAsTheyAre()
    {
        using CancellationTokenSource stop = new();
        StepNode[] steps = [Step("done"), Step("works", "done"), Step("after", "works"), Step("beside", "done")];
        TaskCompletionSource beside = new();

        RunSummary summary = await RunAsync(
            [.. steps.Select(s => s with { Pool = Pool("two", 2) })],
            async (context, token) =>
            {
                switch (context.Node.Table.Table)
                {
                    case "works":
                        await beside.Task.WaitAsync(RunBench.Patience, CancellationToken.None);
                        await stop.CancelAsync();
                        token.ThrowIfCancellationRequested();
                        break;
                    case "beside":
                        // It was about to commit, and what is committed is not taken back.
                        beside.SetResult();
                        await WaitAsync(token);
                        break;
                }

                return Done;
            },
            stop.Token);

        Assert.Equal(
            [
                ("after", StepState.Interrupted), ("beside", StepState.Done), ("done", StepState.Done),
                ("works", StepState.Interrupted),
            ],
            summary.Steps.Select(s => (s.Step.Table.Table, s.Outcome.State)).Order());
        Assert.Equal(RunState.Interrupted, summary.State);
        Assert.DoesNotContain(Key("after"), _worked);
        Assert.Empty(summary.Problems);
    }

    [Fact]
    public async Task Steps_ThatCancelThemselves_FailAndDoNotStopTheRun()
    {
        RunSummary summary = await RunAsync(
            [Step("bad"), Step("good")],
            (context, _) => context.Node.Key == Key("bad")
                ? throw new OperationCanceledException("of its own")
                : Task.FromResult(Done));

        Assert.Equal(RunState.Failed, summary.State);
        Assert.Equal((1, 1), (summary.Count(StepState.Done), summary.Count(StepState.Failed)));
    }

    [Fact]
    public async Task Steps_ThatFoundNothing_LetThoseAfterThemWork()
    {
        RunSummary summary = await RunAsync(
            [Step("same"), Step("late", "same")],
            (context, _) => Task.FromResult(
                context.Node.Key == Key("same") ? StepOutcome.Nothing("nothing new") : Done));

        Assert.Equal(RunState.Succeeded, summary.State);
        Assert.Equal((1, 1), (summary.Count(StepState.UpToDate), summary.Count(StepState.Done)));
    }

    [Fact]
    public async Task Pins_OfAStep_AreSeenByThoseAfterIt()
    {
        TableName table = TestSteps.Build("billing", "product", "first").Table;
        long? seen = null;

        await RunAsync([Step("first"), Step("second", "first")], (context, _) =>
        {
            if (context.Node.Table == table)
            {
                context.Pin(table, 7);
            }
            else
            {
                seen = context.Pins[table];
            }

            return Task.FromResult(Done);
        });

        Assert.Equal(7, seen);
    }

    private static string Key(string table) => $"billing.product.{table}";

    private static StepNode Step(string table, params string[] after) =>
        TestSteps.Build("billing", "product", table) with { DependsOn = [.. after.Select(Key)] };

    private static Pool Pool(string id, int concurrency = 1) => TestSteps.Pool(id, concurrency);

    private static Task WaitAsync(CancellationToken token)
    {
        TaskCompletionSource stopped = new();
        token.Register(stopped.SetResult);
        return stopped.Task.WaitAsync(RunBench.Patience, CancellationToken.None);
    }

    private Task<RunSummary> RunAsync(
        IEnumerable<StepNode> steps, Func<IStepHost, CancellationToken, Task<StepOutcome>> work,
        CancellationToken cancellationToken = default) =>
        _bench.RunAsync(
            steps,
            (context, token) =>
            {
                _worked.Enqueue(context.Node.Key);
                return work(context, token);
            },
            cancellationToken).WaitAsync(RunBench.Patience, CancellationToken.None);
}
