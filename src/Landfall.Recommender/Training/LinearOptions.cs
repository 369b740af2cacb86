namespace Landfall.Recommender.Training;

/// <summary>
/// The hyperparameters of the linear item-to-item models. EASE has λ alone; EDLAE drops inputs out; RLAE lets a service
/// keep part of its own weight; DAN normalises accounts and services. All are one computation.
/// </summary>
public sealed record LinearOptions
{
    /// <summary>Ridge on every service, above 0. Steck, "Embarrassingly Shallow Autoencoders", WWW 2019.</summary>
    public required double Lambda { get; init; }

    /// <summary>
    /// Share of inputs dropped, 0 up to but not 1: adds p/(1−p) times the service's own weight to its ridge. Steck,
    /// "Autoencoders that don't overfit towards the Identity", NeurIPS 2020.
    /// </summary>
    public double Dropout { get; init; }

    /// <summary>
    /// The part of its own weight that a service may keep, below 1; null keeps none, exactly. Moon et al., "It's
    /// Enough: Relaxing Diagonal Constraints in Linear Autoencoders for Recommendation", SIGIR 2023.
    /// </summary>
    public double? Xi { get; init; }

    /// <summary>How much frequent services are held back, 0 (not at all) to 1. Park et al., SIGIR 2025.</summary>
    public double Alpha { get; init; }

    /// <summary>How much accounts with many services are held back, 0 (not at all) to 1. Park et al., SIGIR 2025.
    /// </summary>
    public double Beta { get; init; }

    /// <summary>
    /// Whether dropout's ridge follows the number of accounts, as DAN has it, and not the diagonal of G, as EDLAE has.
    /// </summary>
    public bool RidgeByCount { get; init; }
}
