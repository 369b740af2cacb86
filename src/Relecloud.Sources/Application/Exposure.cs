namespace Relecloud.Sources.Application;

/// <summary>A service of a response: a row of the recommender's table <c>exposure</c>.</summary>
internal sealed record Exposure
{
    public required string RecommendationId { get; init; }

    /// <summary>From 1.</summary>
    public required int Rank { get; init; }

    public required DateTime ServedAt { get; init; }

    public required string AccountId { get; init; }

    public required string CustomerId { get; init; }

    public required string ServiceId { get; init; }

    public required double Score { get; init; }

    /// <summary>Null: the application's model is not calibrated.</summary>
    public double? Probability { get; init; }

    /// <summary>The service in use that speaks most for it; null for popularity alone.</summary>
    public required string? Reason { get; init; }

    public required int ModelVersion { get; init; }

    public required string Deployment { get; init; }

    /// <summary><c>treated</c> or <c>holdout</c>; a holdout's exposure is logged and shown to nobody.</summary>
    public required string Arm { get; init; }

    public required bool Fallback { get; init; }
}
