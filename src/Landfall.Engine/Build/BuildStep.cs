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
/// <param name="analysis">The estate's definitions.</param>
internal sealed class BuildStep(EstateAnalysis analysis) : IStep
{
    /// <inheritdoc/>
    public async Task<StepOutcome> ExecuteAsync(IStepHost host, CancellationToken cancellationToken)
    {
        BuildDefinition definition = analysis.Definition(host.Node.Table);
        IReadOnlyList<AuditEntry> reads = CheckAccess(host.Estate, definition, host.Clock, host.RunId);
        BuildAssessment assessment = await new BuildAssessor(host.Lake, host.Catalog)
            .AssessAsync(definition, host.Pins, host.FullRefresh, cancellationToken);
        if (assessment.RecordsContract)
        {
            return await RecordContractAsync(host, definition, assessment, cancellationToken);
        }

        if (assessment.Mode == BuildMode.UpToDate)
        {
            host.Pin(definition.Table.Name, assessment.Current!.Version);
            return StepOutcome.Nothing(assessment.Reason);
        }

        host.Started(assessment.Reason);
        await host.AuditAsync(reads, cancellationToken);
        if (definition.Computed is not null)
        {
            return await ComputeStep.ExecuteAsync(host, definition, assessment, cancellationToken);
        }

        BuildResult result = EngineCalls.Build.ResultOf(await host.RunWorkerAsync(
            TaskOf(host, definition, RequestOf(host, definition, assessment)), cancellationToken));
        return await CommitAsync(
            host, definition, assessment, result, assessment.Mode == BuildMode.Incremental, cancellationToken);
    }

    /// <summary>Commits what a worker wrote, unless it breaks the contract.</summary>
    /// <param name="host">The step.</param>
    /// <param name="definition">The table's definition.</param>
    /// <param name="assessment">What was to be done.</param>
    /// <param name="result">What the worker wrote.</param>
    /// <param name="keeps">Whether rows stay but those of the values built anew; otherwise they are replaced.</param>
    /// <param name="cancellationToken">Ends the step before the commit.</param>
    /// <exception cref="LandfallException">LF4020, LF4021: it breaks the contract.</exception>
    public static async Task<StepOutcome> CommitAsync(
        IStepHost host, BuildDefinition definition, BuildAssessment assessment, BuildResult result, bool keeps,
        CancellationToken cancellationToken)
    {
        RefuseBrokenRules(definition, result);
        long version = await WriteAsync(host, definition, assessment, result, keeps, cancellationToken);
        host.Pin(definition.Table.Name, version);
        return new()
        {
            State = StepState.Done,
            Reason = assessment.Mode == BuildMode.Incremental ? $"{Values(definition, result)}: {assessment.Reason}"
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
        EstateDefinition estate, BuildDefinition definition, TimeProvider clock, string? runId)
    {
        List<AuditEntry> entries = [];
        foreach (TableName table in definition.Reads)
        {
            AccessDecision decision = Decide(estate, definition, table, clock);
            if (!decision.Permitted)
            {
                throw new LandfallException(decision.Code, decision.Message + " Nothing was built.");
            }

            entries.Add(new(
                $"{definition.Table.ZoneId}/{definition.Table.UnitId}", "read", table, true, decision.Reason, runId));
        }

        return entries;
    }

    /// <summary>The first read that is not permitted now; null where all are.</summary>
    public static AccessDecision? FindRefusal(
        EstateDefinition estate, BuildDefinition definition, TimeProvider clock) =>
        definition.Reads.Select(t => Decide(estate, definition, t, clock)).FirstOrDefault(d => !d.Permitted);

    private static AccessDecision Decide(
        EstateDefinition estate, BuildDefinition definition, TableName table, TimeProvider clock) =>
        AccessPolicy.Decide(estate, definition.Table.ZoneId, definition.Table.UnitId, table, clock.GetUtcNow());

    /// <summary>An input with the columns that what permits the read covers, and no other.</summary>
    public static CatalogTable Readable(IStepHost host, BuildDefinition definition, TableName table) =>
        host.Catalog.Get(table).Only(Decide(host.Estate, definition, table, host.Clock).Columns);

    /// <summary>Words changed, no row: a commit of metadata, whose pins are those of the last build.</summary>
    private static async Task<StepOutcome> RecordContractAsync(
        IStepHost host, BuildDefinition definition, BuildAssessment assessment, CancellationToken cancellationToken)
    {
        host.Started(assessment.Reason);
        DeltaTable delta = host.Lake.Open(FolderOf(host, definition.Table));
        Transaction transaction = delta.Begin(assessment.Current, "SET TBLPROPERTIES");
        RecordedContract.Declare(transaction, assessment.Current, definition.Table, PartitionsOf(definition));
        JsonObject details = (JsonObject)assessment.Info!.DeepClone();
        details["reason"] = assessment.Reason;
        details["mode"] = "contract";
        long version = await host.CommitAsync(definition.Table.Name, delta, transaction, details, cancellationToken);
        host.Pin(definition.Table.Name, version);
        return new() { State = StepState.Done, Reason = assessment.Reason, Version = version };
    }

    private static string Values(BuildDefinition definition, BuildResult result) => result.Values.Length == 0
        ? $"no {definition.Rule!.Column} affected"
        : $"{definition.Rule!.Column} " + string.Join(", ", result.Values.Select(v => v ?? "null"));

    private static BuildRequest RequestOf(IStepHost host, BuildDefinition definition, BuildAssessment assessment)
    {
        bool incremental = assessment.Mode == BuildMode.Incremental;
        return new()
        {
            Query = definition.Query,
            WidenedQuery = definition.DuckDbQuery,
            SparkQuery = definition.SparkQuery,
            Inputs = [.. assessment.Inputs.Select(i => InputOf(host, definition, assessment, i.Key, i.Value))],
            Column = definition.Rule?.Column,
            Incremental = incremental,
            Required = [.. definition.Table.Table.Columns.Where(c => c.Required).Select(c => c.Name)],
            Quality = definition.Table.Table.Rules,
            Existing = incremental ? host.Lake.Pin(definition.Table, assessment.Current!.Files) : null,
            Schema = ContractSchema.Of(definition.Table.Table).ToJson(),
            TableFolder = FolderOf(host, definition.Table),
            StepId = host.StepId,
        };
    }

    private static BuildInput InputOf(
        IStepHost host, BuildDefinition definition, BuildAssessment assessment, TableName table, Snapshot snapshot)
    {
        BuildChange? change = assessment.Changes.FirstOrDefault(c => c.Table == table);
        PinnedTable pinned = host.Lake.Pin(Readable(host, definition, table), snapshot.Files);
        return assessment.Mode != BuildMode.Incremental
            ? new(pinned)
            : new(
                pinned, definition.Rule!.Inputs.GetValueOrDefault(table), change?.Rows,
                definition.SparkExpressions.GetValueOrDefault(table));
    }

    private static WorkerTask TaskOf(IStepHost host, BuildDefinition definition, BuildRequest request) =>
        EngineCalls.Build.Of(
            host.Node.Pool,
            request,
            ReadFolders(host, definition),
            Path.Combine(request.TableFolder, host.StepId));

    /// <summary>Folders that a step reads, those that exist.</summary>
    public static ImmutableArray<string> ReadFolders(IStepHost host, BuildDefinition definition) =>
    [
        .. definition.Reads.Select(t => FolderOf(host, host.Catalog.Get(t))).Where(Directory.Exists),
        .. new[] { FolderOf(host, definition.Table) }.Where(Directory.Exists),
    ];

    private static void RefuseBrokenRules(BuildDefinition definition, BuildResult result)
    {
        string name = definition.Table.Name.ToString();
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
                + $"the inputs, the SQL or the rule, then run: landfall run --select {definition.Table.UnitId}");
        }
    }

    private static Task<long> WriteAsync(
        IStepHost host, BuildDefinition definition, BuildAssessment assessment, BuildResult result, bool keeps,
        CancellationToken cancellationToken)
    {
        DeltaTable delta = host.Lake.Open(FolderOf(host, definition.Table));
        Transaction transaction =
            delta.Begin(assessment.Current, keeps ? "WRITE" : "CREATE OR REPLACE TABLE AS SELECT");
        RecordedContract.Declare(transaction, assessment.Current, definition.Table, PartitionsOf(definition));
        if (assessment.Current is { } current)
        {
            Remove(transaction, current, definition, keeps ? [.. result.Values] : null);
        }

        foreach (DataFile file in result.Files)
        {
            transaction.Add(file.ToAddFile(host.Clock.GetUtcNow()));
        }

        return host.CommitAsync(
            definition.Table.Name, delta, transaction, Pinned(definition, assessment), cancellationToken);
    }

    private static ImmutableArray<string> PartitionsOf(BuildDefinition definition) =>
        definition.Rule is null ? [] : [definition.Rule.Column];

    /// <summary>Takes out the files of the values built anew, or all of them.</summary>
    private static void Remove(
        Transaction transaction, Snapshot current, BuildDefinition definition, HashSet<string?>? values)
    {
        if (values is null)
        {
            transaction.RemoveAll();
            return;
        }

        transaction.ReadWholeTable();
        foreach (AddFile file in current.Files.Where(f =>
            definition.Rule is { } rule && values.Contains(f.PartitionValue(rule.Column))))
        {
            transaction.Remove(file);
        }
    }

    private static JsonObject Pinned(BuildDefinition definition, BuildAssessment assessment) => new()
    {
        ["inputs"] = new JsonObject(assessment.Inputs.Select(i => KeyValuePair.Create(
            i.Key.ToString(),
            (JsonNode?)new JsonObject
            {
                ["version"] = i.Value.Version,
                ["id"] = i.Value.Metadata.Id,
                ["columns"] = BuildAssessor.ColumnsOf(i.Value),
            }))),
        ["code"] = definition.CodeFingerprint,
        ["contract"] = definition.ContractFingerprint,
        ["reason"] = assessment.Reason,
        ["mode"] = assessment.Mode.ToString().ToLowerInvariant(),
    };

    private static string FolderOf(IStepHost host, CatalogTable table) =>
        host.Lake.TableFolder(table.Name, table.Layer);
}
