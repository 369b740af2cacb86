using System.Collections.Immutable;

namespace Landfall.Recommender.Definitions;

/// <summary>What a model must do to be served.</summary>
/// <param name="Beats">Baselines whose nDCG it must exceed, with the whole interval above zero.</param>
/// <param name="Confidence">Confidence of the intervals, 0.5 up to but not 1.</param>
/// <param name="ChampionLoss">What the interval's lower end may lose against the champion, as a share of its nDCG.
/// </param>
/// <param name="SpreadLoss">What coverage may fall, or Gini's coefficient rise, as a share of the champion's.</param>
public sealed record PromotionCriteria(
    ImmutableArray<string> Beats, double Confidence, double ChampionLoss, double SpreadLoss);
