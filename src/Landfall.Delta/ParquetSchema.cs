using System.Collections.Immutable;

namespace Landfall.Delta;

/// <summary>What the footer of a Parquet file says of its shape.</summary>
/// <param name="Rows">Rows.</param>
/// <param name="Columns">Its columns; what is inside of one is left out.</param>
public sealed record ParquetSchema(long Rows, ImmutableArray<ParquetColumn> Columns);
