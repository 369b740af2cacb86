using Landfall.Estate;

namespace Landfall.Cli;

/// <summary>What manifests may name for this program.</summary>
internal static class Kinds
{
    public static EstateKinds OfManifests { get; } = new(
        [.. SourceKinds.All.Select(k => k.Manifest)], [.. ProductKinds.All.Select(k => k.Manifest)]);
}
