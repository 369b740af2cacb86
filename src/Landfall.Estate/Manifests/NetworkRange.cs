using System.Net;
using Landfall.Estate.Reading;

namespace Landfall.Estate.Manifests;

/// <summary>Reads an address range such as <c>10.1.0.0/16</c>.</summary>
internal static class NetworkRange
{
    /// <summary>The range of <c>network.range</c>; the default value (nothing) when missing or wrong.</summary>
    public static IPNetwork Read(Section? network)
    {
        if (network?.Scalar("range", required: true) is not { } scalar)
        {
            return default;
        }

        return Parse(scalar.Text) is { PrefixLength: > 0 } range
            ? range
            : network.Wrong(
                scalar, "range", "the first address and the prefix, such as 10.1.0.0/16", default(IPNetwork));
    }

    /// <summary>A range by its first address and prefix; null where a text is none.</summary>
    public static IPNetwork? Parse(string text)
    {
        int slash = text.IndexOf('/');
        bool read = slash > 0
            && IPAddress.TryParse(text[..slash], out IPAddress? address)
            && int.TryParse(text[(slash + 1)..], out int bits)
            && bits >= 0
            && bits <= address.GetAddressBytes().Length * 8;
        return read && IPNetwork.TryParse(text, out IPNetwork range) && range.ToString() == text ? range : null;
    }

    /// <summary>Whether two ranges share an address.</summary>
    public static bool Overlap(IPNetwork a, IPNetwork b) =>
        a.BaseAddress.AddressFamily == b.BaseAddress.AddressFamily
        && (a.Contains(b.BaseAddress) || b.Contains(a.BaseAddress));
}
