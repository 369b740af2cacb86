using System.Collections.Immutable;

namespace Landfall.Estate.Sources;

/// <summary>The kinds of sources that manifests may name.</summary>
public static class SourceManifests
{
    /// <summary>Those that Landfall comes with; a source that names none is read as the first.</summary>
    public static ImmutableArray<ISourceManifest> All { get; } = [new FilesManifest(), new PostgresManifest()];
}
