using System.Collections.Immutable;

namespace Landfall.Azure.Policies.Definitions;

/// <summary>A set of definitions, which is assigned as one. Immutable.</summary>
/// <param name="Head">Its place, name and id.</param>
/// <param name="Parameters">Its parameters.</param>
/// <param name="Members">Its definitions.</param>
internal sealed record PolicySet(
    PolicyHead Head, ImmutableArray<PolicyParameter> Parameters, ImmutableArray<PolicySetMember> Members);
