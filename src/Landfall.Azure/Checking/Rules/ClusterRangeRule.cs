using Landfall.Azure.Addresses;
using Landfall.Azure.Snapshots;

namespace Landfall.Azure.Checking.Rules;

/// <summary>
/// The ranges of a Kubernetes cluster for services and pods are apart from each other and from all networks, which
/// it reaches by peering, and its DNS service has an address of the first.
/// </summary>
internal sealed class ClusterRangeRule : ICheckRule
{
    public IEnumerable<Finding> Check(CheckScope scope) =>
        scope.Of("Microsoft.ContainerService/managedClusters").SelectMany(c => Check(scope, c));

    private static IEnumerable<Finding> Check(CheckScope scope, CheckedResource cluster)
    {
        (string Path, IpRange Range)[] own =
        [
            .. new[] { "serviceCidr", "podCidr" }
                .Select(p => (p, Text: cluster.Resource.Properties.At("networkProfile", p).Text()))
                .Where(p => p.Text is not null && IpRange.TryParse(p.Text, out _))
                .Select(p => (p.p, IpRange.TryParse(p.Text!, out IpRange? range) ? range : null!)),
        ];
        IEnumerable<(string Name, IpRange Range)> around = scope.Networks.All
            .SelectMany(n => n.Ranges.Select(r => (n.Resource.Resource.Name, r)));
        foreach ((string path, IpRange range) in own)
        {
            foreach ((string name, IpRange other) in own.Where(o => string.CompareOrdinal(o.Path, path) < 0)
                .Concat(around).Where(o => o.Item2.Overlaps(range)))
            {
                yield return scope.At(
                    cluster,
                    $"properties.networkProfile.{path}",
                    CheckCodes.RangesOverlap,
                    FindingSeverity.Error,
                    $"{range.Text} of {path} overlaps {other.Text} of {name}.",
                    "Take a range that neither the network nor its peers use.");
            }
        }

        string? dns = cluster.Resource.Properties.At("networkProfile", "dnsServiceIP").Text();
        IpRange? services = own.FirstOrDefault(o => o.Path == "serviceCidr").Range;
        if (dns is not null && services is not null && !services.Contains(dns))
        {
            yield return scope.At(
                cluster,
                "properties.networkProfile.dnsServiceIP",
                CheckCodes.RangeOutside,
                FindingSeverity.Error,
                $"{dns} lies outside of the range of services, {services.Text}.",
                "Take an address of that range.");
        }
    }
}
