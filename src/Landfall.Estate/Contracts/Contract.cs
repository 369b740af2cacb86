using System.Collections.Immutable;

namespace Landfall.Estate.Contracts;

/// <summary>The parts of an ODCS data contract that Landfall uses; the file itself is kept as it is.</summary>
public sealed record Contract
{
    /// <summary>The contract's id.</summary>
    public required string Id { get; init; }

    /// <summary>Semantic version; a breaking change raises the major part.</summary>
    public required string Version { get; init; }

    /// <summary>Path of the file relative to the estate's folder.</summary>
    public required string File { get; init; }

    /// <summary>Tables in the order of the file.</summary>
    public required ImmutableArray<ContractTable> Tables { get; init; }

    /// <summary>How old the newest data may be; null when not promised.</summary>
    public required TimeSpan? Freshness { get; init; }
}
