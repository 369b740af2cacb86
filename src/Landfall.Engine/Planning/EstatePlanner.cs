using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Landfall.Delta;
using Landfall.Engine.Analysis;
using Landfall.Engine.Evolution;
using Landfall.Engine.Ingest;
using Landfall.Engine.Lakes;
using Landfall.Engine.Publishing;
using Landfall.Engine.Steps;
using Landfall.Estate;
using Landfall.Governance;

namespace Landfall.Engine.Planning;

/// <summary>Says what a run would do and why. Changes nothing: it reads the lake, and looks at sources.</summary>
/// <param name="session">The open estate.</param>
/// <param name="analysis">Its definitions; without errors.</param>
public sealed class EstatePlanner(EngineSession session, EstateAnalysis analysis)
{
    /// <summary>Picks the steps that selectors name; all of them without any.</summary>
    /// <exception cref="LandfallException">LF4002 where a selector matches nothing.</exception>
    public async Task<ImmutableArray<StepNode>> SelectAsync(
        IReadOnlyCollection<string> select, IReadOnlyCollection<string> exclude, CancellationToken cancellationToken)
    {
        bool asked = select.Concat(exclude).Any(s => s.Contains("state:modified", StringComparison.Ordinal));
        IReadOnlySet<string> modified = asked ? await ModifiedAsync(cancellationToken) : new HashSet<string>();
        return StepSelector.Select(analysis.Steps, select, exclude, modified);
    }

    /// <summary>Plans the steps that selectors name.</summary>
    public async Task<Plan> PlanAsync(
        IReadOnlyCollection<string> select, IReadOnlyCollection<string> exclude, bool fullRefresh,
        CancellationToken cancellationToken)
    {
        ImmutableArray<StepNode> steps = await SelectAsync(select, exclude, cancellationToken);
        PlanState state = new();
        var planned = ImmutableArray.CreateBuilder<PlannedStep>();
        using SourcePlanner sources = new(session);
        ProductPlanner products = new(session, analysis);
        foreach (StepNode step in steps)
        {
            PlannedStep plan = step.Kind switch
            {
                StepKind.Build => await products.PlanAsync(step, state, fullRefresh, cancellationToken),
                StepKind.Publish => await PlanPublicationAsync(step, state, fullRefresh, cancellationToken),
                _ => await sources.PlanAsync(step, state, fullRefresh, cancellationToken),
            };
            plan = AfterRefusals(plan, planned);
            planned.Add(plan with { Reads = ReadsOf(step) });
        }

        HashSet<TableName> selected = [.. steps.Select(s => s.Table)];
        ImmutableArray<PlannedContract> contracts = await new DriftReader(session).PlanAsync(
            analysis.Reads, cancellationToken);
        return new(
            planned.ToImmutable(),
            Orphans.Find(session.Lake, session.Catalog),
            [.. contracts.Where(c => selected.Contains(c.Drift.Table.Name))]);
    }

    /// <summary>What comes after a refused step is refused with it.</summary>
    private static PlannedStep AfterRefusals(PlannedStep plan, IEnumerable<PlannedStep> earlier) =>
        !plan.IsRefused
            && earlier.FirstOrDefault(p => p.IsRefused && plan.Step.DependsOn.Contains(p.Step.Key)) is { } refused
            ? plan with { WillRun = false, IsRefused = true, Reason = $"{refused.Step.Key} is refused", Values = [] }
            : plan;

    private async Task<PlannedStep> PlanPublicationAsync(
        StepNode step, PlanState state, bool fullRefresh, CancellationToken cancellationToken)
    {
        TableName[] pending = [.. step.Reads.Where(t => state.Find(t) is not null)];
        if (pending.Length > 0)
        {
            return new() { Step = step, WillRun = true, Reason = $"{string.Join(", ", pending)} will change" };
        }

        PublicationOutlook outlook = await session.Options.Publisher!.LookAsync(
            new PlanHost(session, session.Lake, step, fullRefresh), cancellationToken);
        return new() { Step = step, WillRun = outlook.WillPublish, Reason = outlook.Reason };
    }

    private ImmutableArray<PlannedRead> ReadsOf(StepNode step) => step.Product is null ? [] :
    [
        .. step.Reads.Where(t => t.Zone != step.Table.Zone).Select(t => new PlannedRead(
            t,
            AccessPolicy.Decide(session.Estate, step.Zone.Id, step.Product.Id, t, session.Clock.GetUtcNow()).Reason)),
    ];

    /// <summary>
    /// Steps whose code or contract is not the one of their table's last build, and tables never built.
    /// </summary>
    private async Task<IReadOnlySet<string>> ModifiedAsync(CancellationToken cancellationToken)
    {
        HashSet<string> modified = [];
        foreach (StepNode step in analysis.Steps.Where(s => s.Kind != StepKind.Land))
        {
            if (!session.Catalog.TryFind(step.Table, out CatalogTable? entry))
            {
                continue;
            }

            DeltaTable delta = session.Open(entry);
            Snapshot? snapshot = await delta.TryLoadAsync(null, cancellationToken);
            JsonObject? info = snapshot is null
                ? null
                : await delta.LatestInfoAsync("landfall", cancellationToken);
            BuildDefinition? definition = analysis.FindDefinition(step.Table);
            string contract = definition?.ContractFingerprint ?? StepFingerprint.Of(step);
            if (info is null || (string?)info["contract"] != contract
                || ContractDrift.Of(entry, snapshot!).IsOutdated
                || (definition is not null && !definition.IsBuiltBy((string?)info["code"])))
            {
                modified.Add(step.Key);
            }
        }

        return modified;
    }
}
