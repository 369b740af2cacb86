namespace Landfall.Server.Http.Contracts;

/// <summary>A recommended service.</summary>
/// <param name="Rank">Its place, from 1.</param>
/// <param name="ServiceId">The service.</param>
/// <param name="Score">The model's score.</param>
/// <param name="Probability">The calibrated probability of adoption; null where the model has none.</param>
/// <param name="Reason">A sentence for people.</param>
/// <param name="Because">The services in use behind the score, the greatest contribution first.</param>
internal sealed record RecommendedItem(
    int Rank, string ServiceId, double Score, double? Probability, string Reason, ReasonBody[] Because);
