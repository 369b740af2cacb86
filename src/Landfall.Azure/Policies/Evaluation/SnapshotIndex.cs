using System.Collections.Concurrent;
using System.Collections.Immutable;
using Azure.Bicep.Types.Concrete;
using Landfall.Azure.Policies.Aliases;
using Landfall.Azure.Snapshots;
using Landfall.Azure.Types;

namespace Landfall.Azure.Policies.Evaluation;

/// <summary>The resources that policies are evaluated on, to be found by type and place.</summary>
internal sealed class SnapshotIndex
{
    private readonly ILookup<string, SnapshotResource> _byType;
    private readonly Dictionary<string, SnapshotResource> _groups = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, bool> _indexed = new(StringComparer.OrdinalIgnoreCase);

    public SnapshotIndex(IEnumerable<SnapshotResource> resources)
    {
        Resources = [.. resources];
        _byType = Resources.ToLookup(r => ResourceTypeNames.OfPolicy(r.Type), StringComparer.OrdinalIgnoreCase);
        foreach (SnapshotResource group in _byType["Microsoft.Resources/subscriptions/resourceGroups"])
        {
            _groups[group.Id] = group;
        }
    }

    /// <summary>All of them.</summary>
    public ImmutableArray<SnapshotResource> Resources { get; }

    /// <summary>Those of a type.</summary>
    public IEnumerable<SnapshotResource> Of(string type) => _byType[type];

    /// <summary>The resource group of an id; null where no snapshot makes it.</summary>
    public SnapshotResource? Group(string id) => _groups.GetValueOrDefault(id);

    /// <summary>Whether a resource has tags and a location: what the mode <c>indexed</c> is for.</summary>
    public bool IsIndexed(SnapshotResource resource) =>
        _indexed.GetOrAdd(resource.Type, type => !type.EndsWith("/resourceGroups", StringComparison.OrdinalIgnoreCase)
            && HasTagsAndLocation(type, resource.ApiVersion));

    private static bool HasTagsAndLocation(string type, string version)
    {
        ResourceTypes types = ResourceTypes.All;
        TypeBase? body = types.Body(type, version)
            ?? (types.Newest(type) is { } newest ? types.Body(type, newest) : null);
        IReadOnlyDictionary<string, ObjectTypeProperty>? properties = body switch
        {
            ObjectType shape => shape.Properties,
            DiscriminatedObjectType choice => choice.BaseProperties,
            _ => null,
        };

        // Of a type that is not known it cannot be said: it counts as one that has both.
        return properties is null || (properties.ContainsKey("tags") && properties.ContainsKey("location"));
    }
}
