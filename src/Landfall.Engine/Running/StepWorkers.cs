using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Landfall.Engine.Engines;
using Landfall.Engine.Lakes;
using Landfall.Engine.Steps;
using Landfall.Estate;
using Landfall.Estate.Zones;
using Landfall.Governance;
using Landfall.Posix;
using Landfall.Workers;

namespace Landfall.Engine.Running;

/// <summary>Runs workers in the pools of an estate: with the pool's limits and secrets, metered.</summary>
/// <param name="launcher">Starts worker processes.</param>
/// <param name="vault">Resolves the pool's secrets.</param>
/// <param name="ledger">The run's ledger.</param>
/// <param name="meters">The meters table.</param>
/// <param name="log">The run's log; receives what workers write to standard error.</param>
internal sealed class StepWorkers(
    WorkerLauncher launcher, SecretVault vault, RunLedger ledger, MeterLedger meters, TextWriter log)
{
    private readonly ConcurrentDictionary<string, bool> _probed = new(StringComparer.Ordinal);

    /// <summary>Runs one task; returns its result or throws with the worker's code.</summary>
    public async Task<JsonNode> RunAsync(StepContext context, WorkerTask task, CancellationToken cancellationToken)
    {
        task = WithProbe(context.Node.Pool, task);
        WorkerRequest request = await AdmitAsync(context, task, cancellationToken);
        await NoteSessionAsync(context, task, cancellationToken);
        WorkerReport report = await launcher.RunAsync(request, context.Progress, log, cancellationToken);
        meters.Record(context, report.Usage);
        if (report.Usage.Killed && task.Engine is not null)
        {
            await EndAsync(context, task.Engine);
        }

        return ResultOf(task, report, cancellationToken);
    }

    /// <summary>The first worker of a run that writes through an engine tries that both mean the same folder.</summary>
    private WorkerTask WithProbe(Pool pool, WorkerTask task) =>
        task.Engine is { } engine && !task.Writes.IsEmpty && pool.Spark is { } spark
            && _probed.TryAdd($"{spark.Target}", true)
            ? task with { Engine = (RemoteEngine.Of(engine) with { Probes = true }).ToJson() }
            : task;

    /// <summary>
    /// What an engine does outside of the worker goes on without it: the session's name is known before the worker
    /// starts, so that whoever comes later can end it.
    /// </summary>
    private Task NoteSessionAsync(StepContext context, WorkerTask task, CancellationToken cancellationToken) =>
        task.Engine is null ? Task.CompletedTask : ledger.RecordAsync(
            RunEvents.Session, context, null, null,
            LostSession.Details(context.Node, RemoteEngine.Of(task.Engine).Session), cancellationToken);

    /// <summary>Ends what a killed worker left running, as far as the engine can be reached.</summary>
    private async Task EndAsync(StepContext context, JsonNode engine)
    {
        try
        {
            EndSessions end = new(context.Estate, launcher, vault);
            ImmutableArray<RemoteUsage> used = await end.RunAsync(
                context.Node.Pool, [RemoteEngine.Of(engine).Session], CancellationToken.None);
            meters.Record(MeteredStep.Of(context, context.RunId), used[0], killed: true);
        }
        catch (LandfallException problem)
        {
            // The failure of the step says more. What the engine itself gives up, it ends within minutes.
            await log.WriteLineAsync($"  {context.Node.Key}: {problem.Code} {problem.Message}");
        }
    }

    /// <summary>
    /// The request of a task with a pool's limits and secrets; makes the folders that it writes. Here secrets are
    /// resolved, so that here, before any process starts, the task's target is held against the egress rules.
    /// </summary>
    /// <exception cref="EgressException">LF3010: the rules do not allow it; nothing was made.</exception>
    public static WorkerRequest RequestOf(EstateDefinition estate, Pool pool, WorkerTask task, SecretVault vault)
    {
        ImmutableDictionary<string, string> secrets = vault.Resolve(pool.Secrets);
        if (task.Target is { } target
            && EgressPolicy.Decide(estate.Management, target.Resolve(secrets)) is { Permitted: false } refusal)
        {
            throw new EgressException(refusal);
        }

        foreach (string folder in task.Writes)
        {
            // Durable names: what a worker writes and syncs must not hang on a folder that a crash takes.
            PosixCalls.CreateFolder(folder);
        }

        return new()
        {
            Kind = task.Kind,
            Payload = task.Payload,
            Secrets = secrets.SetItems(task.Secrets),
            MemoryBytes = pool.MemoryBytes,
            Threads = pool.Threads,
            Timeout = TimeSpan.FromSeconds(pool.TimeoutSeconds),
            ReadOnlyPaths = task.Reads,
            WritablePaths = task.Writes,
            Engine = task.Engine,
            Network = task.Target is not null || task.UsesOwnServer,
        };
    }

    /// <summary>A refused target is audited as every decision.</summary>
    private async Task<WorkerRequest> AdmitAsync(
        StepContext context, WorkerTask task, CancellationToken cancellationToken)
    {
        StepNode node = context.Node;
        try
        {
            return RequestOf(context.Estate, node.Pool, task, vault);
        }
        catch (EgressException refused)
        {
            await context.Audit.RecordAsync(
                [new($"{node.Zone.Id}/{node.UnitId}", "connect", node.Table, false, refused.Reason, context.RunId)],
                cancellationToken);
            throw;
        }
    }

    /// <summary>The result of a worker that ended, or its failure as an exception.</summary>
    public static JsonNode ResultOf(WorkerTask task, WorkerReport report, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return report.Failure is { } failure
            ? throw new LandfallException(failure.Code, failure.Message)
            : report.Result ?? throw new InvalidOperationException($"The task {task.Kind} ended without a result.");
    }
}

/// <summary>The egress rules do not allow what a task would connect to; no process was started for it.</summary>
/// <param name="refusal">The decision.</param>
internal sealed class EgressException(EgressDecision refusal) : LandfallException(
    refusal.Code,
    $"{refusal.Reason} Nothing connected to it, and every table is as it was. Correct host and port in "
    + "integration.yaml or of the pool, the secrets they name or the rules, then run again.")
{
    /// <summary>What decided, without any secret.</summary>
    public string Reason { get; } = refusal.Reason;
}
