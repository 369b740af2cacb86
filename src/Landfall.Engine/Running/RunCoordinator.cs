using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.Json.Nodes;
using Landfall.Engine.Maintenance;
using Landfall.Engine.Planning;
using Landfall.Estate;
using Landfall.Estate.Zones;
using Landfall.Workers;

namespace Landfall.Engine.Running;

/// <summary>
/// Runs steps: each after those it depends on, parallel within the limits of pools, one atomic commit a step. What is
/// downstream of a failure is skipped and everything else finishes. Killing it anywhere and running again gives the
/// same tables. One instance a run.
/// </summary>
internal sealed class RunCoordinator : IDisposable
{
    private readonly EngineSession _session;
    private readonly EstateAnalysis _analysis;
    private readonly IRunObserver _observer;
    private readonly RunLog _log;
    private readonly RunLedger _ledger;
    private readonly MeterLedger _meters;
    private readonly StepWorkers _workers;
    private readonly StepCommitter _committer;
    private readonly string _runId;
    private readonly SemaphoreSlim _machine = new(Math.Max(2, Environment.ProcessorCount));
    private readonly ConcurrentDictionary<(string Zone, string Pool), SemaphoreSlim> _pools = new();
    private readonly ConcurrentDictionary<TableName, long> _pins = new();
    private readonly ConcurrentQueue<StepResult> _results = new();

    public RunCoordinator(EngineSession session, EstateAnalysis analysis, IRunObserver observer)
    {
        _session = session;
        _analysis = analysis;
        _observer = observer;
        _runId = session.Ids.Next("r");
        _log = new RunLog(session.Home, _runId, session.Clock);
        _ledger = new RunLedger(session.Platform("runs"), _runId, session.Clock);
        _meters = new MeterLedger(session.Platform("meters"), _runId, session.Clock);
        _workers = new StepWorkers(session.Launcher, session.Vault, _meters, _log.Writer);
        _committer = new StepCommitter(_ledger, _meters);
    }

    /// <summary>Runs the steps to their end; cancelling interrupts what runs and leaves every table whole.</summary>
    public async Task<RunSummary> RunAsync(RunRequest request, CancellationToken cancellationToken)
    {
        DateTimeOffset started = _session.Clock.GetUtcNow();
        long watch = Stopwatch.GetTimestamp();
        _observer.RunStarted(_runId, request.Steps.Length);
        await PinOutsideTablesAsync(request.Steps, cancellationToken);

        Dictionary<string, Task<StepOutcome>> tasks = [];
        foreach (StepNode node in request.Steps)
        {
            Task<StepOutcome>[] before = [.. node.DependsOn.Where(tasks.ContainsKey).Select(k => tasks[k])];
            tasks[node.Key] = RunStepAsync(node, before, request.FullRefresh, cancellationToken);
        }

        await Task.WhenAll(tasks.Values);
        RunSummary summary = Summarise(started, Stopwatch.GetElapsedTime(watch),
            cancellationToken.IsCancellationRequested);
        if (_ledger.IsRecorded)
        {
            await FinishAsync(summary);
        }

        _observer.RunFinished(summary);
        return summary;
    }

    /// <summary>Closes the run's log.</summary>
    public void Dispose()
    {
        _log.Dispose();
        _machine.Dispose();
    }

    /// <summary>Tables that are read but not built in this run keep the version they have now.</summary>
    private async Task PinOutsideTablesAsync(ImmutableArray<StepNode> steps, CancellationToken cancellationToken)
    {
        HashSet<TableName> built = [.. steps.Select(s => s.Table)];
        foreach (TableName table in steps.SelectMany(s => s.Reads).Distinct().Where(t => !built.Contains(t)))
        {
            if (_session.Catalog.TryFind(table, out CatalogTable? entry)
                && await _session.Open(entry).TryLoadAsync(null, cancellationToken) is { } snapshot)
            {
                _pins[table] = snapshot.Version;
            }
        }
    }

    private async Task<StepOutcome> RunStepAsync(
        StepNode node, Task<StepOutcome>[] before, bool fullRefresh, CancellationToken cancellationToken)
    {
        StepOutcome[] earlier = await Task.WhenAll(before);
        long watch = Stopwatch.GetTimestamp();
        StepOutcome outcome;
        if (earlier.Any(o => o.State is StepState.Failed or StepState.Skipped))
        {
            outcome = new() { State = StepState.Skipped, Reason = "a step before it failed" };
        }
        else if (cancellationToken.IsCancellationRequested)
        {
            outcome = new() { State = StepState.Interrupted, Reason = "the run was stopped" };
        }
        else
        {
            outcome = await RunInPoolAsync(node, fullRefresh, cancellationToken);
        }

        outcome = outcome with { Seconds = Stopwatch.GetElapsedTime(watch).TotalSeconds };
        _log.Write(node, outcome);
        _results.Enqueue(new(node, outcome));
        _observer.StepFinished(node, outcome);
        return outcome;
    }

    private async Task<StepOutcome> RunInPoolAsync(StepNode node, bool fullRefresh, CancellationToken cancellationToken)
    {
        StepContext context = ContextOf(node, fullRefresh);
        SemaphoreSlim pool = _pools.GetOrAdd((node.Zone.Id, node.Pool.Id), _ => new(node.Pool.Concurrency));
        try
        {
            await pool.WaitAsync(cancellationToken);
            try
            {
                await _machine.WaitAsync(cancellationToken);
                try
                {
                    return await RunLockedAsync(context, cancellationToken);
                }
                finally
                {
                    _machine.Release();
                }
            }
            finally
            {
                pool.Release();
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return new() { State = StepState.Interrupted, Reason = "the run was stopped" };
        }
    }

    private async Task<StepOutcome> RunLockedAsync(StepContext context, CancellationToken cancellationToken)
    {
        using TableLock held = await TableLock.AcquireAsync(
            _session.Lake.Root, context.Node.Table, _session.Clock, cancellationToken);
        StepOutcome outcome;
        try
        {
            outcome = await StepHandlers.ExecuteAsync(context, _analysis, cancellationToken);
        }
        catch (LandfallException failure)
        {
            outcome = new()
            {
                State = StepState.Failed,
                FailureCode = failure.Code,
                FailureMessage = failure.Message,
            };
        }

        await RecordAsync(context, outcome);
        return outcome;
    }

    private async Task RecordAsync(StepContext context, StepOutcome outcome)
    {
        string? @event = outcome.State switch
        {
            StepState.Done => "committed",
            StepState.Failed => "failed",
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
        if (outcome.State == StepState.Failed)
        {
            details["code"] = outcome.FailureCode;
            details["message"] = outcome.FailureMessage;
        }

        long? version = outcome.Version < 0 ? null : outcome.Version;
        await _meters.FlushAsync(CancellationToken.None);
        await _ledger.RecordAsync(@event, context, null, version, details, CancellationToken.None);
    }

    private StepContext ContextOf(StepNode node, bool fullRefresh) => new()
    {
        Estate = _session.Estate,
        Catalog = _session.Catalog,
        Node = node,
        Lake = _session.Lake,
        Locations = _session.Locations,
        RunId = _runId,
        StepId = _session.Ids.Next("s"),
        FullRefresh = fullRefresh,
        Clock = _session.Clock,
        Pins = _pins,
        Progress = new StepProgress(node, _observer),
        Started = reason => _observer.StepStarted(node, reason),
        Workers = _workers,
        Committer = _committer,
        Audit = new AuditLedger(_session.Platform("audit"), _session.Clock),
    };

    private RunSummary Summarise(DateTimeOffset started, TimeSpan elapsed, bool cancelled)
    {
        ImmutableArray<StepResult> steps = [.. _results];
        string state = cancelled ? "interrupted"
            : steps.Any(s => s.Outcome.State is StepState.Failed) ? "failed"
            : steps.All(s => s.Outcome.State is StepState.UpToDate) ? "up-to-date"
            : "succeeded";
        return new()
        {
            RunId = _ledger.IsRecorded ? _runId : "",
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
            ["state"] = summary.State,
            ["seconds"] = Math.Round(summary.Seconds, 3),
            ["done"] = summary.Count(StepState.Done),
            ["failed"] = summary.Count(StepState.Failed),
        };
        await _meters.FlushAsync(CancellationToken.None);
        await _ledger.RecordRunAsync("run-finished", totals, CancellationToken.None);
        RunFile.Write(_session.Home, summary);
        foreach (LandfallException failure in await new PlatformUpkeep(_session).RunAsync(CancellationToken.None))
        {
            _log.Writer.WriteLine($"  upkeep of the management zone's tables: {failure.Code} {failure.Message}");
        }
    }

    private sealed class StepProgress(StepNode node, IRunObserver observer) : IProgress<WorkerProgress>
    {
        public void Report(WorkerProgress value) => observer.StepProgressed(node, value);
    }
}
