namespace Landfall.Engine.Engines;

/// <summary>A table that a query reads.</summary>
/// <param name="Table">Its version.</param>
/// <param name="Expression">
/// For an incremental input: the value of the column that a row influences, as portable SQL over its columns; else
/// null.
/// </param>
/// <param name="Changes">For a changed incremental input: the rows that came and went; else null.</param>
/// <param name="SparkExpression">The same expression as Spark is to compute it.</param>
public sealed record BuildInput(
    PinnedTable Table, string? Expression = null, RowChanges? Changes = null, string? SparkExpression = null);
