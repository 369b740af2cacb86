using System.Collections.Immutable;

namespace Landfall.Delta;

/// <summary>
/// Data files that differ between two versions because data changed. A file added and removed as often in between is in
/// neither list; one that came twice, because optimize took it away in between, is there twice, so that rows of
/// <paramref name="Added"/> less those of <paramref name="Removed"/> are the change.
/// </summary>
/// <param name="Added">Files that came.</param>
/// <param name="Removed">Files that went, without statistics; on disk until vacuum deletes them.</param>
public sealed record ChangedFiles(ImmutableArray<AddFile> Added, ImmutableArray<AddFile> Removed);
