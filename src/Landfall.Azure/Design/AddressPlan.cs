using System.Buffers.Binary;
using System.Net;
using Landfall.Estate;

namespace Landfall.Azure.Design;

/// <summary>
/// Where the subnets of a network are. Each purpose has a place of its own, so that no subnet moves when another one
/// comes or goes.
/// </summary>
internal sealed class AddressPlan
{
    /// <summary>Places of a landing zone's network, in order.</summary>
    private static readonly string[] _zone =
    [
        SubnetNames.Services, SubnetNames.DatabricksPublic, SubnetNames.DatabricksPrivate, SubnetNames.Kubernetes,
        SubnetNames.Containers, SubnetNames.Gateway, SubnetNames.PowerBi,
    ];

    private static readonly string[] _hub = [SubnetNames.Firewall, SubnetNames.Services];

    private const int LongestPrefix = 22;

    private readonly IPNetwork _range;
    private readonly string[] _places;

    private AddressPlan(IPNetwork range, string[] places) => (_range, _places) = (range, places);

    /// <summary>The plan of a landing zone's range.</summary>
    /// <exception cref="LandfallException">LF5002: Azure cannot have it.</exception>
    public static AddressPlan OfZone(string zone, IPNetwork range) => new(Checked(zone, range), _zone);

    /// <summary>The plan of the management zone's range.</summary>
    /// <exception cref="LandfallException">LF5002: Azure cannot have it.</exception>
    public static AddressPlan OfHub(string zone, IPNetwork range) => new(Checked(zone, range), _hub);

    /// <summary>The range of a subnet: an eighth of the network, at most 1,024 addresses.</summary>
    public IPNetwork Subnet(string name)
    {
        int prefix = Math.Max(_range.PrefixLength + 3, LongestPrefix);
        uint offset = (uint)Array.IndexOf(_places, name) << (32 - prefix);
        return new(Address(Number(_range.BaseAddress) + offset), prefix);
    }

    /// <summary>An address of a subnet, counted from its first one, or backwards from its end.</summary>
    public string AddressOf(string subnet, int position)
    {
        IPNetwork range = Subnet(subnet);
        uint first = Number(range.BaseAddress);
        uint size = 1u << (32 - range.PrefixLength);
        return Address(position < 0 ? first + size - (uint)-position : first + (uint)position).ToString();
    }

    private static IPNetwork Checked(string zone, IPNetwork range) =>
        range.BaseAddress.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork
        && range.PrefixLength <= LongestPrefix
            ? range
            : throw new LandfallException(
                AzureCodes.UnsuitableRange,
                $"The range {range} of {zone} cannot be a network of Azure with its subnets. Write an IPv4 range of at "
                + $"least /{LongestPrefix} to network.range in {zone}/zone.yaml. Nothing was written.");

    private static uint Number(IPAddress address) => BinaryPrimitives.ReadUInt32BigEndian(address.GetAddressBytes());

    private static IPAddress Address(uint number)
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, number);
        return new(bytes);
    }
}
