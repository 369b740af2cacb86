using System.Collections.Immutable;
using System.Text.Json;
using Landfall.Azure.Addresses;

namespace Landfall.Azure.Checking.Ranges;

/// <summary>A subnet, whether it stands in its network or is a resource of its own.</summary>
/// <param name="Resource">The resource that it stands in.</param>
/// <param name="Path">Where it stands in the resource; empty for the resource itself.</param>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Ranges">Its ranges that are known and well formed.</param>
/// <param name="Properties">Its properties.</param>
internal sealed record Subnet(
    CheckedResource Resource,
    string Path,
    string Id,
    string Name,
    ImmutableArray<IpRange> Ranges,
    JsonElement Properties);
