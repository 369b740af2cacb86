using System.Collections.Immutable;

namespace Landfall.Engine.Engines;

/// <summary>Which rows of a table are read.</summary>
/// <param name="Table">The table at a version.</param>
/// <param name="Columns">Columns, in the order of the values.</param>
public sealed record ReadRequest(PinnedTable Table, ImmutableArray<string> Columns)
{
    /// <summary>
    /// The column of text that must have one of <see cref="Values"/>; null for all rows.
    /// </summary>
    public string? Where { get; init; }

    /// <summary>What <see cref="Where"/> may be.</summary>
    public ImmutableArray<string> Values { get; init; } = [];
}
