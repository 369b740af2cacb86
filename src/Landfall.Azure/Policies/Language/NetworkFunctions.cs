using System.Collections.Immutable;
using Landfall.Azure.Addresses;

namespace Landfall.Azure.Policies.Language;

/// <summary>Functions of addresses.</summary>
internal static class NetworkFunctions
{
    /// <summary>By name.</summary>
    public static IEnumerable<KeyValuePair<string, PolicyFunction>> All { get; } =
    [
        PolicyFunctions.Strict("ipRangeContains", 2, 2, Contains),
        .. ((string[])["cidrHost", "cidrSubnet", "parseCidr"]).Select(name => PolicyFunctions.Strict(
            name, 1, 3, _ => new PolicyValue.Unknown($"Landfall does not compute {name}()"))),
    ];

    private static PolicyValue Contains(ImmutableArray<PolicyValue> values)
    {
        (IpRange outer, IpRange inner) = (RangeOf(values[0]), RangeOf(values[1]));
        return outer.IsV4 == inner.IsV4
            ? new PolicyValue.Flag(outer.Contains(inner))
            : throw new PolicyFailure("its ranges are of IP version 4 and 6");
    }

    private static IpRange RangeOf(PolicyValue value) =>
        IpRange.TryParseAny(PolicyFunctions.AsText(value), out IpRange? range)
            ? range
            : throw PolicyFunctions.Wrong(value, "a range of addresses");
}
