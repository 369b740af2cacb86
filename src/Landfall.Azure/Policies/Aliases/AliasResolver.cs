using System.Collections.Concurrent;
using System.Collections.Immutable;
using Landfall.Azure.Types;

namespace Landfall.Azure.Policies.Aliases;

/// <summary>
/// Finds where aliases of Azure Policy lead. Azure publishes no list that could be shipped; an alias is the resource's
/// type with a path that leaves <c>properties</c> out, so that the types of Azure tell nearly all of them, and
/// <see cref="AliasTable"/> the rest. Thread-safe.
/// </summary>
/// <param name="types">The resource types.</param>
internal sealed class AliasResolver(ResourceTypes types)
{
    private readonly ConcurrentDictionary<(string Alias, string Version), AliasPath?> _paths = new();
    private readonly ConcurrentDictionary<string, string?> _owners = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The resource type that an alias is of; null where there is none.</summary>
    public string? TypeOf(string alias) => _owners.GetOrAdd(alias, FindType);

    /// <summary>
    /// Where an alias leads in a version of its type: as that version says, else the newest stable one, else any.
    /// </summary>
    /// <param name="alias">The alias.</param>
    /// <param name="version">API version of the resource; empty for any.</param>
    /// <returns>Null where the type has no such property.</returns>
    public AliasPath? Resolve(string alias, string version) =>
        _paths.GetOrAdd((alias.ToUpperInvariant(), version), key => Find(alias, key.Version));

    /// <summary>What the properties of a type are called, for a hint.</summary>
    public IEnumerable<string> Known(string type) =>
        types.Newest(type) is { } newest && types.Body(type, newest) is { } body
            ? AliasWalk.Names(body).Select(n => $"{type}/{n}")
            : [];

    private string? FindType(string alias)
    {
        for (int slash = alias.LastIndexOf('/'); slash > 0; slash = alias.LastIndexOf('/', slash - 1))
        {
            string type = ResourceTypeNames.OfSnapshot(alias[..slash]);
            if (types.Has(type) || AliasTable.HasType(type))
            {
                return type;
            }
        }

        return null;
    }

    private AliasPath? Find(string alias, string version)
    {
        if (TypeOf(alias) is not { } type)
        {
            return null;
        }

        if (AliasTable.Find(alias) is { } listed)
        {
            return new(type, listed, IsSensitive: false);
        }

        string path = alias[(ResourceTypeNames.LengthIn(alias, type) + 1)..];
        ImmutableArray<string> parts = [.. path.Split('.', '/')];
        string newest = types.Newest(type) ?? "";
        IEnumerable<string> versions = ((IEnumerable<string>)[version, newest])
            .Concat(types.Versions(type).Reverse()).Distinct(StringComparer.OrdinalIgnoreCase);
        foreach (string candidate in versions.Where(v => v.Length > 0))
        {
            if (types.Body(type, candidate) is { } body && AliasWalk.Find(body, parts) is { } found)
            {
                return new(type, found.Steps, found.IsSensitive);
            }
        }

        return null;
    }
}
