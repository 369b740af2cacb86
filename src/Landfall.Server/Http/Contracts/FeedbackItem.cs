namespace Landfall.Server.Http.Contracts;

/// <summary>What became of a recommended service, as it came.</summary>
/// <param name="RecommendationId">The recommendation.</param>
/// <param name="ServiceId">The service.</param>
/// <param name="Kind"><c>shown</c>, <c>accepted</c> or <c>dismissed</c>.</param>
/// <param name="At">When, with an offset; now where it is left out.</param>
internal sealed record FeedbackItem(string? RecommendationId, string? ServiceId, string? Kind, DateTimeOffset? At);
