using System.Collections.Immutable;
using Landfall.Azure.Policies.Language;

namespace Landfall.Azure.Policies.Definitions;

/// <summary>A policy definition. Immutable.</summary>
internal sealed record PolicyDefinition
{
    /// <summary>Its place, name and id.</summary>
    public required PolicyHead Head { get; init; }

    /// <summary>
    /// <c>all</c>, <c>indexed</c> (resources with tags and location only), or one that a service evaluates itself.
    /// </summary>
    public required string Mode { get; init; }

    /// <summary>Its parameters.</summary>
    public required ImmutableArray<PolicyParameter> Parameters { get; init; }

    /// <summary>When it takes effect; null where a service evaluates it.</summary>
    public required PolicyCondition? If { get; init; }

    /// <summary>Its effect, by name.</summary>
    public required PolicyExpression Effect { get; init; }

    /// <summary>What the effect does.</summary>
    public required EffectDetails Details { get; init; }

    /// <summary>The fields that it names.</summary>
    public required ImmutableArray<PolicyUse> Fields { get; init; }

    /// <summary>Whether a service evaluates it on its own data, which no deployment shows.</summary>
    public bool IsOfData => If is null;
}
