using Landfall.Engine.Engines;

namespace Landfall.Engine.Build;

/// <summary>A table that a computation reads.</summary>
/// <param name="Version">The version read.</param>
/// <param name="Rows">Its rows.</param>
/// <param name="Changes">The rows that came and went since the last build; null for none.</param>
/// <param name="Previous">Its rows at the last build; null where they did not change.</param>
public sealed record ComputeInput(long Version, PinnedTable Rows, RowChanges? Changes, PinnedTable? Previous);
