using System.Collections.Immutable;
using System.Globalization;
using Landfall.Engine.Engines;
using Landfall.Engine.Formats;
using Landfall.Engine.Spark.Connect;
using Landfall.Engine.Spark.Enriching.Texts;
using Landfall.Engine.Spark.Enriching.Values;
using Landfall.Estate.Contracts;
using Landfall.Sql;

namespace Landfall.Engine.Spark.Enriching;

/// <summary>
/// Finds rows whose key another row has: one of the table that stands, or one that comes before it, by batch, source
/// and the hash of its record, since Spark tells no places in files. Null is no value of a unique column.
/// </summary>
/// <param name="plan">What is derived.</param>
/// <param name="session">Has the rows.</param>
/// <param name="folder">For what is found.</param>
/// <param name="merger">Has the rows that the table is to gain.</param>
internal sealed class SparkDuplicates(
    SparkPlan plan, SparkSession session, EnrichFolder folder, SparkMerger merger)
{
    /// <summary>View of the rows that repeat a key, with the rule and the key's columns.</summary>
    public const string View = "landfall_duplicates";

    private const string Kept = "landfall_kept";
    private readonly EnrichRequest _request = plan.Request;

    /// <summary>The first key that rows repeat, and how many; null where none does.</summary>
    public async Task<(ContractKey Key, long Rows)?> FindAsync(CancellationToken cancellationToken)
    {
        foreach (ContractKey key in _request.Keys)
        {
            string columns = Columns(key);
            string known = Known(key) is { } stands
                ? $"(select count(*) from (select distinct {columns} from {merger.Gained} n where {HasValue(key)}) n "
                    + $"left semi join {stands} k on {StoredFiles.Match("k", "n", key.Columns)})"
                : "0L";
            SparkRows found = await session.QueryAsync(
                $"select coalesce(sum(c - 1), 0L) + {known} from (select count(*) as c from {merger.Gained} n "
                + $"where {HasValue(key)} group by {columns})",
                cancellationToken);
            if (found.Rows[0][0] is long and > 0 and var rows)
            {
                return (key, rows);
            }
        }

        return null;
    }

    /// <summary>Takes such rows from what the table gains, which needs the stage to keep records.</summary>
    /// <returns>How many there are, by batch and rule.</returns>
    public async Task<ImmutableArray<(long Batch, string Rule, long Rows)>> TakeAsync(
        CancellationToken cancellationToken)
    {
        List<string> marked = [];
        foreach ((int index, ContractKey key) in _request.Keys.Index())
        {
            string view = string.Create(CultureInfo.InvariantCulture, $"{View}_{index}");
            await folder.KeepAsync(view, Mark(key, marked), null, cancellationToken);
            marked.Add(view);
        }

        string all = string.Join(" union all ", marked.Select(m => $"select * from {m}"));
        await session.ExecuteAsync(
            $"create or replace temporary view {View} as {all}", cancellationToken);
        await session.ExecuteAsync(
            $"create or replace temporary view {Kept} as select n.* from {merger.Gained} n left anti join {View} d "
            + $"on d.{SparkPlan.Row} = n.{SparkPlan.Row}",
            cancellationToken);
        merger.Gained = Kept;
        SparkRows counts = await session.QueryAsync(
            $"select _batch, _rule, count(*) from {View} group by _batch, _rule", cancellationToken);
        return [.. counts.Rows.Select(r => ((long)r[0]!, (string)r[1]!, (long)r[2]!))];
    }

    /// <summary>A row that repeats one key keeps none of its other values from later rows.</summary>
    private string Mark(ContractKey key, List<string> marked)
    {
        string left = $"select * from {merger.Gained} n where {HasValue(key)}";
        foreach (string earlier in marked)
        {
            left = $"select n.* from ({left}) n left anti join {earlier} d on d.{SparkPlan.Row} = n.{SparkPlan.Row}";
        }

        string known = Known(key) is { } stands
            ? $"select n.*, k.landfall_stands is not null as landfall_stands from ({left}) n left join (select "
                + $"distinct {Columns(key)}, true as landfall_stands from {stands}) k "
                + $"on {StoredFiles.Match("k", "n", key.Columns)}"
            : $"select *, false as landfall_stands from ({left})";
        string rule = key.IsPrimary ? Rules.PrimaryKey : Rules.Unique;
        return $"select {SparkPlan.Row}, _batch, _source, '{rule}' as _rule, "
            + $"{SparkSql.Text(string.Join(", ", key.Columns))} as _column, _raw from (select *, row_number() over "
            + $"(partition by {Columns(key)} order by _batch, _source, md5(cast(_raw as binary)), {SparkPlan.Row}) "
            + $"as landfall_place from ({known})) where landfall_stands or landfall_place > 1";
    }

    /// <summary>The rows of the table that stands; rows of sources with new content go. Null for none.</summary>
    private string? Known(ContractKey key) => _request.Mode == EnrichMode.Replace || _request.Known.IsEmpty
        ? null
        : $"(select {Columns(key)} from {SparkMerger.Known} where not {StoredFiles.In("_source", merger.Replaced)})";

    private static string Columns(ContractKey key) => string.Join(", ", key.Columns.Select(SqlName.Spark));

    private static string HasValue(ContractKey key) =>
        string.Join(" and ", key.Columns.Select(c => $"n.{SqlName.Spark(c)} is not null"));
}
