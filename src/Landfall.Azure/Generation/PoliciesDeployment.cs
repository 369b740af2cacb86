using System.Collections.Immutable;
using Landfall.Azure.Bicep;
using Landfall.Azure.Design;
using Landfall.Azure.Policies.Definitions;
using Landfall.Estate;

namespace Landfall.Azure.Generation;

/// <summary>
/// The policies of a zone's subscription: the management zone's and the zone's own, from the estate's files as they
/// stand. Deployed before what they bind.
/// </summary>
internal static class PoliciesDeployment
{
    /// <summary>What the names of these deployments begin with; no zone may have it as its id.</summary>
    public const string Head = "policies";

    private const string Definitions = "policy-definitions";
    private const string Sets = "policy-sets";

    /// <summary>A deployment for each zone that policies bind, the management zone's first.</summary>
    public static ImmutableArray<(string Zone, DeploymentTemplate<Placement> Template)> Of(
        EstateDefinition estate, PolicyLibrary library)
    {
        string hub = estate.Management.Id;
        return
        [
            .. EstatePolicies.Files(estate)
                .Select(z => (z.Zone, Library: library.Of(hub, z.Zone)))
                .Where(z => z.Library.Count > 0)
                .Select(z => (z.Zone, Of(z.Zone, z.Library))),
        ];
    }

    /// <summary>The estate's files, by their paths in the generated folder.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Files(EstateDefinition estate) =>
        EstatePolicies.Files(estate).SelectMany(z => z.Files.Select(
            f => KeyValuePair.Create(PathOf(f.Path), f.Text.ReplaceLineEndings("\n"))));

    private static DeploymentTemplate<Placement> Of(string zone, PolicyLibrary library)
    {
        DeploymentTemplate<Placement> template = new($"{Head}.{zone}", $"Policies that bind the zone {zone}.");
        List<string> before = [];
        Add(template, before, "definitions", Definitions, library.Definitions.Select(d => d.Head));
        Add(template, before, "sets", Sets, library.Sets.Select(s => s.Head));
        ImmutableArray<PolicyAssignment> plain = [.. library.Assignments.Where(a => !a.HasIdentity)];
        Add(template, before, "assignments", "policy-assignments", plain.Select(a => a.Head));
        PolicyReferences references = new(library.Definitions, library.Sets, library.Assignments);
        Dictionary<string, int> seen = new(StringComparer.OrdinalIgnoreCase);
        foreach (PolicyAssignment assignment in library.Assignments.Where(a => a.HasIdentity))
        {
            string symbol = SymbolOf(assignment, seen);
            _ = template.Module(symbol, "policy-remediation", null, new()
            {
                {
                    "location",
                    template.Parameter("location", "Region of identities of policies.", "string", p => p.Region(zone))
                },
                { "assignment", Loaded(assignment.Head) },
                { "roleDefinitionIds", Roles(references, assignment).Select(r => (object)r).ToArray() },
            }, before.Where(b => b is "definitions" or "sets"));
            before.Add(symbol);
        }

        Add(template, before, "exemptions", "policy-exemptions", library.Exemptions.Select(e => e.Head));
        return template;
    }

    private static void Add(
        DeploymentTemplate<Placement> template, List<string> before, string symbol, string module,
        IEnumerable<PolicyHead> heads)
    {
        Expression[] files =
            [.. heads.OrderBy(h => h.Source.Name, StringComparer.Ordinal).Select(Loaded)];
        if (files.Length > 0)
        {
            _ = template.Module(symbol, module, null, new() { { symbol, files } }, before);
            before.Add(symbol);
        }
    }

    /// <summary>GUIDs of the roles that the definitions of an assignment ask for.</summary>
    private static IEnumerable<string> Roles(PolicyReferences references, PolicyAssignment assignment) =>
        references.DefinitionsOf(assignment).SelectMany(d => d.Details.Roles)
            .Select(r => r[(r.LastIndexOf('/') + 1)..].ToLowerInvariant())
            .Distinct().Order(StringComparer.Ordinal);

    private static Expression Loaded(PolicyHead head) =>
        new($"loadJsonContent({BicepText.Quote("../" + PathOf(head.Source.Name))})");

    /// <summary><c>billing/policies/x.json</c> as <c>policies/billing/x.json</c>.</summary>
    private static string PathOf(string file)
    {
        string[] parts = file.Split('/');
        return $"{Head}/{parts[0]}/{parts[^1]}";
    }

    /// <summary>A name of Bicep for an assignment, with a number where two have the same letters and digits.</summary>
    private static string SymbolOf(PolicyAssignment assignment, Dictionary<string, int> seen)
    {
        string name = string.Concat(assignment.Head.Name.Where(char.IsAsciiLetterOrDigit));
        int number = seen[name] = seen.GetValueOrDefault(name) + 1;
        return $"remediation__{name}{(number == 1 ? "" : $"__N{number}")}";
    }
}
