namespace Landfall.Recommender.Data;

/// <summary>Interactions in memory as training data.</summary>
/// <param name="interactions">The interactions.</param>
/// <param name="accounts">Accounts; numbers are below it.</param>
/// <param name="services">Services, at least 1; numbers are below it.</param>
public sealed class InteractionList(IReadOnlyCollection<Interaction> interactions, int accounts, int services)
    : ITrainingData
{
    private const double SecondsADay = 86_400;

    /// <inheritdoc/>
    public int Services => services;

    /// <inheritdoc/>
    public InteractionMatrix Matrix(Weighting weighting) =>
        InteractionMatrix.Of(interactions, accounts, services, weighting);

    /// <inheritdoc/>
    public GramMatrix Gram(double beta, CancellationToken cancellationToken) =>
        GramMatrix.Of(Matrix(Weighting.Binary), beta, cancellationToken);

    /// <inheritdoc/>
    public double[] RecentUse(double days)
    {
        double since = interactions.Count == 0 ? 0 : interactions.Max(i => i.Time) - (days * SecondsADay);
        return new InteractionList([.. interactions.Where(i => i.Time > since)], accounts, services).DecayedUse(0);
    }

    /// <inheritdoc/>
    public double[] DecayedUse(double halfLifeDays)
    {
        // One account for all: weights add up over accounts and interactions.
        Interaction[] all = [.. interactions.Select(i => i with { Account = 0, Amount = 1 })];
        return InteractionMatrix.Of(all, 1, services, new() { Amounts = true, HalfLifeDays = halfLifeDays }).Sums();
    }
}
