using System.Collections.Immutable;

namespace Landfall.Delta;

/// <summary>
/// Data files that differ between two versions because data changed. A file both added and removed in between is in
/// neither list.
/// </summary>
/// <param name="Added">Files that came.</param>
/// <param name="Removed">Files that went, without statistics; on disk until vacuum deletes them.</param>
public sealed record ChangedFiles(ImmutableArray<AddFile> Added, ImmutableArray<AddFile> Removed);
