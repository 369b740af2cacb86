using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;
using Azure.Bicep.Types;
using Azure.Bicep.Types.Az;
using Azure.Bicep.Types.Concrete;

namespace Landfall.Azure.Types;

/// <summary>The resource types of Azure, by name and version, whatever the case of the name. Thread-safe.</summary>
public sealed class ResourceTypes
{
    private readonly AzTypeLoader _loader = new();
    private readonly FrozenDictionary<string, ImmutableArray<string>> _versions;
    private readonly FrozenDictionary<string, CrossFileTypeReference> _references;
    private readonly ConcurrentDictionary<string, TypeBase?> _bodies = new(StringComparer.OrdinalIgnoreCase);
    private readonly Lock _gate = new();

    private ResourceTypes()
    {
        _references = _loader.LoadTypeIndex().Resources.GroupBy(r => r.Key, StringComparer.OrdinalIgnoreCase)
            .ToFrozenDictionary(g => g.Key, g => g.First().Value, StringComparer.OrdinalIgnoreCase);
        _versions = _references.Keys.Select(k => k.Split('@', 2))
            .GroupBy(k => k[0], k => k[1], StringComparer.OrdinalIgnoreCase)
            .ToFrozenDictionary(
                g => g.Key,
                g => g.Order(StringComparer.OrdinalIgnoreCase).ToImmutableArray(),
                StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>All types; the first use takes a quarter of a second.</summary>
    public static ResourceTypes All => Loaded.Value;

    private static Lazy<ResourceTypes> Loaded { get; } = new(() => new ResourceTypes());

    /// <summary>Whether there is a type, in whatever version.</summary>
    public bool Has(string type) => _versions.ContainsKey(type);

    /// <summary>Whether there is a version of a type.</summary>
    public bool Has(string type, string version) => _references.ContainsKey($"{type}@{version}");

    /// <summary>
    /// The newest stable version of a type; the newest one where none is stable; null where there is no such type.
    /// </summary>
    public string? Newest(string type) => _versions.TryGetValue(type, out ImmutableArray<string> versions)
        ? versions.LastOrDefault(IsStable) ?? versions[^1]
        : null;

    /// <summary>The versions of a type, the oldest first.</summary>
    public ImmutableArray<string> Versions(string type) => _versions.GetValueOrDefault(type, []);

    /// <summary>The shape of a resource; null where there is no such type or version.</summary>
    public TypeBase? Body(string type, string version) => _bodies.GetOrAdd($"{type}@{version}", Load);

    /// <summary>Whether a version is a date without a suffix.</summary>
    public static bool IsStable(string version) => version.Length == "2026-01-01".Length;

    private TypeBase? Load(string key)
    {
        if (!_references.TryGetValue(key, out CrossFileTypeReference? reference))
        {
            return null;
        }

        lock (_gate)
        {
            return _loader.LoadResourceType(reference).Body.Type;
        }
    }
}
