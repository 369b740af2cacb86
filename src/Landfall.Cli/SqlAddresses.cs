using Landfall.Estate.Zones;
using Landfall.Serving;

namespace Landfall.Cli;

/// <summary>Where zones are read by SQL.</summary>
internal static class SqlAddresses
{
    /// <summary>The server of the estate, with the zone's database.</summary>
    public static SqlAddress Of(Zone zone) => new("localhost", 5432, zone.SqlName);
}
