namespace Landfall.Delta.Statistics;

/// <summary>What is known of one leaf column of a file.</summary>
/// <param name="Min">
/// Least value, in invariant text: integers and doubles as .NET reads them, decimals as their exact digits with one
/// before the point, dates as <c>yyyy-MM-dd</c>, instants in round-trip form (<c>O</c>). Null where there is none.
/// </param>
/// <param name="Max">Greatest value, NaN apart, in the same form; null where there is none.</param>
/// <param name="NullCount">Nulls, in leaves; null where unknown.</param>
/// <param name="HasNan">Whether a NaN occurs.</param>
public sealed record ColumnFacts(string? Min, string? Max, long? NullCount, bool HasNan);
