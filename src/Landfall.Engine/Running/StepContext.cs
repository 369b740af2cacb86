using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Landfall.Delta;
using Landfall.Engine.Lakes;
using Landfall.Engine.Planning;
using Landfall.Estate;
using Landfall.Workers;

namespace Landfall.Engine.Running;

/// <summary>
/// What a step works with: the lake, a way to run workers in its pool, and the one way to commit. One instance a step;
/// its methods may be called from several threads.
/// </summary>
internal sealed class StepContext
{
    /// <summary>The estate.</summary>
    public required EstateDefinition Estate { get; init; }

    /// <summary>Every declared table.</summary>
    public required EstateCatalog Catalog { get; init; }

    /// <summary>The step.</summary>
    public required StepNode Node { get; init; }

    /// <summary>The lake.</summary>
    public required Lake Lake { get; init; }

    /// <summary>
    /// Folders or files of file sources by location name, absolute; given ones replace the target's.
    /// </summary>
    public required IReadOnlyDictionary<string, string> Locations { get; init; }

    /// <summary>Id of the run.</summary>
    public required string RunId { get; init; }

    /// <summary>Id of the step, unique for ever; names the folder of its data files.</summary>
    public required string StepId { get; init; }

    /// <summary>Whether everything is to be built anew.</summary>
    public required bool FullRefresh { get; init; }

    /// <summary>Time.</summary>
    public required TimeProvider Clock { get; init; }

    /// <summary>The versions of tables that this run reads, by table.</summary>
    public required ConcurrentDictionary<TableName, long> Pins { get; init; }

    /// <summary>Receives rows and bytes done.</summary>
    public required IProgress<WorkerProgress> Progress { get; init; }

    /// <summary>Is told why the step runs, once it is known that it has something to do.</summary>
    public required Action<string> Started { get; init; }

    /// <summary>Runs workers in the step's pool and meters them.</summary>
    internal required StepWorkers Workers { get; init; }

    /// <summary>Writes the intent and commits.</summary>
    internal required StepCommitter Committer { get; init; }

    /// <summary>Records reads and decisions.</summary>
    internal required AuditLedger Audit { get; init; }

    /// <summary>
    /// Runs a task in a worker process of the step's pool, metered, with the pool's secrets. Returns the task's result;
    /// throws <see cref="LandfallException"/> with the worker's code where it failed.
    /// </summary>
    public Task<JsonNode> RunWorkerAsync(WorkerTask task, CancellationToken cancellationToken) =>
        Workers.RunAsync(this, task, cancellationToken);

    /// <summary>
    /// Writes the intent row, then commits with the step's <c>txn</c> and <c>commitInfo</c>. Returns the version;
    /// throws LF4010 where another writer's commit conflicts.
    /// </summary>
    /// <param name="table">The table's SQL name.</param>
    /// <param name="delta">The table.</param>
    /// <param name="transaction">Adds, removes and metadata of the step.</param>
    /// <param name="details">What the step pins: inputs with versions, fingerprints, reason.</param>
    /// <param name="cancellationToken">Ends the step before the commit; ignored after.</param>
    public Task<long> CommitAsync(
        TableName table, DeltaTable delta, Transaction transaction, JsonObject details,
            CancellationToken cancellationToken) =>
        Committer.CommitAsync(this, table, delta, transaction, details, cancellationToken);
}
