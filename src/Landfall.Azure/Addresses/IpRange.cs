using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Landfall.Azure.Addresses;

/// <summary>A range of addresses: in CIDR notation, of one address, or from one to another.</summary>
internal sealed class IpRange
{
    private readonly UInt128 _first;
    private readonly UInt128 _last;

    private IpRange(string text, IPAddress address, int prefix)
    {
        Text = text;
        Prefix = prefix;
        IsV4 = address.AddressFamily == AddressFamily.InterNetwork;
        UInt128 value = ValueOf(address);
        UInt128 hosts = IsV4 ? Ones(32 - prefix) : Ones(128 - prefix);
        _first = value & ~hosts;
        _last = _first | hosts;
        HasHostBits = value != _first;
    }

    private IpRange(string text, IPAddress first, IPAddress last)
        : this(text, first, first.AddressFamily == AddressFamily.InterNetwork ? 32 : 128) => _last = ValueOf(last);

    /// <summary>As it was written.</summary>
    public string Text { get; }

    /// <summary>How many leading bits are fixed.</summary>
    public int Prefix { get; }

    /// <summary>Whether it is of version 4.</summary>
    public bool IsV4 { get; }

    /// <summary>Whether its address is not the first of the range.</summary>
    public bool HasHostBits { get; }

    /// <summary>Reads <c>10.0.0.0/16</c>; an address alone is no range.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out IpRange? range)
    {
        range = null;
        string[] parts = text.Split('/');
        if (parts.Length != 2 || !TryAddress(parts[0], out IPAddress? address)
            || !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int prefix)
            || prefix > (address.AddressFamily == AddressFamily.InterNetwork ? 32 : 128))
        {
            return false;
        }

        range = new(text, address, prefix);
        return true;
    }

    /// <summary>Reads a range in CIDR notation, an address alone, or two addresses with a hyphen between.</summary>
    public static bool TryParseAny(string text, [NotNullWhen(true)] out IpRange? range)
    {
        if (TryParse(text, out range))
        {
            return true;
        }

        string[] ends = text.Split('-', 2, StringSplitOptions.TrimEntries);
        if (TryAddress(ends[0], out IPAddress? first) && TryAddress(ends[^1], out IPAddress? last)
            && first.AddressFamily == last.AddressFamily && ValueOf(first) <= ValueOf(last))
        {
            range = new(text, first, last);
        }

        return range is not null;
    }

    /// <summary>Reads an address; unlike .NET, one of version 4 with all its four parts.</summary>
    public static bool TryAddress(string text, [NotNullWhen(true)] out IPAddress? address) =>
        IPAddress.TryParse(text, out address)
        && (address.AddressFamily == AddressFamily.InterNetworkV6
            ? text.Contains(':', StringComparison.Ordinal)
            : text.Split('.') is { Length: 4 } parts
                && parts.All(p => p.Length is > 0 and <= 3 && p.All(char.IsAsciiDigit)));

    /// <summary>Whether two ranges share an address.</summary>
    public bool Overlaps(IpRange other) => IsV4 == other.IsV4 && _first <= other._last && other._first <= _last;

    /// <summary>Whether all of another range lies in this one.</summary>
    public bool Contains(IpRange other) => IsV4 == other.IsV4 && _first <= other._first && other._last <= _last;

    /// <summary>Whether an address lies in this range.</summary>
    public bool Contains(string address) => TryAddress(address, out IPAddress? parsed)
        && parsed.AddressFamily == AddressFamily.InterNetwork == IsV4
        && ValueOf(parsed) >= _first && ValueOf(parsed) <= _last;

    private static UInt128 ValueOf(IPAddress address)
    {
        byte[] bytes = address.GetAddressBytes();
        return bytes.Length == 4
            ? BinaryPrimitives.ReadUInt32BigEndian(bytes)
            : BinaryPrimitives.ReadUInt128BigEndian(bytes);
    }

    private static UInt128 Ones(int bits) => bits == 128 ? UInt128.MaxValue : (UInt128.One << bits) - 1;
}
