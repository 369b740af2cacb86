namespace Landfall.Recommender.Temporal;

/// <summary>When an account first used a service.</summary>
/// <param name="Account">Number of the account.</param>
/// <param name="Service">Number of the service.</param>
/// <param name="Day">Days from the history's first day.</param>
public readonly record struct FirstUse(int Account, int Service, int Day);
