using System.Text.Json.Nodes;
using Landfall.Engine.Lakes;
using Landfall.Estate;
using Landfall.Estate.Zones;
using Landfall.Posix;
using Landfall.Workers;

namespace Landfall.Engine.Running;

/// <summary>Runs workers in the pools of an estate: with the pool's limits and secrets, metered.</summary>
/// <param name="launcher">Starts worker processes.</param>
/// <param name="vault">Resolves the pool's secrets.</param>
/// <param name="meters">The meters table.</param>
/// <param name="log">The run's log; receives what workers write to standard error.</param>
internal sealed class StepWorkers(WorkerLauncher launcher, SecretVault vault, MeterLedger meters, TextWriter log)
{
    /// <summary>Runs one task; returns its result or throws with the worker's code.</summary>
    public async Task<JsonNode> RunAsync(StepContext context, WorkerTask task, CancellationToken cancellationToken)
    {
        WorkerRequest request = RequestOf(context.Node.Pool, task, vault);
        WorkerReport report = await launcher.RunAsync(request, context.Progress, log, cancellationToken);
        meters.Record(context, report.Usage);
        return ResultOf(task, report, cancellationToken);
    }

    /// <summary>The request of a task with a pool's limits and secrets; makes the folders that it writes.</summary>
    public static WorkerRequest RequestOf(Pool pool, WorkerTask task, SecretVault vault)
    {
        foreach (string folder in task.Writes)
        {
            // Durable names: what a worker writes and syncs must not hang on a folder that a crash takes.
            PosixCalls.CreateFolder(folder);
        }

        return new()
        {
            Kind = task.Kind,
            Payload = task.Payload,
            Secrets = vault.Resolve(pool.Secrets),
            MemoryBytes = pool.MemoryBytes,
            Threads = pool.Threads,
            Timeout = TimeSpan.FromSeconds(pool.TimeoutSeconds),
            ReadOnlyPaths = task.Reads,
            WritablePaths = task.Writes,
            Network = task.Network,
        };
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
