using System.Text.Json;
using Landfall.Azure.Checking.Ranges;
using Landfall.Azure.Snapshots;

namespace Landfall.Azure.Checking.Rules;

/// <summary>Networks that are peered share no address.</summary>
internal sealed class PeeringRule : ICheckRule
{
    public IEnumerable<Finding> Check(CheckScope scope) => Peerings(scope)
        .DistinctBy(p => string.Join(' ', new[] { p.Local, p.Remote }.Order(ResourceId.Comparer)), ResourceId.Comparer)
        .Select(p => (p.Resource, p.Path, Local: scope.Networks.Find(p.Local), Remote: scope.Networks.Find(p.Remote)))
        .Where(p => p.Local is not null && p.Remote is not null)
        .SelectMany(p => Overlaps(scope, p.Resource, p.Path, p.Local!, p.Remote!));

    private static IEnumerable<Finding> Overlaps(
        CheckScope scope, CheckedResource resource, string path, Network local, Network remote) =>
        from one in local.Ranges
        from other in remote.Ranges
        where one.Overlaps(other)
        select scope.At(
            resource,
            path,
            CheckCodes.RangesOverlap,
            FindingSeverity.Error,
            $"{one.Text} of {local.Resource.Resource.Name} overlaps {other.Text} of {remote.Resource.Resource.Name}, "
            + "its peer.",
            "Give networks that are peered ranges of their own.");

    private static IEnumerable<(CheckedResource Resource, string Path, string Local, string Remote)> Peerings(
        CheckScope scope)
    {
        foreach (CheckedResource peering in scope.Of("Microsoft.Network/virtualNetworks/virtualNetworkPeerings"))
        {
            if (RemoteOf(peering.Resource.Properties) is { } remote
                && ResourceId.ParentOf(peering.Resource.Id) is { } local)
            {
                yield return (peering, "properties.remoteVirtualNetwork.id", local, remote);
            }
        }

        foreach (CheckedResource network in scope.Of("Microsoft.Network/virtualNetworks"))
        {
            foreach ((int i, JsonElement peering) in
                network.Resource.Properties.At("virtualNetworkPeerings").Items().Index())
            {
                if (RemoteOf(peering.At("properties")) is { } remote)
                {
                    yield return (network, $"properties.virtualNetworkPeerings[{i}]", network.Resource.Id, remote);
                }
            }
        }
    }

    private static string? RemoteOf(JsonElement properties) => properties.At("remoteVirtualNetwork", "id").Text();
}
