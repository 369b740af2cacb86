using System.Collections.Immutable;

namespace Landfall.Azure.Policies.Definitions;

/// <summary>Which resources or definitions something is for: those for which every one of its parts holds.</summary>
/// <param name="Parts">Its parts.</param>
internal sealed record PolicySelector(ImmutableArray<PolicySelector.Part> Parts)
{
    /// <summary>One thing that must hold.</summary>
    /// <param name="Kind"><c>resourceLocation</c>, <c>resourceType</c>, <c>resourceWithoutLocation</c> or
    /// <c>policyDefinitionReferenceId</c>, whatever the case.</param>
    /// <param name="Values">The values that are meant, or are not.</param>
    /// <param name="IsNegative">Whether they are not.</param>
    internal sealed record Part(string Kind, ImmutableArray<string> Values, bool IsNegative)
    {
        /// <summary>Whether it is of a kind.</summary>
        public bool Is(string kind) => Kind.Equals(kind, StringComparison.OrdinalIgnoreCase);

        /// <summary>Whether a value is meant.</summary>
        public bool Takes(string value) =>
            Values.Contains(value, StringComparer.OrdinalIgnoreCase) != IsNegative;
    }
}
