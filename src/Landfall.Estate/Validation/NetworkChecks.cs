using System.Net;
using Landfall.Estate.Manifests;
using Landfall.Estate.Reading;

namespace Landfall.Estate.Validation;

/// <summary>Address ranges of zones are disjoint.</summary>
internal static class NetworkChecks
{
    public static void Check(EstateDefinition estate, Report report)
    {
        (string Id, string Key, IPNetwork Range)[] ranges =
        [
            (estate.Management.Id, "management/network", estate.Management.AddressRange),
            .. estate.Zones.Select(z => (z.Id, $"zone:{z.Id}/network", z.AddressRange)),
        ];
        for (int i = 0; i < ranges.Length; i++)
        {
            foreach ((string id, string key, IPNetwork range) in ranges[(i + 1)..])
            {
                // A range that could not be read is the default value, which has no prefix.
                bool bothRead = ranges[i].Range.PrefixLength > 0 && range.PrefixLength > 0;
                if (bothRead && NetworkRange.Overlap(ranges[i].Range, range))
                {
                    report.Error(
                        "LF1040", key, $"The range {range} of {id} overlaps {ranges[i].Range} of {ranges[i].Id}.",
                        "Choose a range that no other zone has.");
                }
            }
        }
    }
}
