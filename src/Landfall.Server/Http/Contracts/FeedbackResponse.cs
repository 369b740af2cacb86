namespace Landfall.Server.Http.Contracts;

/// <summary>The answer to feedback.</summary>
/// <param name="Accepted">Events taken.</param>
internal sealed record FeedbackResponse(int Accepted);
