using System.Text;
using Landfall.Azure.Bicep;
using Landfall.Azure.Design;
using Landfall.Estate.Environments;

namespace Landfall.Azure.Generation;

/// <summary>
/// The page that says what a folder holds and how it is deployed, the same whatever environment is there.
/// </summary>
internal static class FolderReadme
{
    /// <summary>Writes it.</summary>
    public static string Of(
        EstateDesign design, IReadOnlyList<(string Zone, DeploymentTemplate<Placement> Template)> templates)
    {
        StringBuilder text = new();
        _ = text.Append($"""
            # {design.Estate.Title} in Azure

            Written by `landfall azure generate` from the estate `{design.Estate.Name}`; change the estate, not these
            files. A deployment has a folder with a `main.bicep`, which is the same in every environment, and its
            parameters for each. `modules` holds what they use, a service a file. Check all of it with
            `landfall azure check DIR`.

            The deployments, in the order in which they are made:


            """.ReplaceLineEndings("\n"));
        foreach ((_, DeploymentTemplate<Placement> template) in templates)
        {
            _ = text.Append($"- `{template.Name}`: {template.Description}\n");
        }

        foreach (AzureEnvironment environment in design.Estate.Environments)
        {
            Commands(text, new Placement(design, environment), templates);
        }

        return text.Append(Notes(design)).ToString();
    }

    private static void Commands(
        StringBuilder text, Placement placement,
        IEnumerable<(string Zone, DeploymentTemplate<Placement> Template)> templates)
    {
        string environment = placement.Environment.Name;
        _ = text.Append($"\n## Deploy {environment}\n\n```sh\n");
        foreach ((string zone, DeploymentTemplate<Placement> template) in templates)
        {
            string unmanage = template.Name == LinksDeployment.Name ? "deleteResources" : "detachAll";
            _ = text.Append(
                $"az stack sub create --name {template.Name} --subscription {placement.Subscription(zone)} \\\n"
                + $"  --location {placement.Region(zone)} --action-on-unmanage {unmanage} "
                + "--deny-settings-mode none \\\n"
                + $"  --parameters {EstateGenerator.ParametersOf(template.Name, environment)}\n");
        }

        _ = text.Append("```\n");
    }

    private static string Notes(EstateDesign design)
    {
        StringBuilder text = new();
        HostedUnit[] gateways =
            [.. design.Zones.SelectMany(z => z.Units).Where(u => u.Azure.Entry?.Authentication.Length > 0)];
        _ = text.Append("\n## Before and after\n\n");
        _ = text.Append(
            "- Purview, Synapse and Data Factory ask the owners of a store to approve their endpoints to it.\n");
        _ = text.Append(
            "- Serverless SQL databases are no resources: the SQL that makes them is run when they are there.\n");
        foreach (HostedUnit unit in gateways)
        {
            _ = text.Append(
                $"- `{unit.Deployment}`: put the certificate of its host name into its vault as `gateway`, and into "
                + "the cluster as the secret `router-certificate` of the namespace `azureml`. The router's service "
                + "takes the address `ranges.router` of the parameters. Traffic goes to a deployment once it runs.\n");
        }

        foreach (ZoneDesign zone in design.Zones.Where(z => z.HasNetwork))
        {
            _ = text.Append(
                $"- The network of `{zone.Zone.Id}` is there already and has these subnets: "
                + $"{string.Join(", ", zone.Subnets.Select(s => $"`{s}`"))}.\n");
        }

        return text.ToString();
    }
}
