using System.Diagnostics;
using Landfall.Recommender.Exposures;
using Landfall.Recommender.Scoring;
using Landfall.Server.Accounts;
using Landfall.Server.Endpoints;
using Microsoft.Extensions.Logging;

namespace Landfall.Server.Scoring;

/// <summary>Answers checked requests: looks accounts up, scores, logs the exposures, mirrors. Thread-safe.</summary>
/// <param name="clock">Time.</param>
/// <param name="mirror">Scores a share of the requests besides.</param>
/// <param name="logger">Where failures of models are said.</param>
internal sealed partial class ScoringPipeline(TimeProvider clock, MirrorQueue mirror, ILogger<ScoringPipeline> logger)
{
    /// <summary>Scores each subject and hands what is served to the exposure log.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="deployment">The deployment that answers.</param>
    /// <param name="query">The request.</param>
    /// <param name="started">The timestamp of the request's start.</param>
    /// <exception cref="RefusedRequest">408: out of time; 424: the model failed. Nothing was logged.</exception>
    public ScoredSubject[] Score(
        RecommenderEndpoint endpoint, Deployment deployment, ScoreQuery query, long started)
    {
        ScoredSubject[] scored = new ScoredSubject[query.Subjects.Length];
        for (int i = 0; i < scored.Length; i++)
        {
            if (clock.GetElapsedTime(started) > endpoint.Limits.Timeout)
            {
                throw new RefusedRequest(
                    408, RefusedRequest.TooSlow,
                    "The request took too long. Nothing was recommended. Send fewer accounts a request.");
            }

            scored[i] = Score(endpoint, deployment, query, query.Subjects[i]);
        }

        int fallbacks = 0;
        foreach (ScoredSubject subject in scored)
        {
            fallbacks += subject.Basket.Fallback ? 1 : 0;
            if (!subject.Recommendation.Items.IsEmpty && !endpoint.Exposures.TryAppend(subject.Recommendation))
            {
                endpoint.Counters.Drop();
            }
        }

        endpoint.Counters.Answer(scored.Length, fallbacks);
        return scored;
    }

    private ScoredSubject Score(
        RecommenderEndpoint endpoint, Deployment deployment, ScoreQuery query, ScoreSubject subject)
    {
        AccountBasket? account = subject.AccountId is null ? null : endpoint.Accounts.Find(subject.AccountId);
        IReadOnlyCollection<string> services = subject.Services ?? account?.Services ?? [];
        SuggestionList basket = AskModel(endpoint, deployment, services, query);
        bool isHoldout = endpoint.IsHoldout(account?.CustomerId);
        ServedRecommendation recommendation = new()
        {
            RecommendationId = Guid.CreateVersion7(clock.GetUtcNow()).ToString("n"),
            ServedAt = clock.GetUtcNow(),
            AccountId = subject.AccountId,
            CustomerId = account?.CustomerId,
            ModelVersion = deployment.Model.Identity.Version,
            Deployment = deployment.Name,
            Arm = isHoldout ? ScoredSubject.Holdout : ScoredSubject.Treated,
            Fallback = basket.Fallback,
            Items =
            [
                .. basket.Items.Select(s => new ExposedService(
                    s.Service, s.Score, s.Probability, s.Reasons.IsEmpty ? null : s.Reasons[0].Service)),
            ],
        };
        mirror.Offer(endpoint, services, query, basket);
        return new(recommendation, basket);
    }

    private SuggestionList AskModel(
        RecommenderEndpoint endpoint, Deployment deployment, IReadOnlyCollection<string> services, ScoreQuery query)
    {
        string reason;
        try
        {
            SuggestionList basket = deployment.Model.Recommend(services, query.Count, query.Excluded);
            if (IsSound(basket))
            {
                return basket;
            }

            reason = "a score or probability that is no number";
        }
#pragma warning disable CA1031 // Whatever a model throws is the model's failure, and the caller's answer is 424.
        catch (Exception e)
#pragma warning restore CA1031
        {
            // The exception's message could hold what the request said.
            reason = $"{e.GetType().Name} {new StackTrace(e)}";
        }

        endpoint.Counters.Fail();
        ModelFailed(logger, endpoint.Name, deployment.Name, deployment.Model.Identity.Version, reason);
        throw new RefusedRequest(
            424, RefusedRequest.ModelFailed,
            "The model failed on this request. Nothing was recommended. Other requests may succeed.");
    }

    private static bool IsSound(SuggestionList basket)
    {
        foreach (Suggestion service in basket.Items)
        {
            if (!double.IsFinite(service.Score) || service.Probability is { } p && !(p is >= 0 and <= 1))
            {
                return false;
            }
        }

        return true;
    }

    [LoggerMessage(
        2, LogLevel.Error,
        "The model of endpoint {Endpoint}, deployment {Deployment}, version {Version} failed: {Reason}")]
    private static partial void ModelFailed(
        ILogger log, string endpoint, string deployment, int version, string reason);
}
