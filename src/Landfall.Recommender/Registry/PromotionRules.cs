using System.Globalization;
using Landfall.Recommender.Definitions;
using Landfall.Recommender.Temporal;

namespace Landfall.Recommender.Registry;

/// <summary>Decides whether a model may be served: it must beat the baselines, and not lose to the champion.</summary>
public static class PromotionRules
{
    /// <summary>Applies the rules in order; the first that fails decides.</summary>
    /// <param name="rules">The rules.</param>
    /// <param name="candidate">The candidate's result.</param>
    /// <param name="baselines">The candidate against each baseline that it must beat.</param>
    /// <param name="champion">The champion's result; null where there is none.</param>
    /// <param name="against">The candidate against the champion; null where there is none.</param>
    public static PromotionDecision Decide(
        PromotionCriteria rules, ContenderResult candidate, IEnumerable<Comparison> baselines,
        ContenderResult? champion, Comparison? against)
    {
        foreach (Comparison baseline in baselines)
        {
            if (!(baseline.Ndcg.Low > 0))
            {
                return new(false, "beats", string.Create(
                    CultureInfo.InvariantCulture,
                    $"nDCG less that of {baseline.Against} is {baseline.Ndcg.Mean:0.0000}, interval "
                    + $"{baseline.Ndcg.Low:0.0000} to {baseline.Ndcg.High:0.0000}: not wholly above zero"));
            }
        }

        return champion is null || against is null
            ? new(true, "all", "every baseline is beaten; there is no champion yet")
            : AgainstChampion(rules, candidate, champion, against);
    }

    private static PromotionDecision AgainstChampion(
        PromotionCriteria rules, ContenderResult candidate, ContenderResult champion, Comparison against)
    {
        double floor = -rules.ChampionLoss * champion.Result.Mean.Ndcg;
        if (against.Ndcg.Mean < 0 || against.Ndcg.Low < floor)
        {
            return new(false, "champion", string.Create(
                    CultureInfo.InvariantCulture,
                $"nDCG less that of the champion is {against.Ndcg.Mean:0.0000}, interval {against.Ndcg.Low:0.0000} to "
                + $"{against.Ndcg.High:0.0000}: the mean must not be below zero, nor the lower end "
                + $"below {floor:0.0000}"));
        }

        double coverage = candidate.Result.Coverage ?? 0;
        double least = (champion.Result.Coverage ?? 0) * (1 - rules.SpreadLoss);
        double gini = candidate.Result.Gini ?? 0;
        double most = (champion.Result.Gini ?? 0) * (1 + rules.SpreadLoss);
        return coverage < least || gini > most
            ? new(false, "spread", string.Create(
                    CultureInfo.InvariantCulture,
                $"coverage {coverage:0.000} must be {least:0.000} or more, and Gini's coefficient {gini:0.000} "
                + $"{most:0.000} or less"))
            : new(true, "all", "every baseline is beaten, and nothing is lost against the champion");
    }
}
