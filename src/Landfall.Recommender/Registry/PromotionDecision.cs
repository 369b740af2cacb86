namespace Landfall.Recommender.Registry;

/// <summary>Whether a model may be served.</summary>
/// <param name="Passed">Whether it may.</param>
/// <param name="Rule">The rule that decided: <c>beats</c>, <c>champion</c>, <c>spread</c>, or <c>all</c> where it
/// passed.</param>
/// <param name="Explanation">The rule with its figures, one sentence.</param>
public sealed record PromotionDecision(bool Passed, string Rule, string Explanation);
