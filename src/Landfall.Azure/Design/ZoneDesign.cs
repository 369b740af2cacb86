using System.Collections.Immutable;
using Landfall.Estate.Azure;
using Landfall.Estate.Zones;

namespace Landfall.Azure.Design;

/// <summary>What a landing zone has in Azure.</summary>
internal sealed class ZoneDesign
{
    /// <summary>The design of a zone.</summary>
    public ZoneDesign(Zone zone)
    {
        Zone = zone;
        Units =
        [
            .. zone.Integrations.Select(i => HostedUnit.Of(zone, i)).OfType<HostedUnit>(),
            .. zone.Products.Select(p => HostedUnit.Of(zone, p)).OfType<HostedUnit>(),
        ];
        Subnets = [.. Needed()];
    }

    /// <summary>The zone.</summary>
    public Zone Zone { get; }

    /// <summary>Its integrations and products that run in Azure.</summary>
    public ImmutableArray<HostedUnit> Units { get; }

    /// <summary>Units that run on what the zone's pools are.</summary>
    public IEnumerable<HostedUnit> Shared => Units.Where(u => !u.HasOwnGroup);

    /// <summary>Names of its subnets, in the order of their addresses.</summary>
    public ImmutableArray<string> Subnets { get; }

    /// <summary>Whether its network is there already.</summary>
    public bool HasNetwork => Zone.AzureExisting.Contains("network");

    /// <summary>Its pools of a service that a unit runs on, in order of id.</summary>
    public IEnumerable<Pool> Pools(string service) =>
        Zone.Pools.Where(p => p.AzureService == service && Shared.Any(u => u.Pool == p.Id));

    /// <summary>Whether any unit runs on a pool of a service.</summary>
    public bool Has(string service) => Pools(service).Any();

    /// <summary>Whether any unit runs on what a pool is in Azure.</summary>
    public bool HasPools => Shared.Any();

    /// <summary>Whether a source is read by a runtime near it that Synapse runs.</summary>
    public bool HasSelfHostedRuntime => Shared.Any(
        u => u is { Service: AzureServices.Synapse, Azure.Runtime: AzureServices.SelfHosted });

    private IEnumerable<string> Needed()
    {
        yield return SubnetNames.Services;
        if (Has(AzureServices.Databricks))
        {
            yield return SubnetNames.DatabricksPublic;
            yield return SubnetNames.DatabricksPrivate;
        }

        if (Units.Any(u => u.Service == AzureServices.MachineLearning))
        {
            yield return SubnetNames.Kubernetes;
        }

        if (Has(AzureServices.ContainerJob))
        {
            yield return SubnetNames.Containers;
        }

        if (Units.Any(u => u.Azure.Entry?.Type == AzureServices.Gateway))
        {
            yield return SubnetNames.Gateway;
        }

        if (Units.Any(u => u.Azure.Entry?.Type == AzureServices.PowerBi))
        {
            yield return SubnetNames.PowerBi;
        }
    }
}
