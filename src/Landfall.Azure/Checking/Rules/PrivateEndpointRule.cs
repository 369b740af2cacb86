using System.Text.Json;
using Landfall.Azure.Checking.Tables;
using Landfall.Azure.Snapshots;

namespace Landfall.Azure.Checking.Rules;

/// <summary>
/// Private endpoints lead to a part that their target has, and their names stand in the zones of that part.
/// </summary>
internal sealed class PrivateEndpointRule : ICheckRule
{
    private const string ZoneGroup = "Microsoft.Network/privateEndpoints/privateDnsZoneGroups";

    public IEnumerable<Finding> Check(CheckScope scope)
    {
        ILookup<string, CheckedResource> zoneGroups = scope.Of(ZoneGroup)
            .ToLookup(g => ResourceId.ParentOf(g.Resource.Id) ?? "", ResourceId.Comparer);
        return scope.Of("Microsoft.Network/privateEndpoints")
            .SelectMany(e => Check(scope, e, zoneGroups[e.Resource.Id]))
            .Concat(scope.Of("Microsoft.DataFactory/factories/managedVirtualNetworks/managedPrivateEndpoints")
                .SelectMany(e => Managed(scope, e)));
    }

    private static IEnumerable<Finding> Check(
        CheckScope scope, CheckedResource endpoint, IEnumerable<CheckedResource> zoneGroups)
    {
        JsonElement properties = endpoint.Resource.Properties;
        List<PrivateLinkGroup> groups = [];
        List<string> targets = [];
        foreach ((string list, JsonElement connection, int i) in Connections(properties))
        {
            string path = $"properties.{list}[{i}].properties.groupIds";
            string? target = connection.At("properties", "privateLinkServiceId").Text();
            foreach (string group in connection.At("properties", "groupIds").Texts())
            {
                if (target is null || Find(target, group, out PrivateLinkGroup? known))
                {
                    continue;
                }

                if (known is null)
                {
                    yield return WrongGroup(scope, endpoint, path, group, target);
                    continue;
                }

                groups.Add(known);
                targets.Add(target);
            }
        }

        if (groups.Count > 0)
        {
            foreach (Finding finding in Zones(scope, endpoint, groups, targets, [.. zoneGroups]))
            {
                yield return finding;
            }
        }
    }

    private static IEnumerable<(string List, JsonElement Connection, int Index)> Connections(JsonElement properties) =>
        from list in new[] { "privateLinkServiceConnections", "manualPrivateLinkServiceConnections" }
        from connection in properties.At(list).Items().Index()
        select (list, connection.Item, connection.Index);

    /// <summary>Finds a group of a target.</summary>
    /// <returns>Whether nothing is known of the target's type.</returns>
    private static bool Find(string target, string group, out PrivateLinkGroup? known)
    {
        PrivateLinkGroup[] groups = [.. PrivateLinkTable.Of(ResourceId.TypeOf(target))];
        known = Array.Find(groups, g => g.Group.Equals(group, StringComparison.OrdinalIgnoreCase));
        return groups.Length == 0;
    }

    private static IEnumerable<Finding> Zones(
        CheckScope scope,
        CheckedResource endpoint,
        List<PrivateLinkGroup> groups,
        List<string> targets,
        CheckedResource[] zoneGroups)
    {
        JsonElement[] configurations =
            [.. zoneGroups.SelectMany(g => g.Resource.Properties.At("privateDnsZoneConfigs").Items())];
        string[] ids =
            [.. configurations.Select(c => c.At("properties", "privateDnsZoneId").Text()).OfType<string>()];
        string[] names = [.. ids.Select(ResourceId.NameOf)];
        string[] wanted =
            [.. groups.SelectMany((g, i) => g.Zones.Select(z => InRegion(scope, z, targets[i], names))).Distinct()];
        if (configurations.Length == 0)
        {
            yield return scope.At(
                endpoint,
                "",
                CheckCodes.NoZone,
                FindingSeverity.Warning,
                "The private endpoint has no group of DNS zones: its target's name leads to the public address.",
                $"Add a privateDnsZoneGroup with {string.Join(", ", wanted)}.");
            yield break;
        }

        foreach (string name in names.Where(n => !wanted.Contains(n, StringComparer.OrdinalIgnoreCase)))
        {
            yield return WrongZone(
                scope, zoneGroups[0], $"The names of {Words(groups)} do not stand in {name}.", wanted);
        }

        // One whose id is not known may be any of those that are missing.
        foreach (string zone in ids.Length < configurations.Length
            ? []
            : wanted.Where(w => !names.Contains(w, StringComparer.OrdinalIgnoreCase)))
        {
            yield return WrongZone(scope, zoneGroups[0], $"The zone {zone} of {Words(groups)} is missing.", wanted);
        }
    }

    private static Finding WrongZone(
        CheckScope scope, CheckedResource group, string message, string[] wanted) => scope.At(
        group,
        "properties.privateDnsZoneConfigs",
        CheckCodes.WrongZone,
        FindingSeverity.Error,
        message,
        $"Name {string.Join(", ", wanted)}.");

    private static string Words(List<PrivateLinkGroup> groups) =>
        string.Join(", ", groups.Select(g => g.Group).Distinct());

    /// <summary>A zone of the target's region; where that is not known, the given one that is of any region.</summary>
    private static string InRegion(CheckScope scope, string zone, string target, string[] given)
    {
        string[] parts = zone.Split("{region}");
        return parts.Length == 1 ? zone
            : scope.Ids.Find(target)?.Body.At("location").Text() is { } location
                ? parts[0] + Regions.Normalize(location) + parts[1]
            : given.FirstOrDefault(n => n.StartsWith(parts[0], StringComparison.OrdinalIgnoreCase)
                && n.EndsWith(parts[1], StringComparison.OrdinalIgnoreCase)) ?? zone;
    }

    private static IEnumerable<Finding> Managed(CheckScope scope, CheckedResource endpoint)
    {
        string? target = endpoint.Resource.Properties.At("privateLinkResourceId").Text();
        string? group = endpoint.Resource.Properties.At("groupId").Text();
        if (target is not null && group is not null
            && !Find(target, group, out PrivateLinkGroup? known) && known is null)
        {
            yield return WrongGroup(scope, endpoint, "properties.groupId", group, target);
        }
    }

    private static Finding WrongGroup(
        CheckScope scope, CheckedResource endpoint, string path, string group, string target) => scope.At(
        endpoint,
        path,
        CheckCodes.WrongGroup,
        FindingSeverity.Error,
        $"{ResourceId.TypeOf(target)} has no group {group}.",
        $"Use one of {string.Join(", ", PrivateLinkTable.Of(ResourceId.TypeOf(target)).Select(g => g.Group))}.");
}
