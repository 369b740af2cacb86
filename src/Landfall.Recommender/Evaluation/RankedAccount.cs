using System.Collections.Immutable;

namespace Landfall.Recommender.Evaluation;

/// <summary>What an account was suggested, and how good that was.</summary>
/// <param name="Account">Number of the account.</param>
/// <param name="Metrics">How well the list met what it did later.</param>
/// <param name="List">Scores of the suggestions, best first, and whether each was relevant.</param>
public sealed record RankedAccount(
    int Account, AccountMetrics Metrics, ImmutableArray<(double Score, bool Relevant)> List);
