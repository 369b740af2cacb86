namespace Landfall.Delta.Statistics;

/// <summary>What DuckDB's <c>RETURN_STATS</c> says of one leaf column of a file, as the text it gives.</summary>
/// <param name="Min">Least value; null where there is none or it was dropped.</param>
/// <param name="Max">Greatest value, NaN apart; null where there is none or it was dropped.</param>
/// <param name="NullCount">Nulls, in leaves.</param>
/// <param name="HasNan">Whether a NaN occurs.</param>
public sealed record ColumnFacts(string? Min, string? Max, long? NullCount, bool HasNan);
