using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Landfall.Delta;
using Landfall.Delta.Commits;
using Landfall.Engine.Lakes;
using Landfall.Engine.Ledgers;
using Landfall.Engine.Steps;
using Landfall.Estate;
using Landfall.Workers;

namespace Landfall.Engine.Planning;

/// <summary>The host of a step in a copy of the lake: it commits there, and writes no intent and no meter.</summary>
/// <param name="session">The open estate.</param>
/// <param name="lake">The copy.</param>
/// <param name="node">The step.</param>
/// <param name="fullRefresh">Whether everything is to be built anew.</param>
internal sealed class PlanHost(EngineSession session, Lake lake, StepNode node, bool fullRefresh) : IStepHost
{
    /// <inheritdoc/>
    public EstateDefinition Estate => session.Estate;

    /// <inheritdoc/>
    public EstateCatalog Catalog => session.Catalog;

    /// <inheritdoc/>
    public StepNode Node => node;

    /// <inheritdoc/>
    public Lake Lake => lake;

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> Locations => session.Locations;

    /// <inheritdoc/>
    public string? RunId => null;

    /// <inheritdoc/>
    public string StepId { get; } = session.Ids.Next("s");

    /// <inheritdoc/>
    public bool FullRefresh => fullRefresh;

    /// <inheritdoc/>
    public bool VerifiesSources => false;

    /// <inheritdoc/>
    public bool RetriesFailed => false;

    /// <inheritdoc/>
    public string Obstacle => "";

    /// <inheritdoc/>
    public TimeProvider Clock => session.Clock;

    /// <inheritdoc/>
    public IReadOnlyDictionary<TableName, long> Pins => ImmutableDictionary<TableName, long>.Empty;

    /// <inheritdoc/>
    public void Pin(TableName table, long version)
    {
        // The copy's versions are read by nobody else.
    }

    /// <inheritdoc/>
    public void Started(string reason)
    {
        // Nothing starts in a plan.
    }

    /// <inheritdoc/>
    public Task<JsonNode> RunWorkerAsync(WorkerTask task, CancellationToken cancellationToken) =>
        session.Probe.RunAsync(node.Zone.Id, node.Pool.Id, task, cancellationToken);

    /// <inheritdoc/>
    public async Task<long> CommitAsync(
        TableName table, DeltaTable delta, Transaction transaction, JsonObject details,
        CancellationToken cancellationToken)
    {
        transaction.SetInfo("landfall", details);
        CommitRetry retry = new(session.Clock);
        return await retry.CommitAsync(transaction, cancellationToken) is Committed committed
            ? committed.Version
            : throw new LandfallException(
                "LF4010",
                $"The commit to the plan's own copy of {table} was lost: {retry.Obstacle} No table changed. Plan "
                + "again.");
    }

    /// <inheritdoc/>
    public Task AuditAsync(IReadOnlyList<AuditEntry> entries, CancellationToken cancellationToken) =>
        Task.CompletedTask;
}
