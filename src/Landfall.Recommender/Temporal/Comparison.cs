using Landfall.Recommender.Evaluation;

namespace Landfall.Recommender.Temporal;

/// <summary>The candidate against another model, case by case.</summary>
/// <param name="Against">The other's name.</param>
/// <param name="Ndcg">The candidate's nDCG less the other's.</param>
/// <param name="Recall">The candidate's recall less the other's.</param>
public sealed record Comparison(string Against, Interval Ndcg, Interval Recall);
