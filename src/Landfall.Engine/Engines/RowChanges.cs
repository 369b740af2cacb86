using System.Collections.Immutable;
using Landfall.Delta;

namespace Landfall.Engine.Engines;

/// <summary>
/// Files that came to a table and went from it. A file that is rewritten for a few of its rows brings the others back
/// as they were: rows that came and went as often count as unchanged.
/// </summary>
/// <param name="Added">Files that came.</param>
/// <param name="Removed">Files that went; still on disk.</param>
public sealed record RowChanges(ImmutableArray<PinnedFile> Added, ImmutableArray<PinnedFile> Removed)
{
    /// <summary>The files of a log.</summary>
    public static RowChanges Of(ImmutableArray<AddFile> added, ImmutableArray<AddFile> removed) =>
        new([.. added.Select(PinnedFile.Of)], [.. removed.Select(PinnedFile.Of)]);
}
