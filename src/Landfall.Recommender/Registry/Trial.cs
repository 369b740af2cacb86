using Landfall.Recommender.Training;

namespace Landfall.Recommender.Registry;

/// <summary>Knobs that were tried.</summary>
/// <param name="Options">The knobs.</param>
/// <param name="Ndcg">Mean nDCG on the inner period.</param>
public sealed record Trial(ModelOptions Options, double Ndcg);
