using System.Collections.Immutable;

namespace Landfall.Sources.Files;

/// <summary>What <see cref="LandFilesTask"/> copies.</summary>
internal sealed record LandFilesPayload
{
    /// <summary>The integration's folder in raw.</summary>
    public required string UnitFolder { get; init; }

    /// <summary>Number of the batch.</summary>
    public required long Batch { get; init; }

    /// <summary>The files.</summary>
    public required ImmutableArray<LandFile> Files { get; init; }
}
