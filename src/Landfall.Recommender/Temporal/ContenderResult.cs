using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Landfall.Recommender.Evaluation;

namespace Landfall.Recommender.Temporal;

/// <summary>How a contender did over all cut-offs.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Result">Means over accounts and cut-offs; coverage and Gini's coefficient of all lists.</param>
public sealed record ContenderResult(string Name, EvaluationResult Result)
{
    /// <summary>Each case: an account at a cut-off, in the same order for all contenders.</summary>
    [JsonIgnore]
    public ImmutableArray<RankedAccount> Cases { get; init; } = [];
}
