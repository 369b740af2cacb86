using System.Collections.Immutable;

namespace Landfall.Estate.Integrations;

/// <summary>Files below a named location of the target.</summary>
/// <param name="Location">Name of the location.</param>
public sealed record FilesSource(string Location) : Source("files")
{
    /// <inheritdoc/>
    public override ImmutableArray<string> Locations => [Location];
}
