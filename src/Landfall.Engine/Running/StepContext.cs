using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Landfall.Delta;
using Landfall.Engine.Lakes;
using Landfall.Engine.Ledgers;
using Landfall.Engine.Steps;
using Landfall.Estate;
using Landfall.Workers;

namespace Landfall.Engine.Running;

/// <summary>The host of a step in a run: workers are metered, intents and reads recorded.</summary>
internal sealed record StepContext : IStepHost
{
    /// <inheritdoc/>
    public required EstateDefinition Estate { get; init; }

    /// <inheritdoc/>
    public required EstateCatalog Catalog { get; init; }

    /// <inheritdoc/>
    public required StepNode Node { get; init; }

    /// <inheritdoc/>
    public required Lake Lake { get; init; }

    /// <inheritdoc/>
    public required IReadOnlyDictionary<string, string> Locations { get; init; }

    /// <summary>Id of the run.</summary>
    public required string RunId { get; init; }

    /// <inheritdoc/>
    public required string StepId { get; init; }

    /// <inheritdoc/>
    public required bool FullRefresh { get; init; }

    /// <inheritdoc/>
    public required bool VerifiesSources { get; init; }

    /// <inheritdoc/>
    public required bool RetriesFailed { get; init; }

    /// <inheritdoc/>
    public string Obstacle { get; init; } = "";

    /// <inheritdoc/>
    public required TimeProvider Clock { get; init; }

    /// <summary>The versions of tables that this run reads, by table; shared by its steps.</summary>
    public required ConcurrentDictionary<TableName, long> Pins { get; init; }

    /// <summary>Receives rows and bytes done.</summary>
    public required IProgress<WorkerProgress> Progress { get; init; }

    /// <summary>Is told what the step does.</summary>
    public required IRunObserver Observer { get; init; }

    /// <summary>Runs workers in the step's pool and meters them.</summary>
    public required StepWorkers Workers { get; init; }

    /// <summary>Writes the intent and commits.</summary>
    public required StepCommitter Committer { get; init; }

    /// <summary>Records reads and decisions.</summary>
    public required AuditLedger Audit { get; init; }

    IReadOnlyDictionary<TableName, long> IStepHost.Pins => Pins;

    string? IStepHost.RunId => RunId;

    /// <inheritdoc/>
    public void Pin(TableName table, long version) => Pins[table] = version;

    /// <inheritdoc/>
    public void Started(string reason) => Observer.StepStarted(Node, reason);

    /// <inheritdoc/>
    public Task<JsonNode> RunWorkerAsync(WorkerTask task, CancellationToken cancellationToken) =>
        Workers.RunAsync(this, task, cancellationToken);

    /// <summary>
    /// Writes the intent row, then commits with the step's <c>txn</c> and <c>commitInfo</c>. Returns the version;
    /// throws LF4010 where another writer's commit conflicts.
    /// </summary>
    public Task<long> CommitAsync(
        TableName table, DeltaTable delta, Transaction transaction, JsonObject details,
        CancellationToken cancellationToken) =>
        Committer.CommitAsync(this, table, delta, transaction, details, cancellationToken);

    /// <inheritdoc/>
    public Task AuditAsync(IReadOnlyList<AuditEntry> entries, CancellationToken cancellationToken) =>
        Audit.RecordAsync(entries, cancellationToken);
}
