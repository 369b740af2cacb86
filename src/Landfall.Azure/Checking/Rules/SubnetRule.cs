using Landfall.Azure.Addresses;
using Landfall.Azure.Checking.Ranges;
using Landfall.Azure.Checking.Tables;
using Landfall.Azure.Snapshots;

namespace Landfall.Azure.Checking.Rules;

/// <summary>Subnets lie in their network, apart from each other, and are large enough for their use.</summary>
internal sealed class SubnetRule : ICheckRule
{
    public IEnumerable<Finding> Check(CheckScope scope) =>
        scope.Networks.All.SelectMany(n => Outside(scope, n).Concat(Overlapping(scope, n)).Concat(Small(scope, n)));

    private static IEnumerable<Finding> Outside(CheckScope scope, Network network) =>
        from subnet in network.Subnets
        from range in subnet.Ranges
        where !network.Ranges.IsEmpty && !network.Ranges.Any(n => n.Contains(range))
        select scope.At(
            subnet.Resource,
            subnet.Path,
            CheckCodes.RangeOutside,
            FindingSeverity.Error,
            $"{range.Text} of subnet {subnet.Name} lies outside of its network, {Texts(network.Ranges)}.",
            "Take a range of the network.");

    private static IEnumerable<Finding> Overlapping(CheckScope scope, Network network) =>
        from one in network.Subnets.Index()
        from other in network.Subnets.Skip(one.Index + 1)
        from pair in one.Item.Ranges.SelectMany(a => other.Ranges.Select(b => (A: a, B: b)))
        where pair.A.Overlaps(pair.B)
        select scope.At(
            other.Resource,
            other.Path,
            CheckCodes.RangesOverlap,
            FindingSeverity.Error,
            $"{pair.B.Text} of subnet {other.Name} overlaps {pair.A.Text} of {one.Item.Name}.",
            "Give each subnet a range of its own.");

    private static IEnumerable<Finding> Small(CheckScope scope, Network network) =>
        from subnet in network.Subnets
        from range in subnet.Ranges
        from need in SubnetNeeds.Of(subnet, IsGateway(scope, subnet))
        where range.IsV4 && range.Prefix > need.Prefix
        select scope.At(
            subnet.Resource,
            subnet.Path,
            CheckCodes.SmallSubnet,
            FindingSeverity.Error,
            $"{range.Text} of subnet {subnet.Name} is too small for {need.Use}.",
            $"Give it at least a /{need.Prefix}.");

    /// <summary>Whether an application gateway stands in a subnet.</summary>
    private static bool IsGateway(CheckScope scope, Subnet subnet) => scope.Of("Microsoft.Network/applicationGateways")
        .SelectMany(g => g.Resource.Properties.At("gatewayIPConfigurations").Items())
        .Any(c => ResourceId.Comparer.Equals(c.At("properties", "subnet", "id").Text(), subnet.Id));

    private static string Texts(IEnumerable<IpRange> ranges) => string.Join(", ", ranges.Select(r => r.Text));
}
