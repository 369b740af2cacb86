namespace Landfall.Recommender.Evaluation;

/// <summary>A service that was held back, and others that the account did not use.</summary>
/// <param name="Account">Number of the account.</param>
/// <param name="Service">Number of the service held back.</param>
/// <param name="Others">Numbers of the others.</param>
public sealed record LeftOut(int Account, int Service, IReadOnlyList<int> Others);
