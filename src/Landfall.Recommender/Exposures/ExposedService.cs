namespace Landfall.Recommender.Exposures;

/// <summary>A service of a recommendation; its rank is its place in the list.</summary>
/// <param name="ServiceId">The service.</param>
/// <param name="Score">The model's score; finite.</param>
/// <param name="Probability">The calibrated probability of adoption; null where the model has none.</param>
/// <param name="Reason">The service in use that adds most to the score; null where none does.</param>
public sealed record ExposedService(string ServiceId, double Score, double? Probability, string? Reason);
