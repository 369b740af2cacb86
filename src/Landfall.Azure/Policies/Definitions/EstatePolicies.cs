using System.Collections.Immutable;
using Landfall.Estate;
using Landfall.Estate.Azure;
using Landfall.Estate.Diagnostics;

namespace Landfall.Azure.Policies.Definitions;

/// <summary>The policies of an estate: the management zone's bind every zone, a zone's bind that zone.</summary>
public static class EstatePolicies
{
    /// <summary>Reads them and holds them against each other.</summary>
    /// <param name="estate">The estate.</param>
    /// <param name="now">The time, which decides whether exemptions have ended.</param>
    public static PolicyLibrary Read(EstateDefinition estate, DateTimeOffset now)
    {
        DiagnosticBag diagnostics = new();
        PolicyCollector collector = new(diagnostics, isEstate: true);
        foreach ((string zone, ImmutableArray<PolicyFile> files) in Files(estate))
        {
            foreach (PolicyFile file in files)
            {
                collector.AddFile(file.Path, file.Text, zone);
            }
        }

        PolicyLibrary library = collector.Collect();
        Check(library, estate.Management.Id, now);
        return new(
            library.Definitions, library.Sets, library.Assignments, library.Exemptions, diagnostics.ToOrdered());
    }

    /// <summary>The files of the management zone, and of each landing zone.</summary>
    public static IEnumerable<(string Zone, ImmutableArray<PolicyFile> Files)> Files(EstateDefinition estate) =>
        ((string, ImmutableArray<PolicyFile>)[])
            [(estate.Management.Id, estate.Management.Policies), .. estate.Zones.Select(z => (z.Id, z.Policies))];

    private static void Check(PolicyLibrary library, string hub, DateTimeOffset now)
    {
        PolicyReferences references = new(library.Definitions, library.Sets, library.Assignments);
        HashSet<string> used = new(StringComparer.OrdinalIgnoreCase);
        foreach (PolicySet set in library.Sets)
        {
            foreach (PolicySetMember member in set.Members)
            {
                See(set.Head, member.Path, references.Definition(member.DefinitionId)?.Head, hub, used);
            }
        }

        foreach (PolicyAssignment assignment in library.Assignments)
        {
            PolicyHead? assigned = references.Definition(assignment.DefinitionId)?.Head
                ?? references.Set(assignment.DefinitionId)?.Head;
            See(assignment.Head, $"{assignment.Head.Path}.policyDefinitionId", assigned, hub, used);
            CheckIdentity(assignment, references);
        }

        foreach (PolicyExemption exemption in library.Exemptions)
        {
            PolicyHead? exempted = references.Assignment(exemption.AssignmentId)?.Head;
            See(exemption.Head, $"{exemption.Head.Path}.policyAssignmentId", exempted, hub, used);
            Check(exemption, now);
        }

        foreach (PolicyHead head in library.Definitions.Select(d => d.Head).Concat(library.Sets.Select(s => s.Head))
            .Where(h => !used.Contains(h.Id)))
        {
            new PolicyJson(head.Source, head.Path, default).Warning(
                PolicyCodes.Unassigned, $"Nothing assigns {head.Name}: it binds nothing.",
                "Add a file with policyDefinitionId, or name it in a set.");
        }
    }

    /// <summary>A zone's policies name its own and the management zone's, whose name its own only.</summary>
    private static void See(PolicyHead from, string path, PolicyHead? named, string hub, HashSet<string> used)
    {
        if (named is null)
        {
            return;
        }

        _ = used.Add(named.Id);
        if (named.Zone != hub && named.Zone != from.Zone)
        {
            new PolicyJson(from.Source, path, default).Error(
                PolicyCodes.UnknownPolicy, $"{named.Name} is a policy of {named.Zone}, which {from.Zone} does not see.",
                $"Move it to {hub}/policies, which all zones see.");
        }
    }

    /// <summary>What changes resources that are there needs an identity that may.</summary>
    private static void CheckIdentity(PolicyAssignment assignment, PolicyReferences references)
    {
        PolicyDefinition? changing = references.DefinitionsOf(assignment).FirstOrDefault(d => !d.Details.Roles.IsEmpty);
        PolicyJson place = new(assignment.Head.Source, "", default);
        if (changing is not null && !assignment.HasIdentity)
        {
            place.Error(
                PolicyCodes.Effect, $"{assignment.Head.Name} has no identity, and {changing.Head.Name} needs roles.",
                "Add \"identity\": { \"type\": \"SystemAssigned\" } beside the properties.");
        }
        else if (changing is null && assignment.HasIdentity)
        {
            place.Error(
                PolicyCodes.Effect,
                $"{assignment.Head.Name} has an identity, and none of its definitions needs a role.",
                "Take the identity out, or name roleDefinitionIds in the details of a definition.");
        }
    }

    private static void Check(PolicyExemption exemption, DateTimeOffset now)
    {
        PolicyJson place = new(exemption.Head.Source, exemption.Head.Path, default);
        if (exemption.Reason.Length == 0)
        {
            place.Error(
                PolicyCodes.Exemption, $"The exemption {exemption.Head.Name} has no reason.",
                "Say why in its description.");
        }

        if (!exemption.HasEnd)
        {
            place.Error(
                PolicyCodes.Exemption, $"The exemption {exemption.Head.Name} has no end.",
                "Give it one with expiresOn, such as 2027-06-30T00:00:00Z.");
        }
        else if (exemption.Ends <= now)
        {
            place.Warning(
                PolicyCodes.EndedExemption,
                $"The exemption {exemption.Head.Name} ended on {exemption.Ends:yyyy-MM-dd} and exempts nothing.",
                "Take it out, or decide anew on a later end.");
        }
    }
}
