using Landfall.Estate.Azure;
using Landfall.Estate.Environments;
using Landfall.Estate.Integrations;
using Landfall.Estate.Manifests;
using Landfall.Estate.Products;
using Landfall.Estate.Reading;
using Landfall.Estate.Zones;

namespace Landfall.Estate.Validation;

/// <summary>An environment of Azure has what the estate needs there, and nothing that it does not know.</summary>
internal static class EnvironmentChecks
{
    public static void Check(EstateDefinition estate, Report report)
    {
        CheckIds(estate, report);
        foreach (AzureEnvironment environment in estate.Environments)
        {
            string key = $"azure:{environment.Name}";
            CheckZones(estate, environment, key, report);
            CheckSubscriptions(estate, environment, key, report);
            CheckGroups(estate, environment, key, report);
            CheckSources(estate, environment, key, report);
            CheckGateways(estate, environment, key, report);
            if (environment.Image is null && estate.Zones.Any(RunsContainers))
            {
                Missing(report, key, key, "image", "the container image of Landfall that jobs and endpoints run");
            }
        }
    }

    /// <summary>Deployments are called after zones, but for those of links and policies.</summary>
    private static void CheckIds(EstateDefinition estate, Report report)
    {
        foreach (Zone zone in estate.Environments.IsEmpty ? [] : estate.Zones.Where(z => z.Id is "links" or "policies"))
        {
            report.Error(
                "LF1020", $"zone:{zone.Id}/id", $"The id '{zone.Id}' is what a deployment of Azure is called.",
                $"Choose another, such as '{zone.Id}-data'.");
        }
    }

    private static bool RunsContainers(Zone zone) =>
        zone.Pools.Any(p => p.AzureService == AzureServices.ContainerJob)
        || zone.Products.Any(p => p.Azure.Service == AzureServices.MachineLearning);

    private static void CheckZones(EstateDefinition estate, AzureEnvironment environment, string key, Report report)
    {
        (string Id, IReadOnlyList<string> Existing)[] zones =
        [
            (estate.Management.Id, estate.Management.AzureExisting),
            .. estate.Zones.Select(z => (z.Id, (IReadOnlyList<string>)z.AzureExisting)),
        ];
        foreach (string other in environment.Zones.Keys)
        {
            _ = report.Known("LF1084", $"{key}/zones:{other}", other, zones.Select(z => z.Id), "zone");
        }

        foreach ((string id, IReadOnlyList<string> existing) in zones)
        {
            if (environment.Zones.GetValueOrDefault(id) is not { } zone)
            {
                Missing(report, key, key, $"zones.{id}", "the subscription of the zone");
                continue;
            }

            string[] needed =
                [.. existing.SelectMany(w => w == "firewall" ? (string[])[w, ExistingIds.FirewallAddress] : [w])];
            foreach (string word in needed.Where(w => !zone.Existing.ContainsKey(w)))
            {
                Missing(
                    report, key, $"{key}/zones:{id}", $"zones.{id}.existing.{word}",
                    $"what {id}/zone.yaml says is there already");
            }

            foreach (string word in zone.Existing.Keys)
            {
                _ = report.Known(
                    "LF1084", $"{key}/zones:{id}/existing:{word}", word, needed,
                    $"entry of azure.existing in {id}/zone.yaml named");
            }
        }
    }

    /// <summary>Policies bind subscriptions, so that zones with policies cannot share one.</summary>
    private static void CheckSubscriptions(
        EstateDefinition estate, AzureEnvironment environment, string key, Report report)
    {
        if (estate.Management.Policies.IsEmpty && estate.Zones.All(z => z.Policies.IsEmpty))
        {
            return;
        }

        foreach (IGrouping<string, string> zones in environment.Zones.Where(z => z.Value.Subscription.Length > 0)
            .GroupBy(z => z.Value.Subscription, z => z.Key).Where(g => g.Count() > 1))
        {
            string[] ids = [.. zones.Order(StringComparer.Ordinal)];
            report.Error(
                "LF1086", $"{key}/zones:{ids[1]}",
                $"The zones {string.Join(" and ", ids)} share a subscription, and policies bind all that is in it.",
                "Give each zone a subscription of its own, or take the policies out.");
        }
    }

    private static void CheckGroups(EstateDefinition estate, AzureEnvironment environment, string key, Report report)
    {
        foreach (string group in environment.Groups.Keys)
        {
            IdentityChecks.CheckOwner(estate, report, $"{key}/groups:{group}", group);
        }

        // Of those that are groups: an unknown owner is reported where it stands.
        IEnumerable<string> owners = estate.Zones
            .SelectMany(z => z.Integrations.Select(i => i.Owner).Concat(z.Products.Select(p => p.Owner))
                .Append(z.Owner))
            .Append(estate.Management.Owner).Where(o => o.Length > 0)
            .Intersect(estate.Management.Groups.Select(g => g.Id)).Order(StringComparer.Ordinal);
        foreach (string owner in owners.Where(o => !environment.Groups.ContainsKey(o)))
        {
            Missing(report, key, key, $"groups.{owner}", "the object id of a group that owns something");
        }
    }

    private static void CheckSources(EstateDefinition estate, AzureEnvironment environment, string key, Report report)
    {
        Integration[] integrations = [.. estate.Zones.SelectMany(z => z.Integrations)];
        string[] locations = [.. integrations.SelectMany(i => i.Source.Locations).Distinct()];
        string[] databases = [.. integrations.Where(i => i.Source.Locations.IsEmpty).Select(i => $"{i.Zone}.{i.Id}")];
        bool allRead = !report.HasUnreadable && !locations.Contains("");
        CheckKeys(environment.Locations.Keys, locations, allRead, "locations", "location", key, report);
        CheckKeys(environment.Hosts.Keys, databases, allRead, "hosts", "integration with a database", key, report);
        foreach ((string name, string address) in environment.Locations.Where(l => l.Value.Length > 0))
        {
            var uri = new Uri(address);
            CheckEgress(environment, $"{key}/locations:{name}", uri.Host, uri.Port, report);
        }

        foreach ((string name, AzureHost host) in environment.Hosts.Where(h => h.Value.Host.Length > 0))
        {
            CheckEgress(environment, $"{key}/hosts:{name}", host.Host, host.Port, report);
        }
    }

    private static void CheckEgress(AzureEnvironment environment, string key, string host, int port, Report report)
    {
        if (!environment.Egress.Any(r => r.Permits(host, port)))
        {
            report.Error(
                "LF3010", key, $"{host}:{port} is outside the egress rules of the environment.",
                $"Add it to egress in azure/{environment.Name}.yaml.");
        }
    }

    private static void CheckGateways(EstateDefinition estate, AzureEnvironment environment, string key, Report report)
    {
        Product[] entered = [.. estate.Zones.SelectMany(z => z.Products).Where(p => p.Azure.Entry is not null)];
        string[] needed =
            [.. entered.Where(p => p.Azure.Entry!.Type == AzureServices.Gateway).Select(p => $"{p.Zone}.{p.Id}")];
        bool allRead = !report.HasUnreadable && entered.All(p => p.Azure.Entry!.Type.Length > 0);
        CheckKeys(
            environment.Gateways.Keys, needed, allRead, "gateways", "product with an entry of type gateway", key,
            report);
    }

    /// <summary>
    /// Exactly what is needed is there. What is there and not needed may be that of something that cannot be read.
    /// </summary>
    private static void CheckKeys(
        IEnumerable<string> given, string[] needed, bool allRead, string part, string what, string key, Report report)
    {
        string[] all = [.. given];
        foreach (string name in all.Where(_ => allRead))
        {
            _ = report.Known("LF1084", $"{key}/{part}:{name}", name, needed, what);
        }

        foreach (string name in needed.Where(n => n.Length > 0 && !all.Contains(n)).Order(StringComparer.Ordinal))
        {
            Missing(report, key, key, $"{part}.{name}", $"where the {what} is");
        }
    }

    private static void Missing(Report report, string key, string at, string path, string what) => report.Error(
        "LF1083", at, $"The environment lacks {path}: {what}.", $"Add it to {key.Replace(':', '/')}.yaml.");
}
