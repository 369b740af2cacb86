using System.Collections.Immutable;

namespace Landfall.Recommender.Scoring;

/// <summary>What is suggested to somebody.</summary>
/// <param name="Items">Suggestions, the best first.</param>
/// <param name="Fallback">Whether nothing was known of the services in use, so that these are the popular ones.</param>
/// <param name="Unknown">Services in use that the model does not know.</param>
public sealed record SuggestionList(ImmutableArray<Suggestion> Items, bool Fallback, int Unknown);
