using System.Collections.Immutable;
using Landfall.Azure.Policies.Definitions;
using Landfall.Azure.Policies.Language;
using Landfall.Azure.Snapshots;

namespace Landfall.Azure.Policies.Evaluation;

/// <summary>A definition with the values that an assignment gives it.</summary>
internal sealed record PolicyBinding
{
    /// <summary>The definition.</summary>
    public required PolicyDefinition Definition { get; init; }

    /// <summary>Values of its parameters; those that are not given are unknown.</summary>
    public required ImmutableDictionary<string, PolicyValue> Arguments { get; init; }

    /// <summary>The assignment; null where the definition binds everything.</summary>
    public required PolicyAssignment? Assignment { get; init; }

    /// <summary>The set; null where the definition itself is assigned.</summary>
    public required PolicySet? Set { get; init; }

    /// <summary>What the set calls the definition; its name where there is no set.</summary>
    public required string Reference { get; init; }

    /// <summary>The exemptions from the assignment that are for this definition.</summary>
    public required ImmutableArray<PolicyExemption> Exemptions { get; init; }

    /// <summary>The effect on a resource; null where it is not known.</summary>
    public PolicyEffect? EffectOn(SnapshotResource resource)
    {
        EffectOverride? instead = Assignment?.Overrides.FirstOrDefault(o => o.Selector.Parts.All(p =>
            p.Is("policyDefinitionReferenceId") ? p.Takes(Reference) : PolicyScope.Selects(p, resource)));
        return instead?.Effect
            ?? (Definition.Effect.Evaluate(new ParameterFacts(Arguments)) is PolicyValue.Text word
                && EffectNames.TryFind(word.Value, out PolicyEffect effect)
                ? effect
                : null);
    }

    /// <summary>Whether it binds a resource at all.</summary>
    public bool Binds(SnapshotResource resource) => Assignment is null || (
        PolicyScope.IsWithin(resource, Assignment.Head.Scope)
        && !Assignment.NotScopes.Any(s => PolicyScope.IsSurelyWithin(resource, s))
        && PolicyScope.Selects(Assignment.Selectors, resource));

    /// <summary>The exemption that takes it out of force for a resource; null where there is none.</summary>
    public PolicyExemption? ExemptionOf(SnapshotResource resource, DateTimeOffset now) => Exemptions.FirstOrDefault(
        e => e.IsLive(now) && PolicyScope.IsWithin(resource, e.Head.Scope)
            && PolicyScope.Selects(e.Selectors, resource));
}
