namespace Landfall.Recommender.Scoring;

/// <summary>A service in use that speaks for a suggestion.</summary>
/// <param name="Service">The service in use.</param>
/// <param name="Contribution">What it adds to the score, above 0.</param>
public readonly record struct Reason(string Service, double Contribution);
