using System.Collections.Immutable;

namespace Landfall.Engine.Engines;

/// <summary>What comparing a table with its full rebuild found.</summary>
/// <param name="Rows">Rows of the rebuild.</param>
/// <param name="Differences">Where they are not those of the table.</param>
public sealed record CompareResult(long Rows, ImmutableArray<CompareDifference> Differences);
