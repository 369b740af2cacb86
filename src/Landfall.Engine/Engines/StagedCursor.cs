namespace Landfall.Engine.Engines;

/// <summary>Where reading by a column that grows begins.</summary>
/// <param name="Column">The column: a number, time or date.</param>
/// <param name="Last">The text of a value.</param>
/// <param name="Overlap">How far before it to begin: seconds for times and dates, else units.</param>
public sealed record StagedCursor(string Column, string Last, long Overlap);
