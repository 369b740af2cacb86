namespace Landfall.Server.Http.Contracts;

/// <summary>The recommendation for one account or list of services.</summary>
internal sealed record RecommendationBody
{
    /// <summary>The id that feedback names.</summary>
    public required string RecommendationId { get; init; }

    /// <summary>The account; null where only services were given.</summary>
    public required string? AccountId { get; init; }

    /// <summary><c>treated</c>, or <c>holdout</c> for a customer that gets none, to compare with.</summary>
    public required string Arm { get; init; }

    /// <summary>Whether popularity stood in because no service in use is known.</summary>
    public required bool Fallback { get; init; }

    /// <summary>Services, the best first.</summary>
    public required RecommendedItem[] Items { get; init; }
}
