using System.Globalization;
using Landfall.DuckDb;
using Landfall.Engine.Engines;
using Landfall.Engine.Formats;
using Landfall.Engine.Ingest;
using Landfall.Estate.Contracts;
using Landfall.Sql;

namespace Landfall.Engine.DuckDb.Enriching;

/// <summary>
/// Finds rows whose key another row has: one of the table that stands, or one that was read before it, by batch, source
/// and number. Null is no value of a unique column.
/// </summary>
/// <param name="plan">What is derived.</param>
/// <param name="connection">Used by nothing else meanwhile.</param>
/// <param name="merger">Has the rows that the table is to gain.</param>
internal sealed class DuplicateRows(EnrichPlan plan, DuckDbConnection connection, Merger merger)
{
    private const string Table = "landfall_duplicates";
    private const string Kept = "landfall_kept";
    private readonly EnrichRequest _payload = plan.Payload;

    /// <summary>The first key that rows repeat, and how many; null where none does.</summary>
    public (ContractKey Key, long Rows)? Find(CancellationToken cancellationToken)
    {
        foreach (ContractKey key in _payload.Keys)
        {
            string columns = Columns(key, "n");
            long rows = connection.Scalar<long>(
                $"select coalesce(sum(c - 1), 0)::bigint from (select count(*) as c from {merger.Gained} n "
                + $"where {HasValue(key)} group by {columns})",
                cancellationToken);
            rows += connection.Scalar<long>(
                $"select count(distinct ({columns})) from {merger.Gained} n where {HasValue(key)} and {IsKnown(key)}",
                cancellationToken);
            if (rows > 0)
            {
                return (key, rows);
            }
        }

        return null;
    }

    /// <summary>Moves such rows to the quarantine, which needs the plan to keep records.</summary>
    public void Quarantine(Quarantine quarantine, CancellationToken cancellationToken)
    {
        connection.Execute(
            $"create or replace temp table {Table} (_batch BIGINT, _source VARCHAR, number BIGINT, rule VARCHAR, "
            + "column_name VARCHAR)",
            cancellationToken);
        foreach (ContractKey key in _payload.Keys)
        {
            Mark(key, cancellationToken);
        }

        string here = $"d._batch = n._batch and d._source = n._source and d.number = n.{EnrichPlan.RowColumn}";
        string now = SqlText.Literal(UnixMicros.ToTime(_payload.Now).ToString("O", CultureInfo.InvariantCulture));
        connection.Execute(
            $"insert into {Enriching.Quarantine.TableName} select n._batch, n._source, d.number, d.rule, "
            + $"d.column_name, n.{EnrichPlan.RecordColumn}, cast({now} as TIMESTAMPTZ) "
            + $"from {merger.Gained} n join {Table} d on {here}",
            cancellationToken);
        using DuckDbResult counts = connection.Query(
            $"select _batch, rule, count(*) from {Table} group by all", cancellationToken);
        foreach (object?[] count in counts.Rows())
        {
            quarantine.CountBroken((long)count[0]!, (string)count[1]!, (long)count[2]!);
        }

        connection.Execute(
            $"create or replace temp view {Kept} as select n.* from {merger.Gained} n anti join {Table} d on {here}",
            cancellationToken);
        merger.Gained = Kept;
    }

    /// <summary>A row that repeats one key keeps none of its other values from later rows.</summary>
    private void Mark(ContractKey key, CancellationToken cancellationToken) => connection.Execute(
        $"insert into {Table} select _batch, _source, {EnrichPlan.RowColumn}, "
        + $"'{(key.IsPrimary ? Rules.PrimaryKey : Rules.Unique)}', {SqlText.Literal(string.Join(", ", key.Columns))} "
        + $"from (select n._batch, n._source, n.{EnrichPlan.RowColumn}, {IsKnown(key)} as known, row_number() over "
        + $"(partition by {Columns(key, "n")} order by n._batch, n._source, n.{EnrichPlan.RowColumn}) as place "
        + $"from {merger.Gained} n anti join {Table} d on d._batch = n._batch and d._source = n._source "
        + $"and d.number = n.{EnrichPlan.RowColumn} where {HasValue(key)}) where known or place > 1",
        cancellationToken);

    /// <summary>Whether the table that stands has the key; rows of sources with new content go.</summary>
    private string IsKnown(ContractKey key)
    {
        if (_payload.Mode == EnrichMode.Replace || _payload.Known.IsEmpty)
        {
            return "false";
        }

        string stays = merger.Replaced.IsEmpty ? ""
            : $" and k._source not in ({string.Join(", ", merger.Replaced.Select(SqlText.Literal))})";
        return $"exists (select 1 from {Merger.Known} k where {Merger.Match("k", "n", key.Columns)}{stays})";
    }

    private static string Columns(ContractKey key, string alias) =>
        string.Join(", ", key.Columns.Select(c => $"{alias}.{SqlName.DuckDb(c)}"));

    private static string HasValue(ContractKey key) =>
        string.Join(" and ", key.Columns.Select(c => $"n.{SqlName.DuckDb(c)} is not null"));
}
