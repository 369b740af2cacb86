using System.Collections.Immutable;
using Landfall.Azure.Policies.Language;
using Landfall.Estate.Diagnostics;

namespace Landfall.Azure.Policies.Definitions;

/// <summary>Definitions, sets, assignments and exemptions that were read together. Immutable.</summary>
public sealed class PolicyLibrary
{
    internal PolicyLibrary(
        ImmutableArray<PolicyDefinition> definitions,
        ImmutableArray<PolicySet> sets,
        ImmutableArray<PolicyAssignment> assignments,
        ImmutableArray<PolicyExemption> exemptions,
        ImmutableArray<Diagnostic> diagnostics)
    {
        Definitions = definitions;
        Sets = sets;
        Assignments = assignments;
        Exemptions = exemptions;
        Diagnostics = diagnostics;
    }

    /// <summary>What is wrong with them, in order of place.</summary>
    public ImmutableArray<Diagnostic> Diagnostics { get; }

    /// <summary>How many definitions, sets, assignments and exemptions there are.</summary>
    public int Count => Definitions.Length + Sets.Length + Assignments.Length + Exemptions.Length;

    /// <summary>How many definitions there are.</summary>
    public int DefinitionCount => Definitions.Length;

    /// <summary>How many assignments there are; without one every definition is evaluated everywhere.</summary>
    public int AssignmentCount => Assignments.Length;

    /// <summary>Whether anything is wrong with them.</summary>
    public bool HasErrors => Diagnostics.Any(d => d.Severity == Severity.Error);

    /// <summary>Ids of the exemptions that exempt nothing any more.</summary>
    public IEnumerable<string> EndedExemptions(DateTimeOffset now) =>
        Exemptions.Where(e => !e.IsLive(now)).Select(e => e.Head.Id);

    internal ImmutableArray<PolicyDefinition> Definitions { get; }

    internal ImmutableArray<PolicySet> Sets { get; }

    internal ImmutableArray<PolicyAssignment> Assignments { get; }

    internal ImmutableArray<PolicyExemption> Exemptions { get; }

    /// <summary>What binds one zone of an estate: the management zone's policies and its own.</summary>
    internal PolicyLibrary Of(string hub, string zone)
    {
        return new(
            [.. Definitions.Where(d => Binds(d.Head))], [.. Sets.Where(s => Binds(s.Head))],
            [.. Assignments.Where(a => Binds(a.Head))], [.. Exemptions.Where(e => Binds(e.Head))], Diagnostics);

        bool Binds(PolicyHead head) => head.Zone == hub || head.Zone == zone;
    }

    /// <summary>One assignment alone, with the exemptions of its own zone; those of others are for them.</summary>
    internal PolicyLibrary Only(PolicyAssignment assignment) => new(
        Definitions, Sets, [assignment], [.. Exemptions.Where(e => e.Head.Zone == assignment.Head.Zone)],
        Diagnostics);

    /// <summary>One definition with values for its parameters, assigned to everything.</summary>
    internal PolicyLibrary Only(
        PolicyDefinition definition, ImmutableDictionary<string, PolicyExpression> arguments) =>
        new([definition], [], [PolicyAssignment.Of(definition, arguments)], [], Diagnostics);
}
