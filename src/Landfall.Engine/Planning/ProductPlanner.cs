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
/// <param name="analysis">Its definitions.</param>
internal sealed class ProductPlanner(EngineSession session, EstateAnalysis analysis)
{
    private readonly BuildAssessor _assessor = new(session.Lake, session.Catalog);

    /// <summary>Plans one step, after those it depends on.</summary>
    public async Task<PlannedStep> PlanAsync(
        StepNode step, PlanState state, bool fullRefresh, CancellationToken cancellationToken)
    {
        BuildDefinition definition = analysis.Definition(step.Table);
        if (BuildStep.FindRefusal(session.Estate, definition, session.Clock) is { } refusal)
        {
            return new()
            {
                Step = step, WillRun = false, IsRefused = true, Reason = $"{refusal.Code} {refusal.Message}",
            };
        }

        TableName[] pending = [.. definition.Reads.Where(t => state.Find(t) is not null)];
        BuildAssessment? now = await AssessAsync(definition, pending, fullRefresh, cancellationToken);
        string? whole = now is null
            ? await WhyUnreadyAsync(definition, pending, cancellationToken)
            : WhyWhole(definition, now, pending, state);
        if (whole is not null)
        {
            state.Add(step.Table, PendingChange.Unknown(whole: true));
            return new() { Step = step, WillRun = true, Reason = whole };
        }

        if (now!.Mode == BuildMode.UpToDate && pending.Length == 0)
        {
            return new() { Step = step, WillRun = now.RecordsContract, Reason = now.Reason };
        }

        ImmutableArray<string?>? values = await AffectedAsync(step, definition, now, pending, state, cancellationToken);
        state.Add(step.Table, new(Whole: false, (asked, _) =>
            Task.FromResult(asked.Expression == definition.Rule!.Column ? values : null)));
        return new()
        {
            Step = step,
            WillRun = true,
            Reason = ReasonOf(definition, now, pending)
                + (values is null ? $"; which {definition.Rule!.Column} is known when it runs" : ""),
            Values = values ?? [],
        };
    }

    /// <summary>Null where an input lacks data or columns that the run would bring.</summary>
    private async Task<BuildAssessment?> AssessAsync(
        BuildDefinition definition, TableName[] pending, bool fullRefresh, CancellationToken cancellationToken) =>
        pending.Length > 0
            ? await _assessor.TryAssessAsync(definition, fullRefresh, cancellationToken)
            : await _assessor.AssessAsync(
                definition, ImmutableDictionary<TableName, long>.Empty, fullRefresh, cancellationToken);

    /// <summary>Why a table is built whose inputs the run brings first.</summary>
    private async Task<string> WhyUnreadyAsync(
        BuildDefinition definition, TableName[] pending, CancellationToken cancellationToken)
    {
        Snapshot? current = await session.Open(definition.Table).TryLoadAsync(null, cancellationToken);
        return current is null ? "new"
            : ContractDrift.Of(definition.Table, current) is { Rebuilds: true } drift ? drift.Text
            : $"whole: {string.Join(", ", pending)} will change and has other columns";
    }

    private static string? WhyWhole(
        BuildDefinition definition, BuildAssessment now, TableName[] pending, PlanState state)
    {
        if (now.Mode == BuildMode.Full)
        {
            return now.Reason;
        }

        TableName[] unlisted =
        [
            .. pending.Where(t =>
                definition.Rule is null || !definition.Rule.Inputs.ContainsKey(t) || state.Find(t)!.Whole),
        ];
        return unlisted.Length == 0 ? null
            : definition.Rule is null ? $"input will change: {string.Join(", ", unlisted)}"
            : $"whole: {string.Join(", ", unlisted)} will change and "
              + (state.Find(unlisted[0])!.Whole ? "is made anew" : "is not among the incremental inputs");
    }

    private static string ReasonOf(BuildDefinition definition, BuildAssessment now, TableName[] pending)
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

        return string.Join("; ", reasons) + $"; only the {definition.Rule!.Column} that changed";
    }

    /// <summary>
    /// The values of committed changes and of those the run would bring; null where some are not known yet.
    /// </summary>
    private async Task<ImmutableArray<string?>?> AffectedAsync(
        StepNode step, BuildDefinition definition, BuildAssessment now, TableName[] pending, PlanState state,
        CancellationToken cancellationToken)
    {
        SortedSet<string?> values = new(StringComparer.Ordinal);
        values.UnionWith(await CommittedAsync(step, definition, now, cancellationToken));
        foreach (TableName table in pending)
        {
            ImmutableArray<string?>? more =
                await state.Find(table)!.Values(
                    new(definition.Table, definition.Rule!.Column, definition.Rule.Inputs[table]), cancellationToken);
            if (more is null)
            {
                return null;
            }

            values.UnionWith(more);
        }

        return [.. values];
    }

    private async Task<ImmutableArray<string?>> CommittedAsync(
        StepNode step, BuildDefinition definition, BuildAssessment now, CancellationToken cancellationToken)
    {
        if (now.Changes.Length == 0)
        {
            return [];
        }

        BuildInput[] inputs =
        [
            .. now.Changes.Select(c => new BuildInput(
                session.Lake.Pin(session.Catalog.Get(c.Table), []), definition.Rule!.Inputs[c.Table], c.Rows,
                definition.SparkExpressions.GetValueOrDefault(c.Table))),
        ];
        AffectedPartitionsRequest request = new(
            ContractSchema.Of(definition.Table.Table).ToJson(), definition.Rule!.Column, [.. inputs]);
        return EngineCalls.AffectedPartitions.ResultOf(await session.Probe.RunAsync(
            step.Zone.Id,
            step.Pool.Id,
            EngineCalls.AffectedPartitions.Of(step.Pool, request, inputs.Select(i => i.Table.Folder)),
            cancellationToken));
    }
}
