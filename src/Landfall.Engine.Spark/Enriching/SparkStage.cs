using System.Collections.Immutable;
using Landfall.Engine.Engines;
using Landfall.Engine.Ingest;
using Landfall.Engine.Spark.Connect;
using Landfall.Engine.Spark.Enriching.Columnar;
using Landfall.Engine.Spark.Enriching.Texts;
using Landfall.Estate;
using Landfall.Workers;

namespace Landfall.Engine.Spark.Enriching;

/// <summary>
/// Reads files once into the stage: all their rows, typed, with the rule that each breaks. What follows reads that.
/// </summary>
/// <param name="plan">What is derived.</param>
/// <param name="session">Reads.</param>
/// <param name="folder">Holds the stage.</param>
/// <param name="context">Is told how far Spark is.</param>
internal sealed class SparkStage(SparkPlan plan, SparkSession session, EnrichFolder folder, WorkerContext context)
{
    private const int MostUnknown = 200;
    private readonly EnrichRequest _request = plan.Request;
    private ImmutableArray<TextHead> _heads = [];

    /// <summary>Reads files.</summary>
    /// <param name="heads">The files.</param>
    /// <param name="texts">Makes texts readable.</param>
    /// <param name="parquet">Makes Parquet readable.</param>
    /// <param name="keepsRecords">Whether rows that break no rule keep their record, too.</param>
    /// <param name="cancellationToken">Interrupts it.</param>
    /// <exception cref="LandfallException">
    /// LF4261: a file in raw is damaged. LF4342, LF4343: a file that Spark did not read.
    /// </exception>
    public async Task ReadAsync(
        ImmutableArray<TextHead> heads, TextScan texts, ParquetScan parquet, bool keepsRecords,
        CancellationToken cancellationToken)
    {
        _heads = heads;
        RowsOfFields rows = new(_request.Columns, plan.Rules, keepsRecords);
        long total = heads.Sum(h => h.File.Size);
        try
        {
            IEnumerable<string> ofTexts = (await texts.SelectsAsync(heads, cancellationToken)).Select(rows.Of);
            IEnumerable<string> ofParquet = (await parquet.SelectsAsync(heads, cancellationToken)).Select(rows.Of);
            string all = string.Join(" union all ", ofTexts.Concat(ofParquet).DefaultIfEmpty(rows.Empty()));
            await folder.KeepAsync(
                SparkPlan.Stage, $"select *, monotonically_increasing_id() as {SparkPlan.Row} from ({all})",
                progress => context.Report(0, Math.Min(progress.InputBytes, total), total), cancellationToken);
        }
        catch (SparkException e) when (e.ErrorClass.StartsWith("FAILED_READ_FILE", StringComparison.Ordinal))
        {
            foreach (TextHead head in heads)
            {
                cancellationToken.ThrowIfCancellationRequested();
                TextHeads.Check(head.File);
            }

            throw;
        }

        await RefuseUnseenAsync(cancellationToken);
    }

    /// <summary>What was read of the batches before one; all of them for null.</summary>
    public async Task<Derivation> DeriveAsync(long? before, CancellationToken cancellationToken)
    {
        string condition = before is { } limit ? $"_batch < {limit}" : "true";
        string present = string.Concat(_request.Columns.Select((_, i) =>
            $", coalesce(max(substr(_present, {i + 1}, 1)), '')"));
        SparkRows found = await session.QueryAsync(
            $"select _batch, _rule, count(*), count_if(_present <> ''){present} from {SparkPlan.Stage} "
            + $"where {condition} group by _batch, _rule",
            cancellationToken);
        SparkRows unknown = await session.QueryAsync(
            $"select distinct name from (select explode(_unknown) as name from {SparkPlan.Stage} where {condition}) "
            + $"order by name limit {MostUnknown}",
            cancellationToken);
        ImmutableArray<TextHead> heads = [.. _heads.Where(h => !(h.File.Batch >= before))];
        HashSet<string> known = [.. _request.Columns.Select(c => c.SourceName)];
        Derivation derived = new()
        {
            Counts = [.. Batches(before).Select(b => CountOf(b, found))],
            UnknownColumns =
            [
                .. heads.SelectMany(h => h.Header).Where(n => !known.Contains(n))
                    .Concat(unknown.Rows.Select(r => (string)r[0]!)).Distinct().Order(StringComparer.Ordinal),
            ],
            Present =
            [
                .. heads.SelectMany(h => h.Header.Select(n => (h.File.Batch, n))),
                .. found.Rows.SelectMany(r => _request.Columns.Where((_, i) => (string?)r[4 + i] == "1")
                    .Select(c => ((long)r[0]!, c.SourceName))),
            ],
        };
        RefuseMissing(derived, hasObjects: found.Rows.Any(r => (long)r[3]! > 0));
        return derived;
    }

    private IEnumerable<long> Batches(long? before) =>
        _request.Files.Select(f => f.Batch).Where(b => !(b >= before)).Distinct().Order();

    private static BatchCount CountOf(long batch, SparkRows found)
    {
        object?[][] rows = [.. found.Rows.Where(r => (long)r[0]! == batch)];
        return new(
            batch, rows.Sum(r => (long)r[2]!),
            rows.Where(r => r[1] is not null).ToImmutableSortedDictionary(
                r => (string)r[1]!, r => (long)r[2]!, StringComparer.Ordinal));
    }

    /// <summary>JSON objects must have a required column somewhere; a CSV file's header was looked at before.</summary>
    private void RefuseMissing(Derivation derived, bool hasObjects)
    {
        HashSet<string> present = [.. derived.Present.Select(p => p.SourceName)];
        if (hasObjects
            && _request.Columns.FirstOrDefault(c => c.Required && !present.Contains(c.SourceName)) is { } missing)
        {
            throw EnrichRefusals.MissingColumn(
                _request, "no JSON object of the batch", missing, derived.UnknownColumns);
        }
    }

    /// <summary>Spark passes over files by their names, and says nothing of it.</summary>
    private async Task RefuseUnseenAsync(CancellationToken cancellationToken)
    {
        SparkRows found = await session.QueryAsync(
            $"select distinct _file from {SparkPlan.Stage}", cancellationToken);
        HashSet<int?> seen = [.. found.Rows.Select(r => (int?)r[0])];
        TextHead? unseen = _heads.Where((h, i) => h.HasRecords && !seen.Contains(i)).FirstOrDefault();
        if (unseen is not null || seen.Contains(null))
        {
            string what = unseen is null ? "read a file that it was not asked for"
                : $"did not read the file {unseen.File.Source}";
            throw new LandfallException(
                EnrichCodes.Unseen,
                $"{_request.Table}: Spark {what}. Nothing was committed; what was landed stays in raw, and the table "
                + "is as it was. See with landfall doctor whether Spark sees the folder that Landfall sees, then run "
                + "again.");
        }
    }
}
