namespace Landfall.Recommender.Data;

/// <summary>The services of an account.</summary>
/// <param name="services">Their numbers, rising.</param>
/// <param name="weights">The weight of each.</param>
public readonly ref struct Basket(ReadOnlySpan<int> services, ReadOnlySpan<double> weights)
{
    /// <summary>Numbers of services, rising.</summary>
    public ReadOnlySpan<int> Services { get; } = services;

    /// <summary>The weight of each service.</summary>
    public ReadOnlySpan<double> Weights { get; } = weights;
}
