using Landfall.Recommender.Training;

namespace Landfall.Recommender.Registry;

/// <summary>Hyperparameters that were tried.</summary>
/// <param name="Options">The hyperparameters.</param>
/// <param name="Ndcg">Mean nDCG on the inner period.</param>
public sealed record Trial(ModelOptions Options, double Ndcg);
