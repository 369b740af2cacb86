using System.Globalization;
using System.Net;
using Landfall.Azure.Bicep;
using Landfall.Azure.Design;
using Landfall.Estate.Azure;
using Landfall.Estate.Environments;
using Landfall.Estate.Integrations;
using Landfall.Estate.Management;

namespace Landfall.Azure.Generation;

/// <summary>
/// What may leave the zones: the hosts that the environment's egress rules name, and what the services that are there
/// document that they need. Sources: the pages on outbound rules of Azure Databricks, Kubernetes Service, Machine
/// Learning and Container Apps.
/// </summary>
internal static class FirewallRules
{
    /// <summary>Rules by address, service tag or host and port.</summary>
    public static IReadOnlyList<BicepObject> Network(Placement placement) =>
        [.. Egress(placement), .. placement.Design.Zones.SelectMany(z => OfServices(placement, z))];

    /// <summary>Rules by name of an HTTPS host.</summary>
    public static IReadOnlyList<BicepObject> Application(Placement placement) =>
    [
        .. placement.Design.Zones.SelectMany(z => OfHosts(placement, z)),
    ];

    private static IEnumerable<BicepObject> Egress(Placement placement)
    {
        foreach (EgressRule rule in placement.Environment.Egress)
        {
            string[] sources = [.. SourcesOf(placement, rule)];
            if (sources.Length == 0)
            {
                continue;
            }

            string[] ports =
            [
                .. rule.Ports.IsEmpty
                    ? ["*"]
                    : rule.Ports.Select(p => p.ToString(CultureInfo.InvariantCulture)),
            ];
            bool isAddress = IPAddress.TryParse(rule.Host, out _);
            yield return Rule(
                $"egress-{rule.Name}", $"Egress rule {rule.Name} of the estate.", sources,
                isAddress ? [rule.Host] : [], isAddress ? [] : [rule.Host], ports);
        }
    }

    /// <summary>Ranges of the zones that have a source there; a rule that no source uses opens nothing.</summary>
    private static IEnumerable<string> SourcesOf(Placement placement, EgressRule rule) =>
        placement.Design.Zones.Select(z => z.Zone)
            .Where(z => z.Integrations.Any(i => Uses(placement.Environment, i, rule)))
            .Select(z => z.AddressRange.ToString());

    private static bool Uses(AzureEnvironment environment, Integration integration, EgressRule rule) =>
        integration.Source.Locations.Any(l => rule.Permits(new Uri(environment.Locations[l]).Host, null))
        || (environment.Hosts.TryGetValue($"{integration.Zone}.{integration.Id}", out AzureHost? host)
            && rule.Permits(host.Host, host.Port));

    private static IEnumerable<BicepObject> OfServices(Placement placement, ZoneDesign zone)
    {
        string id = zone.Zone.Id;
        string region = placement.Region(id);
        string[] databricks = Ranges(zone, SubnetNames.DatabricksPublic, SubnetNames.DatabricksPrivate);
        string[] kubernetes = Ranges(zone, SubnetNames.Kubernetes);
        string[] containers = Ranges(zone, SubnetNames.Containers);
        if (zone.Has(AzureServices.Databricks))
        {
            yield return Tag(
                databricks, "databricks-storage", "Databricks reads its images and logs.", $"Storage.{region}", "443");
            yield return Tag(
                databricks, "databricks-events", "Databricks sends its logs.", $"EventHub.{region}", "9093");
            yield return Tag(databricks, "databricks-metastore", "Databricks' own metastore.", $"Sql.{region}", "3306");
        }

        if (zone.Units.Any(u => u.Service == AzureServices.MachineLearning))
        {
            yield return Tag(kubernetes, "learning-logs", "The endpoint sends its telemetry.", "AzureMonitor", "443");
            yield return Tag(
                kubernetes, "learning", "The cluster talks to Machine Learning.", "AzureMachineLearning", "443");
            yield return Tag(kubernetes, "learning-sign-in", "The cluster signs in.", "AzureActiveDirectory", "443");
            yield return Tag(
                kubernetes, "learning-arm", "The cluster reads its workspace.", "AzureResourceManager", "443");
        }

        if (zone.Has(AzureServices.ContainerJob))
        {
            yield return Tag(
                containers,
                "containers-images", "Container jobs load the platform's images.", "MicrosoftContainerRegistry", "443");
            yield return Tag(
                containers,
                "containers-front-door", "Where those images come from.", "AzureFrontDoor.FirstParty", "443");
            yield return Tag(
                containers, "containers-sign-in", "Container jobs sign in.", "AzureActiveDirectory", "443");
            yield return Tag(containers, "containers-logs", "Container jobs send logs.", "AzureMonitor", "443");
        }

        BicepObject Tag(string[] sources, string name, string reason, string tag, string port) =>
            Rule($"{id}-{name}", reason, sources, [tag], [], [port]);
    }

    private static IEnumerable<BicepObject> OfHosts(Placement placement, ZoneDesign zone)
    {
        string[] range = Ranges(zone, SubnetNames.Kubernetes);
        if (zone.Units.Any(u => u.Service == AzureServices.MachineLearning))
        {
            yield return new()
            {
                { "name", $"{zone.Zone.Id}-kubernetes" },
                { "description", "Nodes load the platform's images and updates." },
                { "sources", range },
                { "hosts", Array.Empty<string>() },
                { "tags", (string[])["AzureKubernetesService"] },
            };
            yield return new()
            {
                { "name", $"{zone.Zone.Id}-learning-extension" },
                { "description", "The cluster loads Machine Learning's extension." },
                { "sources", range },
                {
                    "hosts", (string[])
                    [
                        $"{placement.Region(zone.Zone.Id)}.dp.kubernetesconfiguration.azure.com", "mcr.microsoft.com",
                        "*.data.mcr.microsoft.com",
                    ]
                },
                { "tags", Array.Empty<string>() },
            };
        }
    }

    /// <summary>Ranges of the subnets that a service is in; of the whole network where that is there already.</summary>
    private static string[] Ranges(ZoneDesign zone, params IEnumerable<string> subnets) => zone.HasNetwork
        ? [zone.Zone.AddressRange.ToString()]
        : [.. subnets.Select(s => Placement.Plan(zone).Subnet(s).ToString())];

    private static BicepObject Rule(
        string name, string reason, string[] sources, string[] addresses, string[] hosts, string[] ports) => new()
    {
        { "name", name },
        { "description", reason },
        { "protocol", "TCP" },
        { "sources", sources },
        { "addresses", addresses },
        { "hosts", hosts },
        { "ports", ports },
    };
}
