namespace Landfall.Server.Http.Contracts;

/// <summary>The body of a request that says what became of recommendations, as it came.</summary>
/// <param name="Events">What became of them.</param>
internal sealed record FeedbackRequest(FeedbackItem?[]? Events);
