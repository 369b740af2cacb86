using System.Text;
using Landfall.Azure.Bicep;
using Landfall.Azure.Design;
using Landfall.Estate.Azure;
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

        return text
            .Append(Notes(design, ModuleLibrary.Providers(templates.SelectMany(t => t.Template.Modules))))
            .ToString();
    }

    private static void Commands(
        StringBuilder text, Placement placement,
        IEnumerable<(string Zone, DeploymentTemplate<Placement> Template)> templates)
    {
        string environment = placement.Environment.Name;
        _ = text.Append($"\n## Deploy {environment}\n\n```sh\n");
        foreach ((string zone, DeploymentTemplate<Placement> template) in templates)
        {
            // A grant or a denial that is only detached stays in force.
            bool isInForce = template.Name == LinksDeployment.Name
                || template.Name.StartsWith($"{PoliciesDeployment.Head}.", StringComparison.Ordinal);
            string unmanage = isInForce ? "deleteResources" : "detachAll";
            _ = text.Append(
                $"az stack sub create --name {template.Name} --subscription {placement.Subscription(zone)} \\\n"
                + $"  --location {placement.Region(zone)} --action-on-unmanage {unmanage} "
                + "--deny-settings-mode none \\\n"
                + $"  --parameters {EstateGenerator.ParametersOf(template.Name, environment)}\n");
        }

        _ = text.Append("```\n");
    }

    private static string Notes(EstateDesign design, IEnumerable<string> providers)
    {
        StringBuilder text = new();
        _ = text.Append("\n## By hand\n\nBefore the first deployment, in every subscription:\n\n```sh\n");
        foreach (string provider in providers)
        {
            _ = text.Append($"az provider register --namespace {provider}\n");
        }

        _ = text.Append("```\n\nBeside the deployments:\n\n");
        _ = text.Append(
            "- The owner of a store approves the endpoints that Data Factory and Synapse ask for. Synapse asks for\n"
            + "  its own account only: `az synapse managed-private-endpoints create` asks for others that units read.\n"
            + "- Serverless SQL databases are no resources: SQL makes them once their workspace is there.\n"
            + "- Synapse's own roles are given in Synapse, Purview's in Purview.\n");
        foreach (HostedUnit unit in design.Zones.SelectMany(z => z.Units))
        {
            _ = text.Append(OfUnit(unit));
        }

        foreach (ZoneDesign zone in design.Zones.Where(z => z.HasNetwork))
        {
            _ = text.Append(
                $"- The network of `{zone.Zone.Id}` is there already and has these subnets: "
                + $"{string.Join(", ", zone.Subnets.Select(s => $"`{s}`"))}.\n");
        }

        return text.ToString();
    }

    private static string OfUnit(HostedUnit unit) => (unit.Service, unit.Azure.Runtime, unit.Azure.Entry?.Type) switch
    {
        (_, AzureServices.SelfHosted, _) =>
            $"- `{unit.Deployment}`: install the self-hosted runtime near its source, with the key of the runtime.\n",
        (_, _, AzureServices.PowerBi) =>
            $"- `{unit.Deployment}`: add the subnet `{SubnetNames.PowerBi}` of the zone as a virtual network data\n"
            + "  gateway in Power BI.\n",
        (AzureServices.MachineLearning, _, _) =>
            $"- `{unit.Deployment}` is deployed twice. The first time makes vault, registry and cluster and fails.\n"
            + "  Then import the image (`az acr import`), put the certificate of the host name into the vault as\n"
            + "  `gateway` and into the cluster as the secret `router-certificate` of the namespace `azureml`, from a\n"
            + "  machine in the network, and deploy again. The router's service takes the address `ranges.router` by\n"
            + "  the annotation `service.beta.kubernetes.io/azure-load-balancer-ipv4`. Traffic goes to\n"
            + "  a deployment once it runs.\n",
        _ => "",
    };
}
