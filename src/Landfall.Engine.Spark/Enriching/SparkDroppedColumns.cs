using Landfall.Engine.Engines;
using Landfall.Engine.Ingest;
using Landfall.Engine.Spark.Connect;
using Landfall.Estate;
using Landfall.Sql;

namespace Landfall.Engine.Spark.Enriching;

/// <summary>
/// Keeps known values from becoming null because a source dropped their column: the owner is to accept that first.
/// </summary>
/// <param name="plan">What is derived.</param>
/// <param name="session">Has the rows read and those of the table.</param>
/// <param name="merger">Has the sources whose rows go.</param>
/// <param name="derived">What was read.</param>
internal sealed class SparkDroppedColumns(
    SparkPlan plan, SparkSession session, SparkMerger merger, Derivation derived)
{
    private readonly EnrichRequest _request = plan.Request;

    /// <summary>Ends the work where a batch would do that.</summary>
    /// <exception cref="LandfallException">LF4279.</exception>
    public async Task RefuseAsync(CancellationToken cancellationToken)
    {
        foreach (BatchCount batch in derived.Counts)
        {
            foreach (EnrichColumn column in _request.Columns.Where(c => !c.IsGone && derived.Lacks(batch.Batch, c)))
            {
                if (ValuesLost(batch.Batch, column) is { } lost
                    && (await session.QueryAsync($"select 1 from ({lost}) limit 1", cancellationToken)).Rows.Length > 0)
                {
                    throw EnrichRefusals.DroppedColumn(_request, batch.Batch, column, derived.UnknownColumns);
                }
            }
        }
    }

    /// <summary>A select of values that would become null; null where there is none for sure.</summary>
    private string? ValuesLost(long batch, EnrichColumn column)
    {
        string name = SqlName.Spark(column.Name);
        string before = $"select {name} from {SparkMerger.Fresh} where _batch < {batch} and {name} is not null";
        return _request.Mode switch
        {
            EnrichMode.Replace => $"select {name} from {SparkMerger.Known} where {name} is not null",
            EnrichMode.Difference => $"{before} union all select {name} from {SparkMerger.Old} "
                + $"where {SparkMerger.Window(_request)} and {name} is not null",
            EnrichMode.Upsert => $"select o.{name} from {SparkMerger.Fresh} n join (select {Rows(name)} from "
                + $"{SparkMerger.Old} union all select {Rows(name)} from {SparkMerger.Fresh}) o "
                + $"on {StoredFiles.Match("n", "o", _request.Key)} "
                + $"where n._batch = {batch} and o._batch < {batch} and o.{name} is not null",
            _ when Replaced(batch) is { Length: > 0 } sources => $"select {name} from {SparkMerger.Old} "
                + $"where {StoredFiles.In("_source", sources)} and {name} is not null",
            _ => null,
        };
    }

    /// <summary>The key, the column unless it is of the key, and the batch.</summary>
    private string Rows(string column) =>
        string.Join(", ", _request.Key.Select(SqlName.Spark).Append(column).Distinct().Append("_batch"));

    private string[] Replaced(long batch) =>
        [.. merger.Replaced.Where(s => _request.Files.Any(f => f.Source == s && f.Batch == batch))];
}
