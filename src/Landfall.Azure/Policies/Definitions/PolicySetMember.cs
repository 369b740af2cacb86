using System.Collections.Immutable;
using Landfall.Azure.Policies.Language;

namespace Landfall.Azure.Policies.Definitions;

/// <summary>A definition in a set.</summary>
/// <param name="Reference">What the set calls it.</param>
/// <param name="DefinitionId">Id of the definition.</param>
/// <param name="Arguments">Values of its parameters, which may use those of the set.</param>
/// <param name="Path">Where it stands.</param>
internal sealed record PolicySetMember(
    string Reference, string DefinitionId, ImmutableDictionary<string, PolicyExpression> Arguments, string Path);
