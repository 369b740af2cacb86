using System.Collections.Immutable;
using Landfall.Azure.Policies.Language;

namespace Landfall.Azure.Policies.Definitions;

/// <summary>A definition or set that binds a scope. Immutable.</summary>
internal sealed record PolicyAssignment
{
    /// <summary>Its place, name and id.</summary>
    public required PolicyHead Head { get; init; }

    /// <summary>Id of the definition or set.</summary>
    public required string DefinitionId { get; init; }

    /// <summary>Values of parameters.</summary>
    public required ImmutableDictionary<string, PolicyExpression> Arguments { get; init; }

    /// <summary>Scopes below its own that it leaves out.</summary>
    public required ImmutableArray<string> NotScopes { get; init; }

    /// <summary>Whether it denies and changes, or only reports.</summary>
    public required bool IsEnforced { get; init; }

    /// <summary>Which resources it is for; all where it says nothing.</summary>
    public required ImmutableArray<PolicySelector> Selectors { get; init; }

    /// <summary>Effects instead of those of the definitions.</summary>
    public required ImmutableArray<EffectOverride> Overrides { get; init; }

    /// <summary>
    /// What it says to somebody whose resource is refused, by what its set calls the definition; by nothing for all.
    /// </summary>
    public required ImmutableDictionary<string, string> Messages { get; init; }

    /// <summary>Whether it has an identity, which changes what does not comply.</summary>
    public required bool HasIdentity { get; init; }

    /// <summary>A definition that is assigned to everything.</summary>
    public static PolicyAssignment Of(
        PolicyDefinition definition, ImmutableDictionary<string, PolicyExpression> arguments) => new()
    {
        Head = definition.Head with
        {
            Id = $"/providers/Microsoft.Authorization/policyAssignments/{definition.Head.Name}",
        },
        DefinitionId = definition.Head.Id,
        Arguments = arguments,
        NotScopes = [],
        IsEnforced = true,
        Selectors = [],
        Overrides = [],
        Messages = ImmutableDictionary.Create<string, string>(StringComparer.OrdinalIgnoreCase),
        HasIdentity = true,
    };
}
