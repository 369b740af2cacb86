using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Landfall.Delta;
using Landfall.Engine.Build;
using Landfall.Engine.DuckDb.Building;
using Landfall.Engine.Evolution;
using Landfall.Engine.Lakes;
using Landfall.Engine.Running;
using Landfall.Estate;
using Landfall.Sql;

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
            state.Add(step.Table, new(Whole: true, (_, _, _) => Task.FromResult<ImmutableArray<string>?>(null)));
            return new() { Step = step, WillRun = true, Reason = whole };
        }

        if (now!.Mode == BuildMode.UpToDate && pending.Length == 0)
        {
            return new() { Step = step, WillRun = now.RecordsContract, Reason = now.Reason };
        }

        ImmutableArray<string>? values = await AffectedAsync(model, now, pending, state, cancellationToken);
        state.Add(step.Table, new(Whole: false, (expression, _, _) =>
            Task.FromResult(expression == model.Rule!.Column ? values : null)));
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
        ProductModel model, TableName[] pending, bool fullRefresh, CancellationToken cancellationToken)
    {
        try
        {
            return await _assessor.AssessAsync(model, new Dictionary<TableName, long>(), fullRefresh,
                cancellationToken);
        }
        catch (LandfallException missing) when (missing.Code is "LF4011" or "LF4248" && pending.Length > 0)
        {
            return null;
        }
    }

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
        ProductModel model, BuildAssessment now, TableName[] pending, PlanState state,
            CancellationToken cancellationToken)
    {
        string type = SqlTypes.Name(
            model.Table.Table.Columns.Single(c => c.Name == model.Rule!.Column).Type, SqlDialect.DuckDb);
        SortedSet<string> values = new(StringComparer.Ordinal);
        values.UnionWith(await CommittedAsync(model, now, type, cancellationToken));
        foreach (TableName table in pending)
        {
            ImmutableArray<string>? more =
                await state.Find(table)!.Values(model.Rule!.Inputs[table], type, cancellationToken);
            if (more is null)
            {
                return null;
            }

            values.UnionWith(more);
        }

        return [.. values];
    }

    private async Task<ImmutableArray<string>> CommittedAsync(
        ProductModel model, BuildAssessment now, string type, CancellationToken cancellationToken)
    {
        if (now.Changes.Length == 0)
        {
            return [];
        }

        ImmutableArray<string> folders = [.. now.Changes.Select(c => FolderOf(c.Table))];
        AffectedPayload payload = new(
            type,
            [.. now.Changes.Select(c => new AffectedChange(
                model.Rule!.Inputs[c.Table], ChangedRows.Sql(FolderOf(c.Table), SchemaOf(c.Table), c)))],
            folders);
        JsonNode answer = await session.Probe.RunAsync(
            model.Table.ZoneId,
            model.Product.Pool,
            new(AffectedTask.TaskKind, JsonSerializer.SerializeToNode(payload, EngineJson.Default.AffectedPayload)!,
                folders, []),
            cancellationToken);
        return [.. answer.AsArray().Select(v => (string)v!)];
    }

    private string FolderOf(TableName table) => session.Lake.TableFolder(table, session.Catalog.Get(table).Layer);

    private TableSchema SchemaOf(TableName table) => ContractSchema.Of(session.Catalog.Get(table).Table);
}
