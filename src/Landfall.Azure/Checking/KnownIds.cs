using System.Collections.Frozen;
using System.Text.Json;
using Landfall.Azure.Checking.Tables;
using Landfall.Azure.Deployments;
using Landfall.Azure.Snapshots;

namespace Landfall.Azure.Checking;

/// <summary>Which ids something in an environment has.</summary>
internal sealed class KnownIds
{
    private readonly TargetSet _set;
    private readonly FrozenDictionary<string, SnapshotResource> _resources;
    private readonly FrozenSet<string> _subscriptions;
    private readonly FrozenSet<string> _groups;
    private readonly string[] _roots;

    public KnownIds(TargetSet set, IEnumerable<SnapshotResource> resources)
    {
        _set = set;
        _resources = resources.Where(r => r.IsKnown).DistinctBy(r => r.Id, ResourceId.Comparer)
            .ToFrozenDictionary(r => r.Id, ResourceId.Comparer);
        _subscriptions = set.Targets.Select(t => $"/subscriptions/{t.Subscription}").ToFrozenSet(ResourceId.Comparer);
        _groups = set.Targets.Where(t => t.ResourceGroup.Length > 0)
            .Select(t => $"/subscriptions/{t.Subscription}/resourceGroups/{t.ResourceGroup}")
            .ToFrozenSet(ResourceId.Comparer);
        _roots = [.. set.Existing.Select(e => e.TrimEnd('/')), .. _resources.Values.SelectMany(ManagedGroups)];
    }

    /// <summary>The resource of an id; null where no deployment makes it.</summary>
    public SnapshotResource? Find(string id) => _resources.GetValueOrDefault(id);

    /// <summary>Whether something has an id, or may have it for what is not known here.</summary>
    public bool IsKnown(string id) =>
        _resources.ContainsKey(id)
        || _subscriptions.Contains(id)
        || _groups.Contains(id)
        || id.Contains('*', StringComparison.Ordinal)
        || BuiltInIds.Has(id)
        || Array.Exists(_roots, root => ResourceId.IsWithin(id, root))
        || IsPart(id)
        || IsMadeWithParent(id);

    /// <summary>Whether an id lies where deployments of others may have made what it names.</summary>
    public bool IsOutside(string id) => _set.IsForeign
        && !_groups.Concat(_resources.Values.Where(r => r.Is("Microsoft.Resources/resourceGroups")).Select(r => r.Id))
            .Any(group => ResourceId.IsWithin(id, group));

    /// <summary>Groups that a provider makes for a resource, with all that it puts there.</summary>
    private static IEnumerable<string> ManagedGroups(SnapshotResource resource)
    {
        JsonElement properties = resource.Properties;
        if (properties.At("managedResourceGroupId").Text() is { } id)
        {
            yield return id;
        }

        string? name = properties.At("managedResourceGroupName").Text() ?? properties.At("nodeResourceGroup").Text()
            ?? properties.At("managedResourceGroup").Text();
        if (name is not null && ResourceId.SubscriptionOf(resource.Id) is { } subscription)
        {
            yield return $"/subscriptions/{subscription}/resourceGroups/{name}";
        }
    }

    /// <summary>Whether an id is that of a part which stands in its parent, such as a subnet in a network.</summary>
    private bool IsPart(string id) => Part(id).ValueKind != JsonValueKind.Undefined;

    private JsonElement Part(string id)
    {
        if (_resources.TryGetValue(id, out SnapshotResource? resource))
        {
            return resource.Body;
        }

        string? parent = ResourceId.ParentOf(id);
        string type = ResourceId.TypeOf(id);
        if (parent is null || type.Count(c => c == '/') < 2 || !type.StartsWith(
            ResourceId.TypeOf(parent) + "/", StringComparison.OrdinalIgnoreCase))
        {
            return default;
        }

        return Part(parent).At("properties", ResourceId.NameOf(type)).Items()
            .FirstOrDefault(i => ResourceId.Comparer.Equals(i.At("name").Text(), ResourceId.NameOf(id)));
    }

    private bool IsMadeWithParent(string id) =>
        BuiltInIds.IsMadeWithParent(ResourceId.TypeOf(id), ResourceId.NameOf(id))
        && ResourceId.ParentOf(id) is { } parent && IsKnown(parent);
}
