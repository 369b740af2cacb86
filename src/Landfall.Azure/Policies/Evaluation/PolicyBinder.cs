using System.Collections.Immutable;
using Landfall.Azure.Policies.Definitions;
using Landfall.Azure.Policies.Language;

namespace Landfall.Azure.Policies.Evaluation;

/// <summary>Puts definitions together with the values that assignments and sets give them.</summary>
internal static class PolicyBinder
{
    private static readonly ImmutableDictionary<string, PolicyExpression> NoArguments =
        ImmutableDictionary.Create<string, PolicyExpression>(StringComparer.OrdinalIgnoreCase);

    private static readonly ImmutableDictionary<string, PolicyValue> NoValues =
        ImmutableDictionary.Create<string, PolicyValue>(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// What a library binds: its assignments; where it has none, every definition binds everything, with the values
    /// that its parameters have by themselves.
    /// </summary>
    public static ImmutableArray<PolicyBinding> Of(PolicyLibrary library)
    {
        if (library.Assignments.IsEmpty)
        {
            return [.. library.Definitions.Select(d => Bound(d, NoArguments, NoValues, null, null, d.Head.Name, []))];
        }

        PolicyReferences references = new(library.Definitions, library.Sets, library.Assignments);
        return
        [
            .. library.Assignments.SelectMany(a => Of(
                a, references,
                [.. library.Exemptions.Where(e => references.Assignment(e.AssignmentId)?.Head.Id == a.Head.Id)])),
        ];
    }

    private static IEnumerable<PolicyBinding> Of(
        PolicyAssignment assignment, PolicyReferences references, ImmutableArray<PolicyExemption> exemptions)
    {
        if (references.Definition(assignment.DefinitionId) is { } single)
        {
            yield return Bound(
                single, assignment.Arguments, NoValues, assignment, null, single.Head.Name,
                [.. exemptions.Where(e => e.References.IsEmpty)]);
        }
        else if (references.Set(assignment.DefinitionId) is { } set)
        {
            ImmutableDictionary<string, PolicyValue> values = Values(set.Parameters, assignment.Arguments, NoValues);
            foreach (PolicySetMember member in set.Members)
            {
                if (references.Definition(member.DefinitionId) is { } definition)
                {
                    yield return Bound(
                        definition, member.Arguments, values, assignment, set, member.Reference,
                        [.. exemptions.Where(e => IsFor(e, member))]);
                }
            }
        }
    }

    private static bool IsFor(PolicyExemption exemption, PolicySetMember member) => exemption.References.IsEmpty
        || exemption.References.Contains(member.Reference, StringComparer.OrdinalIgnoreCase);

    private static PolicyBinding Bound(
        PolicyDefinition definition,
        ImmutableDictionary<string, PolicyExpression> arguments,
        ImmutableDictionary<string, PolicyValue> outer,
        PolicyAssignment? assignment,
        PolicySet? set,
        string reference,
        ImmutableArray<PolicyExemption> exemptions) => new()
    {
        Definition = definition,
        Arguments = Values(definition.Parameters, arguments, outer),
        Assignment = assignment,
        Set = set,
        Reference = reference,
        Exemptions = exemptions,
    };

    private static ImmutableDictionary<string, PolicyValue> Values(
        ImmutableArray<PolicyParameter> parameters,
        ImmutableDictionary<string, PolicyExpression> arguments,
        ImmutableDictionary<string, PolicyValue> outer) => NoValues.SetItems(parameters.Select(p => KeyValuePair.Create(
            p.Name,
            arguments.TryGetValue(p.Name, out PolicyExpression? given)
                ? given.Evaluate(new ParameterFacts(outer))
                : p.Default ?? new PolicyValue.Unknown($"the parameter {p.Name} is given no value"))));
}
