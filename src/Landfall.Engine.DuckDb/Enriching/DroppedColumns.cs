using Landfall.DuckDb;
using Landfall.Engine.Engines;
using Landfall.Engine.Ingest;
using Landfall.Estate;
using Landfall.Sql;

namespace Landfall.Engine.DuckDb.Enriching;

/// <summary>
/// Keeps known values from becoming null because a source dropped their column: the owner is to accept that first.
/// </summary>
/// <param name="plan">What is derived.</param>
/// <param name="connection">Used by nothing else meanwhile.</param>
/// <param name="merger">Has the rows read and those of the table.</param>
/// <param name="derived">What was read.</param>
internal sealed class DroppedColumns(
    EnrichPlan plan, DuckDbConnection connection, Merger merger, Derivation derived)
{
    private readonly EnrichRequest _payload = plan.Payload;

    /// <summary>Ends the work where a batch would do that.</summary>
    /// <exception cref="LandfallException">LF4279.</exception>
    public void Refuse(CancellationToken cancellationToken)
    {
        foreach (BatchCount batch in derived.Counts)
        {
            foreach (EnrichColumn column in _payload.Columns.Where(c => !c.IsGone && derived.Lacks(batch.Batch, c)))
            {
                if (connection.Scalar<bool>($"select {LosesValues(batch.Batch, column)}", cancellationToken))
                {
                    throw EnrichRefusals.DroppedColumn(_payload, batch.Batch, column, derived.UnknownColumns);
                }
            }
        }
    }

    private string LosesValues(long batch, EnrichColumn column)
    {
        string name = SqlName.DuckDb(column.Name);
        string before = $"select 1 from {Merger.Fresh} where _batch < {batch} and {name} is not null";
        return _payload.Mode switch
        {
            EnrichMode.Replace => $"exists (select 1 from {Merger.Known} where {name} is not null)",
            EnrichMode.Difference =>
                $"exists ({before} union all select 1 from {Merger.Old} where {Merger.Window(_payload)} "
                + $"and {name} is not null)",
            EnrichMode.Upsert =>
                $"exists (select 1 from {Merger.Fresh} n join (select {Rows(name)} from {Merger.Old} "
                + $"union all select {Rows(name)} from {Merger.Fresh}) o on {Merger.Match("n", "o", _payload.Key)} "
                + $"where n._batch = {batch} and o._batch < {batch} and o.{name} is not null)",
            _ when Replaced(batch) is { Length: > 0 } sources =>
                $"exists (select 1 from {Merger.Old} where _source in ({sources}) and {name} is not null)",
            _ => "false",
        };
    }

    private string Rows(string column) =>
        string.Join(", ", [.. _payload.Key.Select(SqlName.DuckDb), column, "_batch"]);

    private string Replaced(long batch) => string.Join(", ", merger.Replaced
        .Where(s => _payload.Files.Any(f => f.Source == s && f.Batch == batch)).Select(SqlText.Literal));
}
