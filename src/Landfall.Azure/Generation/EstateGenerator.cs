using System.Collections.Immutable;
using Landfall.Azure.Bicep;
using Landfall.Azure.Deployments;
using Landfall.Azure.Design;
using Landfall.Azure.Policies.Definitions;
using Landfall.Estate;
using Landfall.Estate.Diagnostics;
using Landfall.Estate.Environments;
using Landfall.Estate.Names;

namespace Landfall.Azure.Generation;

/// <summary>
/// Writes an estate as deployments of Azure. Pure: the same estate, environment and live agreements give the same
/// bytes, and what differs between environments stands in the parameter files only.
/// </summary>
public static class EstateGenerator
{
    /// <summary>Generates the deployments of one environment.</summary>
    /// <param name="estate">The estate, without errors.</param>
    /// <param name="environment"><c>dev</c>, <c>test</c> or <c>prod</c>.</param>
    /// <param name="now">The time that decides which agreements are live.</param>
    /// <exception cref="LandfallException">
    /// LF5001: the estate has no such environment. LF5002: a network range that Azure cannot have.
    /// </exception>
    public static GeneratedFiles Generate(EstateDefinition estate, string environment, DateTimeOffset now)
    {
        AzureEnvironment place = Find(estate, environment);
        PolicyLibrary policies = EstatePolicies.Read(estate, now);
        if (policies.HasErrors)
        {
            Diagnostic first = policies.Diagnostics.First(d => d.Severity == Severity.Error);
            throw new LandfallException(
                first.Code,
                $"A policy of the estate is wrong at {first.Location}: {first.Message} Nothing was written. See all "
                + "with: landfall validate");
        }

        EstateDesign design = new(estate, now);
        Placement placement = new(design, place);
        ImmutableArray<(string Zone, DeploymentTemplate<Placement> Template)> all = Templates(design, policies);
        ImmutableSortedDictionary<string, string>.Builder files =
            ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach ((_, DeploymentTemplate<Placement> template) in all)
        {
            files[$"{template.Name}/main.bicep"] = template.Main();
            files[ParametersOf(template.Name, environment)] = template.Parameters(placement);
        }

        foreach ((string path, string text) in PoliciesDeployment.Files(estate))
        {
            files[path] = text;
        }

        foreach (string module in ModuleLibrary.WithNeeded(all.SelectMany(t => t.Template.Modules)))
        {
            files[$"modules/{module}"] = ModuleLibrary.Text(module);
        }

        DeploymentSet set = SetOf(placement, all);
        files["bicepconfig.json"] = ModuleLibrary.Text("bicepconfig.json");
        files[DeploymentSet.FileName(environment)] = set.ToString();
        files["README.md"] = FolderReadme.Of(design, all);
        return new([.. set.Deployments.Select(d => d.Name)], files.ToImmutable(), design.Notes);
    }

    /// <summary>The parameter file of a deployment, relative to the folder.</summary>
    public static string ParametersOf(string deployment, string environment) =>
        $"{deployment}/main.{environment}.bicepparam";

    private static AzureEnvironment Find(EstateDefinition estate, string environment)
    {
        if (estate.Environments.FirstOrDefault(e => e.Name == environment) is { } found)
        {
            return found;
        }

        string[] known = [.. estate.Environments.Select(e => e.Name)];
        throw new LandfallException(
            AzureCodes.UnknownEnvironment,
            known.Length == 0
                ? $"The estate {estate.Name} says nothing of Azure. Describe an environment in "
                    + "azure/dev.yaml, see docs/azure.md. Nothing was written."
                : $"The estate {estate.Name} has no environment {environment}. "
                    + $"{Spelling.Hint(environment, known)} Nothing was written.");
    }

    /// <summary>Policies first, then management, zones, units with a group of their own, and links.</summary>
    private static ImmutableArray<(string Zone, DeploymentTemplate<Placement> Template)> Templates(
        EstateDesign design, PolicyLibrary policies)
    {
        (string Zone, DeploymentTemplate<Placement> Template)[] zones =
            [.. design.Zones.Select(z => (z.Zone.Id, ZoneDeployment.Of(design, z)))];
        (string Zone, DeploymentTemplate<Placement> Template)[] units =
        [
            .. design.Zones.SelectMany(z => z.Units.Where(u => u.HasOwnGroup)
                .Select(u => (z.Zone.Id, UnitDeployment.Of(z, u)))),
        ];
        string[] dnsKeys =
        [
            .. zones.Concat(units).SelectMany(t => t.Template.Group(DeploymentBlocks.DnsGroup, "").Keys).Distinct(),
        ];
        string hub = design.Management.Id;
        return
        [
            .. PoliciesDeployment.Of(design.Estate, policies), (hub, HubDeployment.Of(design, dnsKeys)), .. zones,
            .. units, .. Links(design, hub),
        ];
    }

    private static IEnumerable<(string Zone, DeploymentTemplate<Placement> Template)> Links(
        EstateDesign design, string hub) =>
        design.Zones.IsEmpty ? [] : [(hub, LinksDeployment.Of(design))];

    private static DeploymentSet SetOf(
        Placement placement, IEnumerable<(string Zone, DeploymentTemplate<Placement> Template)> templates) => new()
    {
        Estate = placement.Design.Estate.Name,
        Environment = placement.Environment.Name,
        Tenant = placement.Environment.Tenant,
        Deployments =
        [
            .. templates.Select(t => new Deployment(
                t.Template.Name, ParametersOf(t.Template.Name, placement.Environment.Name),
                placement.Subscription(t.Zone), placement.Region(t.Zone))),
        ],
        Existing =
        [
            .. placement.Environment.Zones.Values.SelectMany(z => z.Existing.Values)
                .Where(v => v.StartsWith('/')).Distinct().Order(StringComparer.Ordinal),
        ],
    };
}
