using System.Collections.Immutable;
using Landfall.Engine.Steps;

namespace Landfall.Sources.Files;

/// <summary>What <see cref="LandFilesTask"/> copied.</summary>
internal sealed record LandFilesResult
{
    /// <summary>The files that were copied, in the payload's order.</summary>
    public required ImmutableArray<LandedFile> Files { get; init; }

    /// <summary>Those that could not be; nothing of them is in raw.</summary>
    public required ImmutableArray<LeftOut> LeftOut { get; init; }

    /// <summary>Seconds of all threads together spent copying, hashing and making durable.</summary>
    public required double CopySeconds { get; init; }

    /// <summary>Seconds of all threads together spent checking compressed data and counting records.</summary>
    public required double CheckSeconds { get; init; }
}
