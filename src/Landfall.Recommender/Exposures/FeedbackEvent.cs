namespace Landfall.Recommender.Exposures;

/// <summary>What a caller says became of a recommended service.</summary>
/// <param name="RecommendationId">The recommendation.</param>
/// <param name="ServiceId">The service.</param>
/// <param name="Kind"><c>shown</c>, <c>accepted</c> or <c>dismissed</c>.</param>
/// <param name="At">When; microseconds count.</param>
public sealed record FeedbackEvent(string RecommendationId, string ServiceId, string Kind, DateTimeOffset At);
