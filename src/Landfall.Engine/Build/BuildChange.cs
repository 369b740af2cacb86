using System.Collections.Immutable;
using Landfall.Delta;
using Landfall.Engine.Engines;
using Landfall.Estate;

namespace Landfall.Engine.Build;

/// <summary>What changed in an input since the version that the last build pinned.</summary>
/// <param name="Table">The input.</param>
/// <param name="From">Version pinned by the last build; −1 for none.</param>
/// <param name="To">Version to read now.</param>
/// <param name="Added">Files added with <c>dataChange</c> in between.</param>
/// <param name="Removed">Files removed with <c>dataChange</c> in between; still on disk until vacuum.</param>
public sealed record BuildChange(
    TableName Table, long From, long To, ImmutableArray<AddFile> Added, ImmutableArray<AddFile> Removed)
{
    /// <summary>The files as an engine gets them.</summary>
    public RowChanges Rows => RowChanges.Of(Added, Removed);
}
