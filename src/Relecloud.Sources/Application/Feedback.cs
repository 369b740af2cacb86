namespace Relecloud.Sources.Application;

/// <summary>What became of a service of a response: a row of the recommender's table <c>feedback</c>.</summary>
/// <param name="RecommendationId">The response.</param>
/// <param name="ServiceId">The service.</param>
/// <param name="Kind"><c>shown</c>, <c>accepted</c> or <c>dismissed</c>.</param>
/// <param name="OccurredAt">When.</param>
internal sealed record Feedback(string RecommendationId, string ServiceId, string Kind, DateTime OccurredAt);
