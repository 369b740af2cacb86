namespace Landfall.Engine.Engines;

/// <summary>How many rows differ for a value of the incremental column.</summary>
/// <param name="Value">The value, for example a month; null for a table built whole, and for rows without one.</param>
/// <param name="Missing">Rows that the table lacks.</param>
/// <param name="Extra">Rows that the table should not have.</param>
public sealed record CompareDifference(string? Value, long Missing, long Extra);
