using System.Text.RegularExpressions;
using Landfall.Azure.Addresses;
using Landfall.Azure.Snapshots;

namespace Landfall.Azure.Checking.Rules;

/// <summary>Addresses and ranges are well formed, and a range starts with its first address.</summary>
internal sealed partial class AddressRule : ICheckRule
{
    /// <summary>Properties that hold nothing but ranges.</summary>
    private static readonly string[] Ranges =
    [
        "serviceCidr", "podCidr", "serviceCidrs", "podCidrs", "platformReservedCidr", "addressPrefixes",
        "addressPrefix",
    ];

    /// <summary>Properties that hold addresses, ranges, or names of sets of them.</summary>
    private static readonly string[] Either =
    [
        "sourceAddressPrefix", "destinationAddressPrefix", "sourceAddressPrefixes", "destinationAddressPrefixes",
        "sourceAddresses", "destinationAddresses", "nextHopIpAddress", "dnsServiceIP", "privateIPAddress",
        "ipAddresses", "dnsServers", "authorizedIPRanges",
    ];

    public IEnumerable<Finding> Check(CheckScope scope) => scope.Resources.SelectMany(r => JsonText.Of(r.Resource.Body)
        .Where(t => !t.IsUnknown && t.Value.Length > 0)
        .Select(t => (Text: t, Wrong: WrongWith(r, t)))
        .Where(t => t.Wrong is not null)
        .Select(t => scope.At(
            r,
            t.Text.Path,
            CheckCodes.InvalidRange,
            FindingSeverity.Error,
            $"{t.Text.Value} {t.Wrong}.",
            "Write a range as 10.0.0.0/24, with its first address.")));

    private static string? WrongWith(CheckedResource resource, JsonText text)
    {
        string property = PropertyOf(text.Path);
        if (IpRange.TryParse(text.Value, out IpRange? range))
        {
            return range.HasHostBits && IsRangeProperty(property) ? "is not the first address of its range" : null;
        }

        bool isRoute = resource.Resource.Type.Contains("routeTables", StringComparison.OrdinalIgnoreCase);
        if (LooksLikeRange().IsMatch(text.Value)
            || (Ranges.Contains(property) && !(isRoute && char.IsAsciiLetter(text.Value[0]))))
        {
            return "is no range of addresses";
        }

        return Either.Contains(property) && LooksLikeAddress(text.Value) && !text.Value.Split('-').All(IsAddress)
            ? "is no address and no range"
            : null;
    }

    private static bool IsRangeProperty(string property) => Ranges.Contains(property) || Either.Contains(property);

    private static bool IsAddress(string text) => IpRange.TryAddress(text, out _);

    /// <summary>Tags of services and names of groups start with a letter.</summary>
    private static bool LooksLikeAddress(string text) => char.IsAsciiDigit(text[0]);

    private static string PropertyOf(string path)
    {
        string last = path[(path.LastIndexOf('.') + 1)..];
        int bracket = last.IndexOf('[', StringComparison.Ordinal);
        return bracket < 0 ? last : last[..bracket];
    }

    [GeneratedRegex(@"^\d+\.\d+\.\d+\.\d+/\d+$", RegexOptions.None, 1000)]
    private static partial Regex LooksLikeRange();
}
