namespace Landfall.Recommender.Data;

/// <summary>What models are trained on: who used which service, how much, and how lately.</summary>
public interface ITrainingData
{
    /// <summary>Services, at least 1; numbers are below it.</summary>
    int Services { get; }

    /// <summary>The weights of services by account.</summary>
    InteractionMatrix Matrix(Weighting weighting);

    /// <summary>Which services accounts use together, for linear models. Not to be changed.</summary>
    GramMatrix Gram(double beta, CancellationToken cancellationToken);

    /// <summary>How often each service was used in the last days before the newest interaction.</summary>
    /// <param name="days">Days, above 0.</param>
    double[] RecentUse(double days);

    /// <summary>How often each service was used, a use counting 2^(−age/half-life).</summary>
    /// <param name="halfLifeDays">Half-life in days; 0 for all uses alike.</param>
    double[] DecayedUse(double halfLifeDays);
}
