using System.Collections.Immutable;
using Landfall.Delta;
using Landfall.Engine.Analysis;
using Landfall.Engine.Build;
using Landfall.Engine.Engines;
using Landfall.Engine.Ingest;
using Landfall.Engine.Lakes;
using Landfall.Engine.Steps;
using Landfall.Estate;

namespace Landfall.Engine.Planning;

/// <summary>
/// Plans the steps of integrations. What a source would bring to a table that exists is found by bringing it, into
/// a copy of the table; so a plan names the values that products will build anew.
/// </summary>
/// <param name="session">The open estate.</param>
internal sealed class SourcePlanner(EngineSession session) : IDisposable
{
    private readonly Dictionary<string, PlanOverlay> _overlays = [];

    /// <summary>Land steps whose new data is not read for a plan.</summary>
    private readonly HashSet<string> _unread = [];

    /// <summary>Plans one step, after those it depends on.</summary>
    public async Task<PlannedStep> PlanAsync(
        StepNode step, PlanState state, bool fullRefresh, CancellationToken cancellationToken)
    {
        try
        {
            return step.Kind == StepKind.Land
                ? await PlanLandAsync(step, cancellationToken)
                : await PlanEnrichAsync(step, state, fullRefresh, cancellationToken);
        }
        catch (LandfallException problem) when (step.Kind == StepKind.Land)
        {
            return new() { Step = step, WillRun = true,
                Reason = $"its source cannot be read now: {problem.Code} {problem.Message}" };
        }
    }

    /// <summary>Removes the copies.</summary>
    public void Dispose()
    {
        foreach (PlanOverlay overlay in _overlays.Values)
        {
            overlay.Dispose();
        }
    }

    private async Task<PlannedStep> PlanLandAsync(StepNode step, CancellationToken cancellationToken)
    {
        Register register = await Register.LoadAsync(
            session.Lake, step.Zone.Id, step.Integration!.Id, cancellationToken);
        ISourceKind kind = LandStep.KindOf(session.Options.Sources, step);
        LandOutlook outlook = kind.Look(step.Integration, session.Locations, register);
        if (outlook.WillLand is { } known)
        {
            if (known)
            {
                _unread.Add(StepGraph.LandKey(step.Zone, step.Integration));
            }

            return new() { Step = step, WillRun = known, Reason = outlook.Reason };
        }

        PlanOverlay overlay = OverlayOf(step);
        StepOutcome outcome = await kind.LandAsync(overlay.HostOf(step), cancellationToken);
        return new() { Step = step, WillRun = outcome.State == StepState.Done, Reason = outcome.Reason };
    }

    private async Task<PlannedStep> PlanEnrichAsync(
        StepNode step, PlanState state, bool fullRefresh, CancellationToken cancellationToken)
    {
        CatalogTable table = session.Catalog.Get(step.Table);
        Snapshot? now = await session.Open(table).TryLoadAsync(null, cancellationToken);
        if (now is null || fullRefresh)
        {
            state.Add(step.Table, PendingChange.Unknown(whole: true));
            return new() { Step = step, WillRun = true, Reason = now is null ? "new" : "full refresh asked for" };
        }

        if (_unread.Contains(StepGraph.LandKey(step.Zone, step.Integration!)))
        {
            state.Add(step.Table, PendingChange.Unknown(whole: false));
            return new()
            {
                Step = step, WillRun = true, Reason = "its source has new data, which is known when it is landed",
            };
        }

        PlanOverlay overlay = OverlayOf(step);
        StepOutcome outcome = await new EnrichStep().ExecuteAsync(overlay.HostOf(step), cancellationToken);
        if (outcome.State != StepState.Done)
        {
            return new() { Step = step, WillRun = false, Reason = outcome.Reason };
        }

        Snapshot then = await overlay.Lake.Open(overlay.Lake.TableFolder(table.Name, table.Layer))
            .LoadAsync(cancellationToken);
        if (await ChangesDataAsync(overlay, table, now, then, cancellationToken))
        {
            state.Add(step.Table, new(
                Whole: then.Metadata.Id != now.Metadata.Id
                    || BuildAssessor.ColumnsOf(then) != BuildAssessor.ColumnsOf(now),
                async (asked, token) => await ValuesAsync(step, overlay, table, now, then, asked, token)));
        }

        return new() { Step = step, WillRun = true, Reason = outcome.Reason };
    }

    private static async Task<bool> ChangesDataAsync(
        PlanOverlay overlay, CatalogTable table, Snapshot now, Snapshot then, CancellationToken cancellationToken)
    {
        DeltaTable delta = overlay.Lake.Open(overlay.Lake.TableFolder(table.Name, table.Layer));
        return then.Version > now.Version && await delta.DataChangedSinceAsync(now.Version, cancellationToken);
    }

    private async Task<ImmutableArray<string?>?> ValuesAsync(
        StepNode step, PlanOverlay overlay, CatalogTable table, Snapshot now, Snapshot then,
        AffectedPartitionsQuestion asked, CancellationToken cancellationToken)
    {
        PinnedTable pinned = overlay.Lake.Pin(table, []);
        ChangedFiles files = await overlay.Lake.Open(pinned.Folder)
            .ChangedFilesAsync(now.Version, then.Version, cancellationToken);
        AffectedPartitionsRequest request = new(
            ContractSchema.Of(asked.Table.Table).ToJson(),
            asked.Column,
            [new(pinned, asked.Expression, RowChanges.Of(files.Added, files.Removed))]);
        return EngineCalls.AffectedPartitions.ResultOf(await session.Probe.RunAsync(
            step.Zone.Id,
            step.Pool.Id,
            EngineCalls.AffectedPartitions.Of(step.Pool, request, [pinned.Folder]),
            cancellationToken));
    }

    private PlanOverlay OverlayOf(StepNode step)
    {
        string key = StepGraph.LandKey(step.Zone, step.Integration!);
        if (!_overlays.TryGetValue(key, out PlanOverlay? overlay))
        {
            _overlays[key] = overlay = new(session, step.Zone, step.Integration!);
        }

        return overlay;
    }
}
