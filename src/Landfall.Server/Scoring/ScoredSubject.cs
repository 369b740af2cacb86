using Landfall.Recommender.Exposures;
using Landfall.Recommender.Scoring;

namespace Landfall.Server.Scoring;

/// <summary>What an endpoint answers for one account or list of services.</summary>
/// <param name="Recommendation">What is logged.</param>
/// <param name="Basket">What the model answered.</param>
internal sealed record ScoredSubject(ServedRecommendation Recommendation, SuggestionList Basket)
{
    /// <summary>The arm of customers that get recommendations.</summary>
    public const string Treated = "treated";

    /// <summary>The arm of customers that get none.</summary>
    public const string Holdout = "holdout";

    /// <summary>The services that are shown: none for a holdout.</summary>
    public ReadOnlySpan<Suggestion> Shown =>
        Recommendation.Arm == Holdout ? [] : Basket.Items.AsSpan();
}
