using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Landfall.Delta;
using Landfall.Engine.Lakes;
using Landfall.Engine.Ledgers;
using Landfall.Engine.Steps;
using Landfall.Estate;
using Landfall.Workers;

namespace Landfall.Testing.Ingest;

/// <summary>The host of a step whose workers run in the test's process and whose commits a test may refuse.</summary>
public sealed class IngestHost : IStepHost
{
    public required EstateDefinition Estate { get; init; }

    public required EstateCatalog Catalog { get; init; }

    public required StepNode Node { get; init; }

    public required Lake Lake { get; init; }

    public required IReadOnlyDictionary<string, string> Locations { get; init; }

    public string? RunId => null;

    public required string StepId { get; init; }

    public required bool FullRefresh { get; init; }

    public required bool VerifiesSources { get; init; }

    public bool RetriesFailed => false;

    public string Obstacle => "";

    public TimeProvider Clock => TimeProvider.System;

    public IReadOnlyDictionary<TableName, long> Pins => ImmutableDictionary<TableName, long>.Empty;

    public required Func<WorkerTask, CancellationToken, Task<JsonNode>> Worker { get; init; }

    public required Func<TableName, DeltaTable, Transaction, JsonObject, CancellationToken, Task<long>> Commit
    {
        get;
        init;
    }

    public void Pin(TableName table, long version)
    {
    }

    public void Started(string reason)
    {
    }

    public Task<JsonNode> RunWorkerAsync(WorkerTask task, CancellationToken cancellationToken) =>
        Worker(task, cancellationToken);

    public Task<long> CommitAsync(
        TableName table, DeltaTable delta, Transaction transaction, JsonObject details,
        CancellationToken cancellationToken) => Commit(table, delta, transaction, details, cancellationToken);

    public Task AuditAsync(IReadOnlyList<AuditEntry> entries, CancellationToken cancellationToken) =>
        Task.CompletedTask;
}
