using System.Collections.Immutable;

namespace Landfall.Estate.Integrations;

/// <summary>Files below a named location of the target.</summary>
/// <param name="Location">Name of the location.</param>
/// <param name="StopsAtBadFiles">
/// Whether a file that cannot be landed keeps all of the integration from landing; otherwise it alone is left out.
/// </param>
public sealed record FilesSource(string Location, bool StopsAtBadFiles = false) : Source("files")
{
    /// <inheritdoc/>
    public override ImmutableArray<string> Locations => [Location];
}
