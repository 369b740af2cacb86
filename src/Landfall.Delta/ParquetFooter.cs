namespace Landfall.Delta;

/// <summary>What the footer of a data file says of it.</summary>
/// <param name="Rows">Rows.</param>
/// <param name="Statistics">
/// Bounds and null counts of its columns. Doubles have no bounds: footers do not say whether a NaN is among the values,
/// which readers sort above every number.
/// </param>
public sealed record ParquetFooter(long Rows, FileStatistics Statistics);
