using System.Collections.Immutable;

namespace Landfall.Recommender.Scoring;

/// <summary>A service suggested.</summary>
/// <param name="Rank">Its place in the list, from 1.</param>
/// <param name="Service">The service.</param>
/// <param name="Score">Its score, which orders the list: what the services in use contribute, and popularity.</param>
/// <param name="Probability">How probable it is that it is adopted within the evaluation's horizon; null where the
/// model says nothing.</param>
/// <param name="Reasons">The services in use that contribute most, the greatest first; none for popularity alone.
/// </param>
public sealed record Suggestion(
    int Rank, string Service, double Score, double? Probability, ImmutableArray<Reason> Reasons);
