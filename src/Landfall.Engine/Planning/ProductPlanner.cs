using System.Collections.Immutable;
using Landfall.Delta;
using Landfall.Engine.Analysis;
using Landfall.Engine.Build;
using Landfall.Engine.Engines;
using Landfall.Engine.Evolution;
using Landfall.Engine.Lakes;
using Landfall.Engine.Steps;
using Landfall.Estate;

namespace Landfall.Engine.Planning;

/// <summary>Plans the build steps of products.</summary>
/// <param name="session">The open estate.</param>
/// <param name="analysis">Its models.</param>
internal sealed class ProductPlanner(EngineSession session, EstateAnalysis analysis)
{
    private readonly BuildAssessor _assessor = new(session.Lake, session.Catalog);

    /// <summary>Plans one step, after those it depends on.</summary>
    public async Task<PlannedStep> PlanAsync(
        StepNode step, PlanState state, bool fullRefresh, CancellationToken cancellationToken)
    {
        ProductModel model = analysis.Model(step.Table);
        TableName[] pending = [.. model.Reads.Where(t => state.Find(t) is not null)];
        BuildAssessment? now = await AssessAsync(model, pending, fullRefresh, cancellationToken);
        string? whole = now is null
            ? await WhyUnreadyAsync(model, pending, cancellationToken)
            : WhyWhole(model, now, pending, state);
        if (whole is not null)
        {
            state.Add(step.Table, PendingChange.Unknown(whole: true));
            return new() { Step = step, WillRun = true, Reason = whole };
        }

        if (now!.Mode == BuildMode.UpToDate && pending.Length == 0)
        {
            return new() { Step = step, WillRun = now.RecordsContract, Reason = now.Reason };
        }

        ImmutableArray<string>? values = await AffectedAsync(step, model, now, pending, state, cancellationToken);
        state.Add(step.Table, new(Whole: false, (asked, _) =>
            Task.FromResult(asked.Expression == model.Rule!.Column ? values : null)));
        return new()
        {
            Step = step,
            WillRun = true,
            Reason = ReasonOf(model, now, pending)
                + (values is null ? $"; which {model.Rule!.Column} is known when it runs" : ""),
            Values = values ?? [],
        };
    }

    /// <summary>Null where an input lacks data or columns that the run would bring.</summary>
    private async Task<BuildAssessment?> AssessAsync(
        ProductModel model, TableName[] pending, bool fullRefresh, CancellationToken cancellationToken) =>
        pending.Length > 0
            ? await _assessor.TryAssessAsync(model, fullRefresh, cancellationToken)
            : await _assessor.AssessAsync(
                model, ImmutableDictionary<TableName, long>.Empty, fullRefresh, cancellationToken);

    /// <summary>Why a table is built whose inputs the run brings first.</summary>
    private async Task<string> WhyUnreadyAsync(
        ProductModel model, TableName[] pending, CancellationToken cancellationToken)
    {
        Snapshot? current = await session.Open(model.Table).TryLoadAsync(null, cancellationToken);
        return current is null ? "new"
            : ContractDrift.Of(model.Table, current) is { Rebuilds: true } drift ? drift.Text
            : $"whole: {string.Join(", ", pending)} will change and has other columns";
    }

    private static string? WhyWhole(ProductModel model, BuildAssessment now, TableName[] pending, PlanState state)
    {
        if (now.Mode == BuildMode.Full)
        {
            return now.Reason;
        }

        TableName[] unlisted =
            [.. pending.Where(t => model.Rule is null || !model.Rule.Inputs.ContainsKey(t) || state.Find(t)!.Whole)];
        return unlisted.Length == 0 ? null
            : model.Rule is null ? $"input will change: {string.Join(", ", unlisted)}"
            : $"whole: {string.Join(", ", unlisted)} will change and "
              + (state.Find(unlisted[0])!.Whole ? "is made anew" : "is not among the incremental inputs");
    }

    private static string ReasonOf(ProductModel model, BuildAssessment now, TableName[] pending)
    {
        List<string> reasons = [];
        if (now.Mode != BuildMode.UpToDate)
        {
            reasons.Add(now.Reason);
        }

        if (pending.Length > 0)
        {
            reasons.Add($"input will change: {string.Join(", ", pending)}");
        }

        return string.Join("; ", reasons) + $"; only the {model.Rule!.Column} that changed";
    }

    /// <summary>
    /// The values of committed changes and of those the run would bring; null where some are not known yet.
    /// </summary>
    private async Task<ImmutableArray<string>?> AffectedAsync(
        StepNode step, ProductModel model, BuildAssessment now, TableName[] pending, PlanState state,
        CancellationToken cancellationToken)
    {
        SortedSet<string> values = new(StringComparer.Ordinal);
        values.UnionWith(await CommittedAsync(step, model, now, cancellationToken));
        foreach (TableName table in pending)
        {
            ImmutableArray<string>? more =
                await state.Find(table)!.Values(
                    new(model.Table, model.Rule!.Column, model.Rule.Inputs[table]), cancellationToken);
            if (more is null)
            {
                return null;
            }

            values.UnionWith(more);
        }

        return [.. values];
    }

    private async Task<ImmutableArray<string>> CommittedAsync(
        StepNode step, ProductModel model, BuildAssessment now, CancellationToken cancellationToken)
    {
        if (now.Changes.Length == 0)
        {
            return [];
        }

        BuildInput[] inputs =
        [
            .. now.Changes.Select(c => new BuildInput(
                session.Lake.Pin(session.Catalog.Get(c.Table), []), model.Rule!.Inputs[c.Table], c.Rows)),
        ];
        AffectedRequest request = new(ContractSchema.Of(model.Table.Table).ToJson(), model.Rule!.Column, [.. inputs]);
        return EngineCalls.Affected.ResultOf(await session.Probe.RunAsync(
            step.Zone.Id,
            step.Pool.Id,
            EngineCalls.Affected.Of(step.Pool.Engine, request, inputs.Select(i => i.Table.Folder)),
            cancellationToken));
    }
}
