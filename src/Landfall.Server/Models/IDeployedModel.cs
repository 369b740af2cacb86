using Landfall.Recommender.Scoring;

namespace Landfall.Server.Models;

/// <summary>A loaded model version that answers requests. Immutable; safe for concurrent use.</summary>
public interface IDeployedModel
{
    /// <summary>Which model it is.</summary>
    ModelIdentity Identity { get; }

    /// <summary>Suggests services that are not in use, as <see cref="ServiceRecommender.Recommend"/> does.</summary>
    /// <param name="services">Services in use; may repeat.</param>
    /// <param name="count">How many to suggest at most; at least 1.</param>
    /// <param name="excluded">Services never to suggest, besides those in use.</param>
    SuggestionList Recommend(
        IReadOnlyCollection<string> services, int count, IReadOnlyCollection<string> excluded);
}
