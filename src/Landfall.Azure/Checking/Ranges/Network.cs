using System.Collections.Immutable;
using Landfall.Azure.Addresses;

namespace Landfall.Azure.Checking.Ranges;

/// <summary>A virtual network.</summary>
/// <param name="Resource">The resource.</param>
/// <param name="Ranges">Its ranges that are known and well formed.</param>
/// <param name="Subnets">Its subnets.</param>
internal sealed record Network(
    CheckedResource Resource, ImmutableArray<IpRange> Ranges, ImmutableArray<Subnet> Subnets);
