using System.Collections.Immutable;
using System.Text.Json;
using Landfall.Azure.Addresses;
using Landfall.Azure.Snapshots;

namespace Landfall.Azure.Checking.Ranges;

/// <summary>The virtual networks of an environment with their subnets.</summary>
internal sealed class NetworkIndex
{
    private const string NetworkType = "Microsoft.Network/virtualNetworks";
    private const string SubnetType = NetworkType + "/subnets";

    private readonly Dictionary<string, Network> _byId;

    public NetworkIndex(ImmutableArray<CheckedResource> resources)
    {
        ILookup<string, CheckedResource> children = resources.Where(r => r.Resource.Is(SubnetType))
            .ToLookup(r => ResourceId.ParentOf(r.Resource.Id) ?? "", ResourceId.Comparer);
        _byId = resources.Where(r => r.Resource.Is(NetworkType))
            .DistinctBy(r => r.Resource.Id, ResourceId.Comparer)
            .ToDictionary(r => r.Resource.Id, r => Of(r, children[r.Resource.Id]), ResourceId.Comparer);
    }

    /// <summary>All of them.</summary>
    public IEnumerable<Network> All => _byId.Values;

    /// <summary>The network of an id; null where it is not known.</summary>
    public Network? Find(string id) => _byId.GetValueOrDefault(id);

    /// <summary>The subnet of an id; null where it is not known.</summary>
    public Subnet? FindSubnet(string id) => ResourceId.ParentOf(id) is { } network
        ? Find(network)?.Subnets.FirstOrDefault(s => ResourceId.Comparer.Equals(s.Id, id))
        : null;

    private static Network Of(CheckedResource network, IEnumerable<CheckedResource> children)
    {
        IEnumerable<Subnet> inside = network.Resource.Properties.At("subnets").Items().Select((s, i) =>
            Of(network, $"properties.subnets[{i}]", s.At("name").Text() ?? "", s.At("properties")));
        IEnumerable<Subnet> beside = children.Select(c => Of(c, "", c.Resource.OwnName, c.Resource.Properties));

        // The same subnet may stand in its network and beside it.
        return new(
            network,
            Ranges(network.Resource.Properties.At("addressSpace", "addressPrefixes")),
            [.. inside.Concat(beside).DistinctBy(s => s.Id, ResourceId.Comparer)]);

        Subnet Of(CheckedResource resource, string path, string name, JsonElement properties) => new(
            resource,
            path,
            $"{network.Resource.Id}/subnets/{name}",
            name,
            [.. Ranges(properties.At("addressPrefix")), .. Ranges(properties.At("addressPrefixes"))],
            properties);
    }

    private static ImmutableArray<IpRange> Ranges(JsonElement texts) =>
        [.. texts.Texts().Select(t => IpRange.TryParse(t, out IpRange? range) ? range : null).OfType<IpRange>()];
}
