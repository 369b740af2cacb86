using System.Collections.Immutable;

namespace Landfall.Azure.Policies.Language;

/// <summary>A function of the expressions of policies.</summary>
/// <param name="Least">How many arguments it needs.</param>
/// <param name="Most">How many it takes.</param>
/// <param name="Apply">Evaluates it; it may leave arguments unevaluated. Throws <see cref="PolicyFailure"/>.</param>
internal sealed record PolicyFunction(
    int Least, int Most, Func<IPolicyFacts, ImmutableArray<PolicyExpression>, PolicyValue> Apply);
