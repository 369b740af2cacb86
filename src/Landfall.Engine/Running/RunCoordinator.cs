using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Landfall.Engine.Lakes;
using Landfall.Engine.Ledgers;
using Landfall.Engine.Maintenance;
using Landfall.Engine.Steps;
using Landfall.Estate;
using Landfall.Workers;

namespace Landfall.Engine.Running;

/// <summary>
/// Runs steps: each after those it depends on, parallel within the limits of pools, one atomic commit a step. What is
/// downstream of a failure is skipped and everything else finishes. Killing it anywhere and running again gives the
/// same tables. One instance a run.
/// </summary>
/// <remarks>
/// No exception ends a run: what a step throws is the step's failure, what the run's own records throw is a problem of
/// the summary, and cancelling is an end of steps like another.
/// </remarks>
internal sealed class RunCoordinator : IDisposable
{
    private const string ObstacleText = "a step before it failed";

    private readonly EngineSession _session;
    private readonly IRunObserver _observer;
    private readonly IReadOnlyDictionary<StepKind, IStep> _steps;
    private readonly RunLog _log;
    private readonly RunLedger _ledger;
    private readonly MeterLedger _meters;
    private readonly StepWorkers _workers;
    private readonly StepCommitter _committer;
    private readonly string _runId;
    private readonly WorkSlots _slots = new();
    private readonly ConcurrentDictionary<TableName, long> _pins = new();
    private readonly Dictionary<TableName, Failure> _unpinned = [];
    private readonly ConcurrentQueue<StepResult> _results = new();
    private readonly ConcurrentQueue<RunProblem> _problems = new();

    /// <summary>Makes the coordinator of a run.</summary>
    /// <param name="session">The open estate.</param>
    /// <param name="steps">Do the work of steps, by their kind.</param>
    /// <param name="observer">Is told what happens.</param>
    public RunCoordinator(
        EngineSession session, IReadOnlyDictionary<StepKind, IStep> steps, IRunObserver observer)
    {
        _session = session;
        _observer = observer;
        _steps = steps;
        _runId = session.Ids.Next("r");
        _log = new RunLog(session.Home, _runId, session.Clock);
        _ledger = new RunLedger(session.Platform(PlatformTables.Runs), _runId, session.Clock);
        _meters = new MeterLedger(session.Platform(PlatformTables.Meters), _runId, session.Clock);
        _workers = new StepWorkers(session.Launcher, session.Vault, _ledger, _meters, _log.Writer);
        _committer = new StepCommitter(_ledger, _meters, session.Clock);
    }

    private TimeProvider Clock => _session.Clock;

    /// <summary>Runs the steps to their end; cancelling interrupts what runs and leaves every table whole.</summary>
    public async Task<RunSummary> RunAsync(RunRequest request, CancellationToken cancellationToken)
    {
        DateTimeOffset started = Clock.GetUtcNow();
        long watch = Clock.GetTimestamp();
        _observer.RunStarted(_runId, request.Steps.Length);
        await TryAsync(
            "Earlier runs that were interrupted are not recorded as such.",
            () => new InterruptedRuns(_session, _log.Writer).MarkAsync(cancellationToken),
            cancellationToken);
        await PinOutsideTablesAsync(request.Steps, cancellationToken);

        Dictionary<string, Task<StepOutcome>> tasks = [];
        foreach (StepNode node in request.Steps)
        {
            Task<StepOutcome>[] before = [.. node.DependsOn.Where(tasks.ContainsKey).Select(k => tasks[k])];
            tasks[node.Key] = RunStepAsync(node, before, request, cancellationToken);
        }

        await Task.WhenAll(tasks.Values);
        RunSummary summary = Summarise(started, Clock.GetElapsedTime(watch), cancellationToken.IsCancellationRequested);
        if (summary.RunId.Length > 0)
        {
            await FinishAsync(summary);
        }

        if (_log.Problem is { } unlogged)
        {
            Note("The run's log ends early.", unlogged);
        }

        summary = summary with { Problems = Problems() };
        _observer.RunFinished(summary);
        return summary;
    }

    /// <summary>Closes the run's log.</summary>
    public void Dispose()
    {
        _log.Dispose();
        _ledger.Dispose();
        _meters.Dispose();
        _slots.Dispose();
    }

    /// <summary>
    /// Tables that are read but not built in this run keep the version they have now. What cannot be looked at is the
    /// failure of the steps that read it.
    /// </summary>
    private async Task PinOutsideTablesAsync(ImmutableArray<StepNode> steps, CancellationToken cancellationToken)
    {
        HashSet<TableName> built = [.. steps.Select(s => s.Table)];
        foreach (TableName table in steps.SelectMany(s => s.Reads).Distinct().Where(t => !built.Contains(t)))
        {
            try
            {
                if (_session.Catalog.TryFind(table, out CatalogTable? entry)
                    && await _session.Open(entry).TryLoadAsync(null, cancellationToken) is { } snapshot)
                {
                    _pins[table] = snapshot.Version;
                }
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception problem)
            {
                Failure failure = Named(problem);
                _unpinned[table] = failure with { Message = $"{table} cannot be read. {failure.Message}" };
            }
        }
    }

    private async Task<StepOutcome> RunStepAsync(
        StepNode node, Task<StepOutcome>[] before, RunRequest request, CancellationToken cancellationToken)
    {
        StepOutcome[] earlier = await Task.WhenAll(before);
        StepWatch watch = new(Clock);
        StepOutcome outcome;
        string obstacle = ObstacleOf(earlier);
        if (obstacle.Length > 0 && node.Kind != StepKind.Publish)
        {
            outcome = new() { State = StepState.Skipped, Reason = ObstacleText };
        }
        else if (cancellationToken.IsCancellationRequested)
        {
            outcome = Interrupted();
        }
        else
        {
            StepContext context = ContextOf(node, request) with { Obstacle = obstacle };
            outcome = await RunLockedAsync(context, watch, cancellationToken);
        }

        outcome = outcome with { Seconds = watch.WorkSeconds, WaitSeconds = watch.WaitSeconds };
        _log.Write(node, outcome);
        _results.Enqueue(new(node, outcome));
        _observer.StepFinished(node, outcome);
        return outcome;
    }

    /// <summary>Why what comes after these steps cannot be brought up to date; empty where it can.</summary>
    private static string ObstacleOf(StepOutcome[] earlier) =>
        earlier.FirstOrDefault(o => o.State == StepState.Failed) is { } failed
            ? $"{failed.FailureCode} {failed.FailureMessage}"
        : earlier.Any(o => o.State == StepState.Skipped) ? ObstacleText
        : "";

    /// <summary>
    /// Takes the table's lock, then a place to work: who waits for another run keeps no place from those that could
    /// work meanwhile.
    /// </summary>
    private async Task<StepOutcome> RunLockedAsync(
        StepContext context, StepWatch watch, CancellationToken cancellationToken)
    {
        StepOutcome outcome;
        try
        {
            using TableLock held = await TableLock.AcquireAsync(
                _session.Lake.Root, context.Node.Table, Clock, () => ReportWait(context.Node), cancellationToken);
            using IDisposable place = await _slots.EnterAsync(context.Node, cancellationToken);
            watch.Begin();
            outcome = await WorkAsync(context, cancellationToken);
            await RecordAsync(context, outcome);
            watch.End();
            return outcome;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return Interrupted();
        }
        catch (Exception problem)
        {
            outcome = Failed(problem);
        }

        await RecordAsync(context, outcome);
        return outcome;
    }

    private async Task<StepOutcome> WorkAsync(StepContext context, CancellationToken cancellationToken)
    {
        try
        {
            Failure? unpinned =
                context.Node.Reads.Select(t => _unpinned.GetValueOrDefault(t)).FirstOrDefault(f => f is not null);
            return unpinned is null
                ? await _steps[context.Node.Kind].ExecuteAsync(context, cancellationToken)
                : Failed(unpinned);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return Interrupted();
        }
        catch (Exception problem)
        {
            return Failed(problem);
        }
    }

    private void ReportWait(StepNode node)
    {
        const string Reason = "for another run or command that works on its table";
        _log.Writer.WriteLine($"{node.Kind} {node.Key} waits {Reason}");
        _observer.StepWaiting(node, Reason);
    }

    private static StepOutcome Interrupted() => new() { State = StepState.Interrupted, Reason = "the run was stopped" };

    private StepOutcome Failed(Exception problem) => Failed(Named(problem));

    private static StepOutcome Failed(Failure failure) => new()
    {
        State = StepState.Failed,
        FailureCode = failure.Code,
        FailureMessage = failure.Message,
    };

    /// <summary>Names an exception; the log keeps where those arose that nobody foresaw.</summary>
    private Failure Named(Exception problem)
    {
        var failure = Failure.Of(problem);
        if (!failure.IsForeseen)
        {
            _log.Writer.WriteLine($"{problem.GetType()}\n{problem.StackTrace}");
        }

        return failure;
    }

    /// <summary>Records how a step ended; what cannot be recorded is a problem of the run, not of the step.</summary>
    private async Task RecordAsync(StepContext context, StepOutcome outcome)
    {
        string? @event = outcome.State switch
        {
            StepState.Done when context.Node.Kind == StepKind.Publish => RunEvents.ProductVersion,
            StepState.Done => RunEvents.Committed,
            StepState.Failed => RunEvents.Failed,
            _ when outcome.LeftOut.Length > 0 => RunEvents.LeftOut,
            _ => null,
        };
        if (@event is null)
        {
            return;
        }

        JsonObject details = new()
        {
            ["reason"] = outcome.Reason,
            ["rows"] = outcome.Rows,
            ["bytes"] = outcome.Bytes,
            ["quarantined"] = outcome.Quarantined,
        };
        if (outcome.LeftOut.Length > 0)
        {
            details["leftOut"] = new JsonArray([.. outcome.LeftOut.Select(l => (JsonNode)$"{l.Code} {l}")]);
        }

        if (outcome.State == StepState.Failed)
        {
            details["code"] = outcome.FailureCode;
            details["message"] = outcome.FailureMessage;
        }

        long? version = outcome.Version < 0 ? null : outcome.Version;
        await FlushMetersAsync();
        await TryAsync(
            $"The table of runs lacks how {context.Node.Key} ended.",
            () => _ledger.RecordAsync(@event, context, null, version, details, CancellationToken.None),
            CancellationToken.None);
    }

    private StepContext ContextOf(StepNode node, RunRequest request) => new()
    {
        Estate = _session.Estate,
        Catalog = _session.Catalog,
        Node = node,
        Lake = _session.Lake,
        Locations = _session.Locations,
        RunId = _runId,
        StepId = _session.Ids.Next("s"),
        FullRefresh = request.FullRefresh,
        VerifiesSources = request.VerifiesSources,
        RetriesFailed = request.RetriesFailed,
        Clock = _session.Clock,
        Pins = _pins,
        Progress = new StepProgress(node, _observer),
        Observer = _observer,
        Workers = _workers,
        Committer = _committer,
        Audit = new AuditLedger(_session.Platform(PlatformTables.Audit), _session.Clock),
    };

    private RunSummary Summarise(DateTimeOffset started, TimeSpan elapsed, bool cancelled)
    {
        ImmutableArray<StepResult> steps = [.. _results];
        RunState state = cancelled ? RunState.Interrupted
            : steps.Any(s => s.Outcome.State is StepState.Failed) ? RunState.Failed
            : steps.Any(s => s.Outcome.LeftOut.Length > 0) ? RunState.Partial
            : steps.All(s => s.Outcome.State is StepState.UpToDate) ? RunState.UpToDate
            : RunState.Succeeded;

        // What was stopped while a worker was at work has cost something, if it committed nothing.
        bool leavesTrace = _ledger.IsRecorded || state == RunState.Failed
            || (state == RunState.Interrupted && _meters.HasUnwritten);
        return new()
        {
            RunId = leavesTrace ? _runId : "",
            State = state,
            Started = started,
            Seconds = elapsed.TotalSeconds,
            Steps = steps,
            ComputeCost = _meters.Cost,
        };
    }

    private async Task FinishAsync(RunSummary summary)
    {
        JsonObject totals = new()
        {
            ["state"] = StateNames.Of(summary.State),
            ["seconds"] = Math.Round(summary.Seconds, 3),
            ["done"] = summary.Count(StepState.Done),
            ["failed"] = summary.Count(StepState.Failed),
        };
        await FlushMetersAsync();
        await TryAsync(
            "The table of runs lacks how the run ended.",
            () => _ledger.RecordRunAsync(RunEvents.Finished, totals, CancellationToken.None),
            CancellationToken.None);
        await TryAsync(
            "The run's summary was not written.",
            () =>
            {
                RunFile.Write(_session.Home, summary with { Problems = Problems() });
                return Task.CompletedTask;
            },
            CancellationToken.None);
        await CompactAsync();
    }

    private Task FlushMetersAsync() => TryAsync(
        "The table of meters lacks what workers used.",
        () => _meters.FlushAsync(CancellationToken.None),
        CancellationToken.None);

    /// <summary>What fails here harms nothing, and the next run tries again: the log has it.</summary>
    private async Task CompactAsync()
    {
        try
        {
            PlatformCompaction compaction = new(_session);
            foreach (LandfallException failure in await compaction.RunAsync(CancellationToken.None))
            {
                ReportCompactionFailure(Failure.Of(failure));
            }
        }
        catch (Exception problem)
        {
            ReportCompactionFailure(Named(problem));
        }
    }

    private void ReportCompactionFailure(Failure failure) =>
        _log.Writer.WriteLine($"  compaction of the management zone's tables: {failure.Code} {failure.Message}");

    /// <summary>Does what belongs to the run and not to a step; what fails is noted, and the run goes on.</summary>
    private async Task TryAsync(string lack, Func<Task> work, CancellationToken cancellationToken)
    {
        try
        {
            await work();
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The steps, none of which runs any more, say so.
        }
        catch (Exception problem)
        {
            Note(lack, problem);
        }
    }

    private ImmutableArray<RunProblem> Problems() => [.. _problems.Distinct()];

    private void Note(string lack, Exception problem)
    {
        Failure failure = Named(problem);
        _problems.Enqueue(new(failure.Code, $"{lack} {failure.Message}"));
        _log.Writer.WriteLine($"  {lack} {failure.Code} {failure.Message}");
    }

    private sealed class StepProgress(StepNode node, IRunObserver observer) : IProgress<WorkerProgress>
    {
        public void Report(WorkerProgress value) => observer.StepProgressed(node, value);
    }
}
