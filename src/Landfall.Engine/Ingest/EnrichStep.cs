using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Landfall.Delta;
using Landfall.Engine.Engines;
using Landfall.Engine.Evolution;
using Landfall.Engine.Lakes;
using Landfall.Engine.Quality;
using Landfall.Engine.Steps;
using Landfall.Estate;
using Landfall.Estate.Integrations;
using Landfall.Estate.Names;
using Landfall.Workers;

namespace Landfall.Engine.Ingest;

/// <summary>
/// Brings landed batches into an enriched table, all that are pending in one commit. A batch with too many bad rows
/// stays in raw and blocks the later ones of its table.
/// </summary>
public sealed class EnrichStep : IStep
{
    /// <inheritdoc/>
    /// <exception cref="LandfallException">
    /// LF4265: a batch has too many bad rows; earlier ones are committed, but not where all are derived anew.
    /// </exception>
    public async Task<StepOutcome> ExecuteAsync(IStepHost host, CancellationToken cancellationToken)
    {
        (StepOutcome outcome, long version) = await EnrichAsync(host, cancellationToken);
        if (version >= 0)
        {
            host.Pin(host.Node.Table, version);
        }

        return outcome;
    }

    /// <summary>The table's version besides, −1 where it does not exist.</summary>
    private static async Task<(StepOutcome Outcome, long Version)> EnrichAsync(
        IStepHost host, CancellationToken cancellationToken)
    {
        Register register = await Register.LoadAsync(host, cancellationToken);
        EnrichTable table = await EnrichTable.LookAsync(
            host.Lake, host.Catalog, host.Node, register, host.FullRefresh, cancellationToken);
        if (table.Scope.Files.Length == 0 && table.Drift is { IsOutdated: true })
        {
            return await RecordContractAsync(host, table, cancellationToken);
        }

        if (table.Scope.Files.Length == 0)
        {
            return (
                StepOutcome.Nothing("up to date") with { LeftOut = table.BadFiles }, table.Snapshot?.Version ?? -1);
        }

        QuarantineTable quarantine = await QuarantineTable.LoadAsync(host, table, cancellationToken);
        quarantine.RefuseBlocked(table, host.Node.Integration!, host.FullRefresh || host.RetriesFailed);
        host.Started(table.Scope.Reason);
        EnrichRequest payload = PayloadOf(host, table, quarantine);
        EnrichResult result = EngineCalls.Enrich.ResultOf(
            await host.RunWorkerAsync(TaskOf(host, table, payload), cancellationToken));

        if (result.Failed is { } blocked && table.Scope.Rebuild)
        {
            throw QuarantineTable.NotRebuilt(table, host.Node.Integration!, blocked);
        }

        if (table.Scope.Mode == EnrichMode.Replace && result.BadFiles.Length > 0)
        {
            return (
                StepOutcome.Nothing("the newest copy cannot be read; the table stays as it is") with
                {
                    LeftOut = [.. result.BadFiles.Select(EnrichTable.LeftOutOf)],
                },
                table.Snapshot?.Version ?? -1);
        }

        // A broken rule leaves the quarantine as it was, too.
        ImmutableArray<string> warnings = result.Batches.Length == 0
            ? []
            : await QualityGate.CheckAsync(
                host, table.Entry, table.Rules, FilesAfter(host, table, result), cancellationToken);
        await quarantine.CommitAsync(host, table, result, cancellationToken);
        long version = result.Batches.Length == 0
            ? table.Snapshot?.Version ?? -1
            : await CommitAsync(host, table, result, cancellationToken);

        return result.Failed is { } failed
            ? throw QuarantineTable.OverThreshold(table, host.Node.Integration!, failed)
            : (OutcomeOf(table, result, version, warnings), version);
    }

    /// <summary>Words changed, no row: a commit of metadata that repeats what the last one says of the data.</summary>
    private static async Task<(StepOutcome Outcome, long Version)> RecordContractAsync(
        IStepHost host, EnrichTable table, CancellationToken cancellationToken)
    {
        string reason = table.Drift!.Text + "; no row changes";
        host.Started(reason);
        Transaction transaction = table.Delta.Begin(table.Snapshot, "SET TBLPROPERTIES");
        RecordedContract.Declare(transaction, table.Snapshot, table.Entry, []);
        JsonObject details = table.Info is null ? [] : (JsonObject)table.Info.DeepClone();
        details["contract"] = table.Fingerprint;
        details["reason"] = reason;
        details["mode"] = "contract";
        long version = await host.CommitAsync(
            table.Entry.Name, table.Delta, transaction, details, cancellationToken);
        return (new() { State = StepState.Done, Reason = reason, Version = version }, version);
    }

    /// <summary>The table's data files as they will be after the commit.</summary>
    private static ImmutableArray<AddFile> FilesAfter(IStepHost host, EnrichTable table, EnrichResult result)
    {
        bool whole = table.Scope.Rebuild || table.Scope.Mode == EnrichMode.Replace;
        IEnumerable<AddFile> kept = whole || table.Snapshot is null
            ? []
            : table.Snapshot.Files.Where(f => !result.Removed.Contains(f.Path));
        return [.. kept, .. result.Files.Select(f => f.ToAddFile(host.Clock.GetUtcNow()))];
    }

    private static StepOutcome OutcomeOf(
        EnrichTable table, EnrichResult result, long version, ImmutableArray<string> warnings) => new()
    {
        State = StepState.Done,
        Reason = table.Scope.Reason,
        Version = version,
        Rows = result.Files.Sum(f => f.Rows),
        Bytes = result.Files.Sum(f => f.Size),
        Quarantined = result.Batches.Sum(b => b.Bad),
        Warnings = [.. warnings, .. ColumnWarnings(result)],
        LeftOut = [.. BadFiles(table, result)],
    };

    /// <summary>The table's bad files after the commit: those that nothing new came for, and new ones.</summary>
    private static IEnumerable<LeftOut> BadFiles(EnrichTable table, EnrichResult result)
    {
        HashSet<string> read = [.. table.Scope.Files.Select(f => f.File)];
        return table.BadFiles.Where(b => !table.Scope.Rebuild && !read.Contains(b.Name))
            .Concat(result.BadFiles.Select(EnrichTable.LeftOutOf));
    }

    /// <summary>What the source has besides the contract, and what it lacks of it.</summary>
    private static IEnumerable<string> ColumnWarnings(EnrichResult result)
    {
        if (result.UnknownColumns.Length > 0)
        {
            yield return "columns of the source that the contract does not have stay in raw: "
                + string.Join(", ", result.UnknownColumns);
        }

        if (result.AbsentColumns.Length > 0)
        {
            yield return "columns of the contract that the source does not have are null: "
                + string.Join(", ", result.AbsentColumns.Select(
                    c => Spelling.Closest(c, result.UnknownColumns) is { } near ? $"{c} (is {near} meant?)" : c));
        }
    }

    private static EnrichRequest PayloadOf(
        IStepHost host, EnrichTable table, QuarantineTable quarantine) => new()
    {
        Known = KnownOf(table),
        Keys = table.Scope.Mode == EnrichMode.Upsert ? [] : table.Contract.Keys,
        RefusesDuplicates = table.Source.OnDuplicate == DuplicatePolicy.Fail,
        SkipsBadFiles = host.Node.Integration!.Source is FilesSource { StopsAtBadFiles: false },
        Accepted = quarantine.Accepted,
        Superseded = [.. table.Scope.Superseded.Select(f => FileOf(host, table, f))],
        Table = table.Entry.Name.ToString(),
        Schema = ContractSchema.Of(table.Entry.Table).ToJson(),
        Columns =
        [
            .. table.Contract.Columns.Select(c => new EnrichColumn(
                c.Name, table.Source.Rename.GetValueOrDefault(c.Name, c.Name), c.Required, c.GoneFromSource)),
        ],
        QuarantineSchema = ContractSchema.Of(table.QuarantineEntry.Table).ToJson(),
        TableFolder = host.Lake.TableFolder(table.Entry.Name, table.Entry.Layer),
        QuarantineFolder = host.Lake.TableFolder(table.QuarantineEntry.Name, table.QuarantineEntry.Layer),
        StepId = host.StepId,
        Files = [.. table.Scope.Files.Select(f => FileOf(host, table, f))],
        Delimiter = table.Source.Reading.Delimiter,
        NullText = table.Source.Reading.NullText,
        TimeZone = table.Source.SourceTimeZone,
        Mode = table.Scope.Mode,
        Key = table.Contract.PrimaryKey,
        Cursor = table.Source.Reading.Cursor,
        Existing = ExistingOf(table),
        ReplacedSources = table.Scope.ReplacedSources,
        QuarantineExisting = quarantine.ExistingOf(table),
        Threshold = host.Node.Integration!.QuarantineThreshold,
        Now = UnixMicros.Of(host.Clock.GetUtcNow()),
    };

    private static EnrichFile FileOf(IStepHost host, EnrichTable table, RegisterEntry file) => new(
        file.File,
        Path.Combine(RawPaths.FolderOf(host), file.Path),
        file.Batch,
        file.Size,
        FileNames.FormatOf(file.File, table.Source.Reading.Landed));

    /// <summary>Rewritten sources are looked for in the files whose statistics may hold them.</summary>
    private static ImmutableArray<string> ExistingOf(EnrichTable table)
    {
        if (table.Snapshot is not { } snapshot || table.Scope.Rebuild || table.Scope.Mode == EnrichMode.Replace)
        {
            return [];
        }

        if (table.Scope.Mode != EnrichMode.Append)
        {
            return [.. snapshot.Files.Select(f => f.Path)];
        }

        return
        [
            .. table.Scope.ReplacedSources
                .SelectMany(s => snapshot.FilesMatching(Predicate.Column("_source", Comparison.Equal, s)))
                .Select(f => f.Path).Distinct(),
        ];
    }

    /// <summary>
    /// A copy that is to replace the table is held against it; one that is derived anew from all of raw is not, nor is
    /// a table of other columns.
    /// </summary>
    private static ImmutableArray<string> KnownOf(EnrichTable table) =>
        table.Snapshot is { } snapshot && (!table.Scope.Rebuild || table.Scope.Mode == EnrichMode.Replace)
            && snapshot.Metadata.Schema.Equals(ContractSchema.Of(table.Entry.Table))
            ? [.. snapshot.Files.Select(f => f.Path)]
            : [];

    private static WorkerTask TaskOf(IStepHost host, EnrichTable table, EnrichRequest request) =>
        EngineCalls.Enrich.Of(
            host.Node.Pool,
            request,
            [Path.Combine(RawPaths.FolderOf(host), table.Source.Name), request.TableFolder, request.QuarantineFolder],
            Path.Combine(request.TableFolder, host.StepId),
            Path.Combine(request.QuarantineFolder, host.StepId));

    private static Task<long> CommitAsync(
        IStepHost host, EnrichTable table, EnrichResult result, CancellationToken cancellationToken)
    {
        EnrichScope scope = table.Scope;
        bool whole = scope.Rebuild || scope.Mode == EnrichMode.Replace;
        Transaction transaction = table.Delta.Begin(table.Snapshot, whole ? "CREATE OR REPLACE TABLE AS SELECT"
            : "WRITE");
        RecordedContract.Declare(transaction, table.Snapshot, table.Entry, []);
        if (table.Snapshot is { } snapshot)
        {
            Remove(transaction, snapshot, whole, result.Removed);
        }

        foreach (DataFile file in result.Files)
        {
            transaction.Add(file.ToAddFile(host.Clock.GetUtcNow()));
        }

        transaction.SetTransaction(table.BatchApp, result.Batches.Max(b => b.Batch));
        return host.CommitAsync(table.Entry.Name, table.Delta, transaction, Details(table, result),
            cancellationToken);
    }

    private static void Remove(Transaction transaction, Snapshot snapshot, bool whole, ImmutableArray<string> removed)
    {
        if (whole)
        {
            transaction.RemoveAll();
            return;
        }

        foreach (string path in removed)
        {
            transaction.Remove(snapshot.FindFile(path)
                ?? throw new ArgumentException($"{path} is no file of the table.", nameof(removed)));
        }
    }

    private static JsonObject Details(EnrichTable table, EnrichResult result)
    {
        JsonObject details = new()
        {
            ["contract"] = table.Fingerprint,
            ["rules"] = table.RulesVersion,
            ["reason"] = table.Scope.Reason,
            ["mode"] = table.Scope.Mode.ToString().ToLowerInvariant(),
            ["batches"] = new JsonArray([.. result.Batches.Select(b => (JsonNode)b.Batch)]),
            ["rowsRead"] = result.Batches.Sum(b => b.Rows),
            ["quarantined"] = result.Batches.Sum(b => b.Bad),
        };
        LeftOut[] bad = [.. BadFiles(table, result)];
        if (bad.Length > 0)
        {
            details["unreadable"] = new JsonArray(
                [.. bad.Select(b => (JsonNode)new JsonObject { ["file"] = b.Name, ["problem"] = b.Problem })]);
        }

        if (table.Scope.Mode == EnrichMode.Replace)
        {
            details["source"] = EnrichScope.SourceOf(table.Scope.Files[0]);
        }

        return details;
    }
}
