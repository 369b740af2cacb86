using System.Collections.Concurrent;
using Landfall.Engine.Lakes;
using Landfall.Engine.Running;
using Landfall.Engine.Steps;
using Landfall.Testing;

namespace Landfall.Engine.Tests.Running;

/// <summary>Who waits for what in a run: locks, pools, the machine, and the times that are told of it.</summary>
public sealed class RunOrderTests : IDisposable
{
    private static readonly StepOutcome Done = new() { State = StepState.Done, Version = 0 };

    private readonly TestClock _clock = new();
    private RunBench? _bench;

    public void Dispose() => _bench?.Dispose();

    [Fact]
    public async Task Step_WaitsForALock_LeavesItsPlaceToOthersAndSaysSo()
    {
        _bench = new() { Clock = _clock };
        StepNode waits = TestSteps.Build("billing", "product", "waits");
        StepNode works = TestSteps.Build("billing", "product", "works");
        TaskCompletionSource worked = new();
        TaskCompletionSource told = new();
        _bench.Observer.OnFinished = node => Complete(node == works, worked);
        _bench.Observer.OnWaiting = _ => told.TrySetResult();
        TableLock held = await LockAsync(waits);

        Task<RunSummary> run = _bench.RunAsync([waits, works], (_, _) => Task.FromResult(Done));
        await worked.Task.WaitAsync(RunBench.Patience);
        await AdvanceUntilAsync(told.Task);
        held.Dispose();
        await AdvanceUntilAsync(run);

        RunSummary summary = await run;
        Assert.Equal((RunState.Succeeded, 2), (summary.State, summary.Count(StepState.Done)));
        Assert.Contains(
            _bench.Observer.Told, t => t.StartsWith("billing.product.waits waits for", StringComparison.Ordinal));
        StepOutcome late = summary.Steps.Single(s => s.Step == waits).Outcome;
        Assert.True(late.WaitSeconds >= TableLock.Patience.TotalSeconds, $"waited {late.WaitSeconds}");
        Assert.Contains(
            "waits for another run",
            await File.ReadAllTextAsync(Path.Combine(_bench.Session.Home.Logs, summary.RunId + ".log")),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Step_WaitsForItsPool_TellsWorkAndWaitApart()
    {
        _bench = new() { Clock = _clock };
        StepNode[] steps =
            [.. Enumerable.Range(0, 3).Select(i => TestSteps.Build("billing", "product", $"t{i}"))];

        TaskCompletionSource release = new();

        Task<RunSummary> run = _bench.RunAsync(steps, async (_, _) =>
        {
            await release.Task;
            _clock.Advance(TimeSpan.FromSeconds(10));
            return Done;
        });
        await Eventually.TrueAsync(() => steps.All(s => File.Exists(
            Path.Combine(_bench.LakeRoot, "_locks", s.Table + ".lock"))));
        release.SetResult();
        RunSummary summary = await run.WaitAsync(RunBench.Patience);

        Assert.Equal(
            [(10, 0), (10, 10), (10, 20)], summary.Steps.Select(s => (s.Outcome.Seconds, s.Outcome.WaitSeconds)));
        Assert.Equal(steps, summary.Steps.Select(s => s.Step));
        Assert.Equal(30, summary.Seconds);
        string json = await File.ReadAllTextAsync(Path.Combine(_bench.Session.Home.Runs, summary.RunId + ".json"));
        Assert.Contains("\"waitSeconds\": 20", json, StringComparison.Ordinal);
        string log = await File.ReadAllTextAsync(Path.Combine(_bench.Session.Home.Logs, summary.RunId + ".log"));
        Assert.Contains("seconds=10.000 wait=20.000", log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Step_StoppedWhileItWaits_HasNotWorked()
    {
        _bench = new() { Clock = _clock };
        using CancellationTokenSource stop = new();
        StepNode step = TestSteps.Build("billing", "product", "t");
        using TableLock held = await LockAsync(step);
        TaskCompletionSource told = new();
        _bench.Observer.OnWaiting = _ => told.TrySetResult();

        Task<RunSummary> run = _bench.RunAsync([step], (_, _) => Task.FromResult(Done), stop.Token);
        await AdvanceUntilAsync(told.Task);
        await stop.CancelAsync();
        StepOutcome outcome = Assert.Single((await run.WaitAsync(RunBench.Patience)).Steps).Outcome;

        Assert.Equal((StepState.Interrupted, 0), (outcome.State, outcome.Seconds));
        Assert.True(outcome.WaitSeconds >= TableLock.Patience.TotalSeconds);
    }

    [Fact]
    public async Task Runs_ManyAtOnceOnTheSameTables_AllEndAndNeverShareOne()
    {
        TestSeed seed = TestSeed.Fresh();
        _bench = new();
        ConcurrentDictionary<string, bool> busy = new();
        int shared = 0;

        RunSummary[] summaries = await Task.WhenAll(Enumerable.Range(0, 4).Select(r => Task.Run(() =>
        {
            StepNode[] steps = Shuffled((seed + r).Generator());
            return _bench.RunAsync(steps, async (context, _) =>
            {
                shared += busy.TryAdd(context.Node.Key, true) ? 0 : 1;
                await Task.Yield();
                busy.TryRemove(context.Node.Key, out bool _);
                return StepOutcome.Nothing("looked");
            });
        }))).WaitAsync(RunBench.Patience);

        Assert.True(shared == 0, $"{seed}: {shared} times two runs worked on one table");
        Assert.All(summaries, s => Assert.True(s.State == RunState.UpToDate, $"{seed}: {s.State}"));
    }

    /// <summary>Twelve steps in pools of one and two places, some after others, in any order that keeps that.</summary>
    private static StepNode[] Shuffled(Random random)
    {
        StepNode[] first =
        [
            .. Enumerable.Range(0, 8).Select(i => TestSteps.Build("billing", "product", $"t{i}") with
            {
                Pool = TestSteps.Pool(i % 2 == 0 ? "one" : "two", 1 + (i % 2)),
            }),
        ];
        StepNode[] then =
        [
            .. Enumerable.Range(0, 4)
                .Select(i => TestSteps.Build("billing", "late", $"t{i}", $"billing.product.t{i}")),
        ];
        random.Shuffle(first);
        random.Shuffle(then);
        return [.. first, .. then];
    }

    private static void Complete(bool isIt, TaskCompletionSource source)
    {
        if (isIt)
        {
            source.TrySetResult();
        }
    }

    private Task<TableLock> LockAsync(StepNode node) =>
        TableLock.AcquireAsync(_bench!.LakeRoot, node.Table, TimeProvider.System, null, RunBench.None);

    /// <summary>Lets time pass while others work, until something has happened.</summary>
    private Task AdvanceUntilAsync(Task happened) => Eventually.TrueAsync(() =>
    {
        _clock.Advance(TimeSpan.FromMilliseconds(happened.IsCompleted ? 0 : 50));
        return happened.IsCompleted;
    });
}
