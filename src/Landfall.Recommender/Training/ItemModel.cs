using Landfall.Recommender.Data;
using Landfall.Recommender.Linear;

namespace Landfall.Recommender.Training;

/// <summary>
/// Scores services for a basket: <c>score_j = prior_j + Σ weight_i · B_ij</c>. Every model and baseline is one of
/// these, so that each score is explained by the services in use, exactly. Immutable; safe for concurrent use.
/// </summary>
public sealed class ItemModel
{
    private readonly double[]? _weights;
    private readonly double[]? _prior;

    /// <summary>Makes a model of its numbers, which it takes over.</summary>
    /// <param name="services">Services.</param>
    /// <param name="weights">B row by row, a row the influence of one service on all; null for none.</param>
    /// <param name="prior">What each service scores for an empty basket; null for 0.</param>
    public ItemModel(int services, double[]? weights, double[]? prior)
    {
        Services = services;
        _weights = weights;
        _prior = prior;
    }

    /// <summary>Services.</summary>
    public int Services { get; }

    /// <summary>B row by row; null for a model of priors alone. Not to be changed.</summary>
    internal double[]? Weights => _weights;

    /// <summary>The same model with something added to each score.</summary>
    public ItemModel WithPrior(double[] prior) => new(Services, _weights, prior);

    /// <summary>Scores every service.</summary>
    /// <param name="basket">Services in use; none gives the prior.</param>
    /// <param name="scores">Receives <see cref="Services"/> scores.</param>
    public void Score(Basket basket, Span<double> scores)
    {
        scores.Clear();
        _prior?.CopyTo(scores);
        if (_weights is null)
        {
            return;
        }

        for (int i = 0; i < basket.Services.Length; i++)
        {
            VectorMath.AddScaled(scores, RowOf(basket.Services[i]), basket.Weights[i]);
        }
    }

    /// <summary>What a service of a basket adds to the score of another; with the prior they add up to it.</summary>
    public double Contribution(int service, double weight, int target) =>
        _weights is null ? 0 : weight * RowOf(service)[target];

    /// <summary>The score of a service for an empty basket.</summary>
    public double Prior(int service) => _prior?[service] ?? 0;

    private ReadOnlySpan<double> RowOf(int service) =>
        _weights.AsSpan(checked(service * Services), Services);
}
