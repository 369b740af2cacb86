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

    /// <summary>The file relative to the estate's folder.</summary>
    public required string File { get; init; }
}
