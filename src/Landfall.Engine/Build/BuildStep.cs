using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Landfall.Delta;
using Landfall.Engine.Analysis;
using Landfall.Engine.Engines;
using Landfall.Engine.Evolution;
using Landfall.Engine.Lakes;
using Landfall.Engine.Ledgers;
using Landfall.Engine.Quality;
using Landfall.Engine.Steps;
using Landfall.Estate;
using Landfall.Governance;
using Landfall.Workers;

namespace Landfall.Engine.Build;

/// <summary>Builds one table of a product and commits it, whole or by the values of its incremental column.</summary>
/// <param name="analysis">The estate's models.</param>
internal sealed class BuildStep(EstateAnalysis analysis) : IStep
{
    /// <inheritdoc/>
    public async Task<StepOutcome> ExecuteAsync(IStepHost host, CancellationToken cancellationToken)
    {
        ProductModel model = analysis.Model(host.Node.Table);
        IReadOnlyList<AuditEntry> reads = CheckAccess(host.Estate, model, host.Clock, host.RunId);
        BuildAssessment assessment = await new BuildAssessor(host.Lake, host.Catalog)
            .AssessAsync(model, host.Pins, host.FullRefresh, cancellationToken);
        if (assessment.RecordsContract)
        {
            return await RecordContractAsync(host, model, assessment, cancellationToken);
        }

        if (assessment.Mode == BuildMode.UpToDate)
        {
            host.Pin(model.Table.Name, assessment.Current!.Version);
            return StepOutcome.Nothing(assessment.Reason);
        }

        host.Started(assessment.Reason);
        await host.AuditAsync(reads, cancellationToken);
        if (model.Computed is not null)
        {
            return await ComputeStep.ExecuteAsync(host, model, assessment, cancellationToken);
        }

        BuildResult result = EngineCalls.Build.ResultOf(await host.RunWorkerAsync(
            TaskOf(host, model, RequestOf(host, model, assessment)), cancellationToken));
        return await CommitAsync(
            host, model, assessment, result, assessment.Mode == BuildMode.Incremental, cancellationToken);
    }

    /// <summary>Commits what a worker wrote, unless it breaks the contract.</summary>
    /// <param name="host">The step.</param>
    /// <param name="model">The table's model.</param>
    /// <param name="assessment">What was to be done.</param>
    /// <param name="result">What the worker wrote.</param>
    /// <param name="keeps">Whether rows stay but those of the values built anew; otherwise they are replaced.</param>
    /// <param name="cancellationToken">Ends the step before the commit.</param>
    /// <exception cref="LandfallException">LF4020, LF4021: it breaks the contract.</exception>
    public static async Task<StepOutcome> CommitAsync(
        IStepHost host, ProductModel model, BuildAssessment assessment, BuildResult result, bool keeps,
        CancellationToken cancellationToken)
    {
        RefuseBrokenRules(model, result);
        long version = await WriteAsync(host, model, assessment, result, keeps, cancellationToken);
        host.Pin(model.Table.Name, version);
        return new()
        {
            State = StepState.Done,
            Reason = assessment.Mode == BuildMode.Incremental ? $"{Values(model, result)}: {assessment.Reason}"
                : assessment.Reason,
            Version = version,
            Rows = result.Rows,
            Bytes = result.Files.Sum(f => f.Size),
            Warnings = [.. QualityReport.Warnings(result.Quality), .. result.Warnings],
        };
    }

    /// <summary>Agreements may have ended since the plan; they are checked again before each read.</summary>
    /// <returns>The reads, to be audited.</returns>
    /// <exception cref="LandfallException">LF30xx where a read is not permitted.</exception>
    public static IReadOnlyList<AuditEntry> CheckAccess(
        EstateDefinition estate, ProductModel model, TimeProvider clock, string? runId)
    {
        List<AuditEntry> entries = [];
        foreach (TableName table in model.Reads)
        {
            AccessDecision decision = AccessPolicy.Decide(
                estate, model.Table.ZoneId, model.Table.UnitId, table, clock.GetUtcNow());
            if (!decision.Permitted)
            {
                throw new LandfallException(decision.Code, decision.Message + " Nothing was built.");
            }

            entries.Add(new(
                $"{model.Table.ZoneId}/{model.Table.UnitId}", "read", table, true, decision.Reason, runId));
        }

        return entries;
    }

    /// <summary>Words changed, no row: a commit of metadata, whose pins are those of the last build.</summary>
    private static async Task<StepOutcome> RecordContractAsync(
        IStepHost host, ProductModel model, BuildAssessment assessment, CancellationToken cancellationToken)
    {
        host.Started(assessment.Reason);
        DeltaTable delta = host.Lake.Open(FolderOf(host, model.Table));
        Transaction transaction = delta.Begin(assessment.Current, "SET TBLPROPERTIES");
        RecordedContract.Declare(transaction, assessment.Current, model.Table, PartitionsOf(model));
        JsonObject details = (JsonObject)assessment.Info!.DeepClone();
        details["reason"] = assessment.Reason;
        details["mode"] = "contract";
        long version = await host.CommitAsync(model.Table.Name, delta, transaction, details, cancellationToken);
        host.Pin(model.Table.Name, version);
        return new() { State = StepState.Done, Reason = assessment.Reason, Version = version };
    }

    private static string Values(ProductModel model, BuildResult result) => result.Values.Length == 0
        ? $"no {model.Rule!.Column} affected"
        : $"{model.Rule!.Column} " + string.Join(", ", result.Values);

    private static BuildRequest RequestOf(IStepHost host, ProductModel model, BuildAssessment assessment)
    {
        bool incremental = assessment.Mode == BuildMode.Incremental;
        return new()
        {
            Query = model.Query,
            Inputs = [.. assessment.Inputs.Select(i => InputOf(host, model, assessment, i.Key, i.Value))],
            Column = model.Rule?.Column,
            Incremental = incremental,
            Required = [.. model.Table.Table.Columns.Where(c => c.Required).Select(c => c.Name)],
            Quality = model.Table.Table.Quality,
            Existing = incremental ? host.Lake.Pin(model.Table, assessment.Current!.Files) : null,
            Schema = ContractSchema.Of(model.Table.Table).ToJson(),
            TableFolder = FolderOf(host, model.Table),
            StepId = host.StepId,
        };
    }

    private static BuildInput InputOf(
        IStepHost host, ProductModel model, BuildAssessment assessment, TableName table, Snapshot snapshot)
    {
        BuildChange? change = assessment.Changes.FirstOrDefault(c => c.Table == table);
        PinnedTable pinned = host.Lake.Pin(host.Catalog.Get(table), snapshot.Files);
        return assessment.Mode != BuildMode.Incremental
            ? new(pinned)
            : new(pinned, model.Rule!.Inputs.GetValueOrDefault(table), change?.Rows);
    }

    private static WorkerTask TaskOf(IStepHost host, ProductModel model, BuildRequest request) =>
        EngineCalls.Build.Of(
            host.Node.Pool.Engine,
            request,
            ReadFolders(host, model),
            Path.Combine(request.TableFolder, host.StepId));

    /// <summary>Folders that a step reads, those that exist.</summary>
    public static ImmutableArray<string> ReadFolders(IStepHost host, ProductModel model) =>
    [
        .. model.Reads.Select(t => FolderOf(host, host.Catalog.Get(t))).Where(Directory.Exists),
        .. new[] { FolderOf(host, model.Table) }.Where(Directory.Exists),
    ];

    private static void RefuseBrokenRules(ProductModel model, BuildResult result)
    {
        string name = model.Table.Name.ToString();
        if (result.NullColumns.Length > 0)
        {
            throw new LandfallException(
                "LF4021",
                $"{name} has nulls in required columns: {string.Join(", ", result.NullColumns)}. "
                + "Nothing was committed; the table is as it was. "
                + $"Look at the SQL with: landfall compile {name}");
        }

        if (QualityReport.Blocking(result.Quality) is { } broken)
        {
            throw new LandfallException(
                "LF4020",
                $"{name} breaks its contract: {broken}. Nothing was committed; the table is as it was. Mend "
                + $"the inputs, the SQL or the rule, then run: landfall run --select {model.Table.UnitId}");
        }
    }

    private static Task<long> WriteAsync(
        IStepHost host, ProductModel model, BuildAssessment assessment, BuildResult result, bool keeps,
        CancellationToken cancellationToken)
    {
        DeltaTable delta = host.Lake.Open(FolderOf(host, model.Table));
        Transaction transaction =
            delta.Begin(assessment.Current, keeps ? "WRITE" : "CREATE OR REPLACE TABLE AS SELECT");
        RecordedContract.Declare(transaction, assessment.Current, model.Table, PartitionsOf(model));
        if (assessment.Current is { } current)
        {
            Remove(transaction, current, model, keeps ? [.. result.Values] : null);
        }

        foreach (DataFile file in result.Files)
        {
            transaction.Add(file.ToAddFile(host.Clock.GetUtcNow()));
        }

        return host.CommitAsync(model.Table.Name, delta, transaction, Pinned(model, assessment), cancellationToken);
    }

    private static ImmutableArray<string> PartitionsOf(ProductModel model) =>
        model.Rule is null ? [] : [model.Rule.Column];

    /// <summary>Takes out the files of the values built anew, or all of them.</summary>
    private static void Remove(Transaction transaction, Snapshot current, ProductModel model, HashSet<string>? values)
    {
        if (values is null)
        {
            transaction.RemoveAll();
            return;
        }

        transaction.ReadWholeTable();
        foreach (AddFile file in current.Files.Where(f =>
            model.Rule is { } rule && values.Contains(f.PartitionValues[rule.Column] ?? "")))
        {
            transaction.Remove(file);
        }
    }

    private static JsonObject Pinned(ProductModel model, BuildAssessment assessment) => new()
    {
        ["inputs"] = new JsonObject(assessment.Inputs.Select(i => KeyValuePair.Create(
            i.Key.ToString(),
            (JsonNode?)new JsonObject
            {
                ["version"] = i.Value.Version,
                ["id"] = i.Value.Metadata.Id,
                ["columns"] = BuildAssessor.ColumnsOf(i.Value),
            }))),
        ["code"] = model.CodeFingerprint,
        ["contract"] = model.ContractFingerprint,
        ["reason"] = assessment.Reason,
        ["mode"] = assessment.Mode.ToString().ToLowerInvariant(),
    };

    private static string FolderOf(IStepHost host, CatalogTable table) =>
        host.Lake.TableFolder(table.Name, table.Layer);
}
