using System.Collections.Frozen;

namespace Landfall.Azure.Checking.Tables;

/// <summary>Versions that are right though not the newest stable ones, and types whose service ended.</summary>
internal static class ApiVersionTable
{
    /// <summary>Reasons by type and version.</summary>
    public static FrozenDictionary<string, string> Accepted { get; } = new Dictionary<string, string>
    {
        ["Microsoft.Insights/diagnosticSettings@2021-05-01-preview"] =
            "the stable version, of 2016, has no category groups",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>When a service ended, by type; holds for the children too.</summary>
    public static FrozenDictionary<string, string> Retired { get; } = new Dictionary<string, string>
    {
        ["Microsoft.DBforMySQL/servers"] = "2024-09-16; use flexibleServers",
        ["Microsoft.DBforPostgreSQL/servers"] = "2025-03-28; use flexibleServers",
        ["Microsoft.DBforMariaDB/servers"] = "2025-09-19; use Microsoft.DBforMySQL/flexibleServers",
        ["Microsoft.Synapse/workspaces/kustoPools"] = "2025-10-07; use an Eventhouse of Fabric or Azure Data Explorer",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>When the service of a type ended; null where it goes on.</summary>
    public static string? RetiredSince(string type) => Retired
        .Where(r => type.Equals(r.Key, StringComparison.OrdinalIgnoreCase)
            || type.StartsWith(r.Key + "/", StringComparison.OrdinalIgnoreCase))
        .Select(r => r.Value)
        .FirstOrDefault();
}
