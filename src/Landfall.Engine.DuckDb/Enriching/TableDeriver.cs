using System.Collections.Immutable;
using Landfall.DuckDb;
using Landfall.Engine.Engines;
using Landfall.Engine.Ingest;
using Landfall.Estate.Integrations;
using Landfall.Posix;
using Landfall.Workers;

namespace Landfall.Engine.DuckDb.Enriching;

/// <summary>
/// Derives a table from files in raw: rows typed by the contract, rows that break it quarantined, merged with what the
/// table has. It commits nothing.
/// </summary>
internal static class TableDeriver
{
    private const string FreshStep = "fresh";

    /// <summary>
    /// A batch over the threshold ends the work before it: the ones earlier are read again without it.
    /// </summary>
    public static async Task<EnrichResult> EnrichAsync(
        EnrichRequest enrich, WorkerContext context, CancellationToken cancellationToken)
    {
        using DuckDbDatabase database = context.OpenDatabase(
            [enrich.TableFolder, enrich.QuarantineFolder,
                .. enrich.Files.Select(f => Path.GetDirectoryName(f.Path)!).Distinct()],
            [
                Path.Combine(enrich.TableFolder, enrich.StepId), Path.Combine(enrich.QuarantineFolder, enrich.StepId),
                context.ScratchFolder,
            ]);
        using DuckDbConnection connection = database.Connect();
        bool merges = enrich.Mode is EnrichMode.Upsert or EnrichMode.Difference;
        EnrichPlan plan = new(
            enrich, merges ? context.ScratchFolder : enrich.TableFolder, merges ? FreshStep : enrich.StepId);
        plan.Sources.Create(connection);
        Derivation all = await DeriveAsync(plan, database, context, enrich.Files, cancellationToken);
        using Quarantine first = all.Quarantine;
        if (all.Failed is not { } failed)
        {
            return Result(plan, connection, all, null, [], cancellationToken);
        }

        ImmutableArray<DataFile> quarantined = first.Write(
            $"_batch = {failed.Batch}", enrich.QuarantineSchema, enrich.QuarantineFolder,
                enrich.StepId, cancellationToken);
        foreach (DataFile file in all.Files)
        {
            PosixCalls.Unlink(Path.Combine(plan.FreshFolder, file.Path));
        }

        ImmutableArray<EnrichFile> before = [.. enrich.Files.Where(f => f.Batch < failed.Batch)];
        Derivation passed = await DeriveAsync(plan, database, context, before, cancellationToken);
        using Quarantine second = passed.Quarantine;
        return Result(plan, connection, passed, failed, quarantined, cancellationToken);
    }

    private static async Task<Derivation> DeriveAsync(
        EnrichPlan plan, DuckDbDatabase database, WorkerContext context, ImmutableArray<EnrichFile> files,
        CancellationToken cancellationToken)
    {
        DuckDbConnection connection = database.Connect();
        Quarantine quarantine = new(connection, UnixMicros.ToTime(plan.Payload.Now));
        foreach (long batch in files.Select(f => f.Batch).Distinct())
        {
            quarantine.Count(batch, 0);
        }

        ProgressMeter progress = new(context, files.Sum(f => f.Size));
        TextDeriver text = new(plan, database, quarantine, progress);
        IReadOnlyList<DataFile> fromText = await text.DeriveAsync(
            [.. files.Where(f => f.Format != FileFormat.Parquet)], context.Threads, cancellationToken);
        using DuckDbConnection own = database.Connect();
        ParquetDeriver parquet = new(plan, own, quarantine, progress);
        IReadOnlyList<DataFile> fromParquet = parquet.Derive(
            [.. files.Where(f => f.Format == FileFormat.Parquet)], cancellationToken);
        ImmutableArray<BatchCount> counts = quarantine.Counts();
        BatchCount? failed = counts.FirstOrDefault(c => c.Bad > c.Rows * plan.Payload.Threshold);
        return new(
            [.. fromText, .. fromParquet], quarantine, counts, failed,
            [.. text.UnknownColumns.Concat(parquet.UnknownColumns).Distinct().Order(StringComparer.Ordinal)],
            [.. Absent(plan, counts, [.. text.Present, .. parquet.Present])]);
    }

    /// <summary>Columns that no file has; none where there were no rows to have them.</summary>
    private static IEnumerable<string> Absent(
        EnrichPlan plan, ImmutableArray<BatchCount> counts, HashSet<string> present) => counts.Sum(c => c.Rows) == 0
        ? []
        : plan.Payload.Columns.Select(c => c.SourceName).Where(c => !present.Contains(c));

    private static EnrichResult Result(
        EnrichPlan plan, DuckDbConnection connection, Derivation derived, BatchCount? failed,
        ImmutableArray<DataFile> quarantined, CancellationToken cancellationToken)
    {
        EnrichRequest enrich = plan.Payload;

        // A source whose new content did not pass keeps the rows it has.
        ImmutableArray<string> replaced = failed is null
            ? enrich.ReplacedSources
            : [.. enrich.ReplacedSources.Where(s => enrich.Files.Any(f => f.Source == s && f.Batch < failed.Batch))];
        bool merges = enrich.Mode is EnrichMode.Upsert or EnrichMode.Difference || replaced.Length > 0;
        (ImmutableArray<DataFile> files, ImmutableArray<string> removed) = merges
            ? new Merger(plan, connection, replaced).Merge(derived.Files, cancellationToken)
            : ([.. derived.Files], []);
        (ImmutableArray<DataFile> kept, ImmutableArray<string> stale) =
            ReplacedQuarantine.Rewrite(enrich, connection, replaced, cancellationToken);
        return new()
        {
            Files = files,
            Removed = removed,
            Quarantine =
            [
                .. derived.Quarantine.Write(
                    "true", enrich.QuarantineSchema, enrich.QuarantineFolder, enrich.StepId, cancellationToken),
                .. kept,
            ],
            QuarantineRemoved = stale,
            Batches = derived.Counts,
            Failed = failed,
            FailedQuarantine = quarantined,
            UnknownColumns = derived.UnknownColumns,
            AbsentColumns = derived.AbsentColumns,
        };
    }

    /// <summary>What one pass over files gave.</summary>
    private sealed record Derivation(
        ImmutableArray<DataFile> Files, Quarantine Quarantine, ImmutableArray<BatchCount> Counts, BatchCount? Failed,
        ImmutableArray<string> UnknownColumns, ImmutableArray<string> AbsentColumns);
}
