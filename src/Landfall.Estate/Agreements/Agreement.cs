using System.Collections.Immutable;

namespace Landfall.Estate.Agreements;

/// <summary>
/// A provider's permission for a consumer's product to read its data (OAAS <c>AccessAgreement</c>).
/// </summary>
public sealed record Agreement
{
    /// <summary>The agreement's id.</summary>
    public required string Id { get; init; }

    /// <summary><c>requested</c>, <c>approved</c> or <c>rejected</c>; only approved permits.</summary>
    public required string Status { get; init; }

    /// <summary>Why the consumer needs the data.</summary>
    public required string Purpose { get; init; }

    /// <summary>Zone that provides; the zone whose folder holds the file.</summary>
    public required string ProviderZone { get; init; }

    /// <summary>Id of the providing integration or product.</summary>
    public required string ProviderUnit { get; init; }

    /// <summary>Name of the one table that may be read.</summary>
    public required string ProviderTable { get; init; }

    /// <summary>The columns of it that may be read; empty for all.</summary>
    public ImmutableArray<string> Columns { get; init; } = [];

    /// <summary>Zone that consumes.</summary>
    public required string ConsumerZone { get; init; }

    /// <summary>Id of the consuming product.</summary>
    public required string ConsumerProduct { get; init; }

    /// <summary>First instant of the permission; null since ever.</summary>
    public required DateTimeOffset? Start { get; init; }

    /// <summary>First instant after the permission; null without end.</summary>
    public required DateTimeOffset? End { get; init; }

    /// <summary>Who signed off; null for nobody yet.</summary>
    public required string? SignedBy { get; init; }

    /// <summary>Who took the permission back, which ended it; null for nobody.</summary>
    public string? RevokedBy { get; init; }

    /// <summary>The first instant at which it must be looked at again; null for none.</summary>
    public DateTimeOffset? Reassessment { get; init; }

    /// <summary>The file relative to the estate's folder.</summary>
    public required string File { get; init; }
}
