using System.Collections.Immutable;

namespace Landfall.Recommender.Exposures;

/// <summary>What an endpoint answered, or would have answered, for one account: an exposure a service.</summary>
public sealed record ServedRecommendation
{
    /// <summary>The recommendation's id, which never repeats.</summary>
    public required string RecommendationId { get; init; }

    /// <summary>When it was served; microseconds count.</summary>
    public required DateTimeOffset ServedAt { get; init; }

    /// <summary>The account; null where only services were given.</summary>
    public string? AccountId { get; init; }

    /// <summary>The account's customer; null where it is not known.</summary>
    public string? CustomerId { get; init; }

    /// <summary>The version of the model that scored.</summary>
    public required int ModelVersion { get; init; }

    /// <summary>The deployment that answered.</summary>
    public required string Deployment { get; init; }

    /// <summary>
    /// <c>treated</c>, or <c>holdout</c> for a ghost: what the account would have been shown, and was not.
    /// </summary>
    public required string Arm { get; init; }

    /// <summary>Whether popularity stood in because no service in use was known to the model.</summary>
    public required bool Fallback { get; init; }

    /// <summary>The services, the first at rank 1.</summary>
    public required ImmutableArray<ExposedService> Items { get; init; }
}
