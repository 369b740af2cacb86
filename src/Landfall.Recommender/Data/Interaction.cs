namespace Landfall.Recommender.Data;

/// <summary>An account used a service.</summary>
/// <param name="Account">Number of the account.</param>
/// <param name="Service">Number of the service.</param>
/// <param name="Amount">How much, or a rating; finite and not negative.</param>
/// <param name="Time">When, in Unix seconds; 0 where it is not known.</param>
public readonly record struct Interaction(int Account, int Service, double Amount, long Time);
