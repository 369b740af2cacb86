using Landfall.Recommender.Scoring;
using Landfall.Server.Http.Contracts;
using Landfall.Server.Scoring;

namespace Landfall.Server.Http;

/// <summary>Answers of the pipeline as bodies of responses.</summary>
internal static class ScoreBodies
{
    /// <summary>The body of one recommendation.</summary>
    public static RecommendationBody Of(ScoredSubject subject) => new()
    {
        RecommendationId = subject.Recommendation.RecommendationId,
        AccountId = subject.Recommendation.AccountId,
        Arm = subject.Recommendation.Arm,
        Fallback = subject.Recommendation.Fallback,
        Items = ItemsOf(subject.Shown),
    };

    /// <summary>Why a service is suggested, for people.</summary>
    public static string Sentence(Suggestion service) => service.Reasons.Length switch
    {
        0 => "Because many accounts use it.",
        1 => $"Because you use {service.Reasons[0].Service}.",
        2 => $"Because you use {service.Reasons[0].Service} and {service.Reasons[1].Service}.",
        _ => $"Because you use {service.Reasons[0].Service}, {service.Reasons[1].Service} and "
            + $"{service.Reasons[2].Service}.",
    };

    private static RecommendedItem[] ItemsOf(ReadOnlySpan<Suggestion> shown)
    {
        RecommendedItem[] items = new RecommendedItem[shown.Length];
        for (int i = 0; i < items.Length; i++)
        {
            Suggestion service = shown[i];
            items[i] = new(
                i + 1, service.Service, service.Score, service.Probability, Sentence(service),
                [.. service.Reasons.Select(r => new ReasonBody(r.Service, r.Contribution))]);
        }

        return items;
    }
}
