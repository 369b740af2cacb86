using System.Collections.Immutable;
using Landfall.Azure.Policies.Language;
using Landfall.Estate.Names;

namespace Landfall.Azure.Policies.Definitions;

/// <summary>Finds definitions, sets and assignments by id; reports names that lead nowhere.</summary>
/// <param name="definitions">The definitions.</param>
/// <param name="sets">The sets.</param>
/// <param name="assignments">The assignments.</param>
/// <param name="unreadable">Names of what could not be read, and has been reported.</param>
internal sealed class PolicyReferences(
    IReadOnlyCollection<PolicyDefinition> definitions,
    IReadOnlyCollection<PolicySet> sets,
    IReadOnlyCollection<PolicyAssignment> assignments,
    IReadOnlySet<string>? unreadable = null)
{
    private const string SetType = "/policySetDefinitions/";

    private readonly ILookup<string, PolicyDefinition> _definitions = ByName(definitions, d => d.Head);
    private readonly ILookup<string, PolicySet> _sets = ByName(sets, s => s.Head);
    private readonly ILookup<string, PolicyAssignment> _assignments = ByName(assignments, a => a.Head);

    /// <summary>The definition of an id; null where it is not here.</summary>
    public PolicyDefinition? Definition(string id) => IsSet(id) ? null : Of(_definitions, d => d.Head, id);

    /// <summary>The set of an id; null where it is not here.</summary>
    public PolicySet? Set(string id) => IsSet(id) ? Of(_sets, s => s.Head, id) : null;

    /// <summary>The assignment of an id; null where it is not here.</summary>
    public PolicyAssignment? Assignment(string id) => Of(_assignments, a => a.Head, id);

    /// <summary>The definitions that an assignment assigns, as far as they are here.</summary>
    public IEnumerable<PolicyDefinition> DefinitionsOf(PolicyAssignment assignment) =>
        Definition(assignment.DefinitionId) is { } single
            ? [single]
            : (Set(assignment.DefinitionId)?.Members ?? []).Select(m => Definition(m.DefinitionId))
                .OfType<PolicyDefinition>();

    /// <summary>Whether an id is that of a set.</summary>
    public static bool IsSet(string id) => id.Contains(SetType, StringComparison.OrdinalIgnoreCase);

    /// <summary>Reports what names nothing, or the wrong thing.</summary>
    public void Check(IReadOnlyCollection<PolicyExemption> exemptions)
    {
        Duplicates("definitions", definitions.Select(d => d.Head));
        Duplicates("sets", sets.Select(s => s.Head));
        Duplicates("assignments", assignments.Select(a => a.Head));
        Duplicates("exemptions", exemptions.Select(e => e.Head));
        foreach (PolicySet set in sets)
        {
            foreach (PolicySetMember member in set.Members)
            {
                Check(set, member);
            }
        }

        foreach (PolicyAssignment assignment in assignments)
        {
            Check(assignment);
        }

        foreach (PolicyExemption exemption in exemptions)
        {
            Check(exemption);
        }
    }

    private static ILookup<string, T> ByName<T>(IEnumerable<T> all, Func<T, PolicyHead> head) =>
        all.ToLookup(a => NameOf(head(a).Id), StringComparer.OrdinalIgnoreCase);

    /// <summary>The one of an id; where one of two ids has no scope, the one of its name.</summary>
    private static T? Of<T>(ILookup<string, T> all, Func<T, PolicyHead> head, string id)
        where T : class
    {
        T[] found = [.. all[NameOf(id)]];
        return found.FirstOrDefault(f => head(f).Id.Equals(id, StringComparison.OrdinalIgnoreCase))
            ?? found.FirstOrDefault(f =>
                head(f).Scope.Length == 0 || id.StartsWith("/providers/", StringComparison.OrdinalIgnoreCase));
    }

    private static string NameOf(string id) => id[(id.LastIndexOf('/') + 1)..];

    private static void Duplicates(string kind, IEnumerable<PolicyHead> heads)
    {
        foreach (IGrouping<string, PolicyHead> group in heads.GroupBy(h => h.Id, StringComparer.OrdinalIgnoreCase))
        {
            foreach (PolicyHead second in group.Skip(1))
            {
                PolicyHead first = group.First();
                second.Source.Diagnostics.Error(
                    PolicyCodes.DuplicateName, second.Source.Place(second.Path),
                    $"Two {kind} are called {second.Name}; the other one is {first.Source.Place(first.Path)}.",
                    "Give each a name of its own.");
            }
        }
    }

    private void Check(PolicySet set, PolicySetMember member)
    {
        PolicyJson place = new(set.Head.Source, member.Path, default);
        if (IsSet(member.DefinitionId))
        {
            string[]? circle = CircleFrom(set, [set.Head.Name], []);
            place.Error(
                PolicyCodes.Circle,
                circle is null
                    ? $"The set {set.Head.Name} holds a set."
                    : $"The set {set.Head.Name} holds itself: {string.Join(" > ", circle)}.",
                "A set holds definitions only.");
            return;
        }

        if (Definition(member.DefinitionId) is { } definition)
        {
            Arguments(place, definition.Head, definition.Parameters, member.Arguments);
        }
        else
        {
            Lost(place, member.DefinitionId, "definition", definitions.Select(d => d.Head));
        }
    }

    private void Check(PolicyAssignment assignment)
    {
        PolicyJson place = new(assignment.Head.Source, $"{assignment.Head.Path}.policyDefinitionId", default);
        if (Definition(assignment.DefinitionId) is { } definition)
        {
            Arguments(place, definition.Head, definition.Parameters, assignment.Arguments);
        }
        else if (Set(assignment.DefinitionId) is { } set)
        {
            Arguments(place, set.Head, set.Parameters, assignment.Arguments);
        }
        else
        {
            bool isSet = IsSet(assignment.DefinitionId);
            Lost(
                place, assignment.DefinitionId, isSet ? "set" : "definition",
                isSet ? sets.Select(s => s.Head) : definitions.Select(d => d.Head));
        }
    }

    private void Check(PolicyExemption exemption)
    {
        PolicyJson place = new(exemption.Head.Source, $"{exemption.Head.Path}.policyAssignmentId", default);
        if (Assignment(exemption.AssignmentId) is not { } assignment)
        {
            Lost(place, exemption.AssignmentId, "assignment", assignments.Select(a => a.Head));
            return;
        }

        string[] known = [.. Set(assignment.DefinitionId)?.Members.Select(m => m.Reference) ?? []];
        PolicyJson references = new(
            exemption.Head.Source, $"{exemption.Head.Path}.policyDefinitionReferenceIds", default);
        foreach (string unknown in exemption.References.Except(known, StringComparer.OrdinalIgnoreCase))
        {
            references.UnknownWord(
                PolicyCodes.UnknownPolicy, unknown, $"definition in the assignment {assignment.Head.Name} called",
                known);
        }
    }

    private static void Arguments(
        PolicyJson place, PolicyHead head, ImmutableArray<PolicyParameter> parameters,
        ImmutableDictionary<string, PolicyExpression> given)
    {
        string[] names = [.. parameters.Select(p => p.Name)];
        foreach (string unknown in given.Keys.Except(names, StringComparer.OrdinalIgnoreCase)
            .Order(StringComparer.Ordinal))
        {
            place.Error(
                PolicyCodes.Parameter, $"{head.Name} has no parameter {unknown}.", Spelling.Hint(unknown, names));
        }

        foreach (PolicyParameter parameter in parameters)
        {
            if (!given.TryGetValue(parameter.Name, out PolicyExpression? expression))
            {
                if (parameter.Default is null)
                {
                    place.Error(
                        PolicyCodes.Parameter, $"{head.Name} needs a value for its parameter {parameter.Name}.");
                }
            }
            else if (parameter.Refuses(expression.Evaluate(NoFacts.Only)) is { } problem)
            {
                place.Error(PolicyCodes.Parameter, problem);
            }
        }
    }

    /// <summary>A definition of Azure's is not here, which is no mistake; one of a name is.</summary>
    private void Lost(PolicyJson place, string id, string kind, IEnumerable<PolicyHead> heads)
    {
        string name = NameOf(id);
        if (unreadable?.Contains(name) == true)
        {
            return;
        }

        if (Guid.TryParse(name, out _) && kind != "assignment")
        {
            place.Warning(
                PolicyCodes.Elsewhere, $"The {kind} {name} is Azure's and not among the files: it is not evaluated.",
                "Put a copy beside the files to have it evaluated.");
        }
        else
        {
            place.UnknownWord(PolicyCodes.UnknownPolicy, name, kind, heads.Select(h => h.Name));
        }
    }

    private string[]? CircleFrom(PolicySet set, ImmutableArray<string> way, HashSet<PolicySet> seen)
    {
        foreach (PolicySet inner in set.Members.Select(m => Set(m.DefinitionId)).OfType<PolicySet>())
        {
            if (inner.Head.Name == way[0])
            {
                return [.. way, inner.Head.Name];
            }

            if (seen.Add(inner) && CircleFrom(inner, way.Add(inner.Head.Name), seen) is { } circle)
            {
                return circle;
            }
        }

        return null;
    }
}
