using System.Collections.Immutable;
using Landfall.Estate;
using Landfall.Estate.Zones;
using Landfall.Serving.Servers;

namespace Landfall.Serving.Access;

/// <summary>What the estate says of databases, roles and who is in them. Immutable.</summary>
internal sealed class DesiredAccess
{
    private DesiredAccess()
    {
        Zones = [];
        Roles = [];
        Members = ImmutableSortedDictionary<string, ImmutableSortedSet<string>>.Empty;
    }

    private DesiredAccess(EstateDefinition estate)
    {
        Zones = [.. estate.Zones.Where(z => z.ServesSql)];
        Roles = [.. Zones.SelectMany(z => z.Roles.Select(r => RoleNames.Of(z.Id, r.Id)))];
        Members = estate.Management.Users.Concat(estate.Management.ServicePrincipals).ToImmutableSortedDictionary(
            u => u, u => RolesOf(estate, u), StringComparer.Ordinal);
    }

    /// <summary>Zones of which something is served; each has a database.</summary>
    public ImmutableArray<Zone> Zones { get; }

    /// <summary>Roles of these zones, by their names at the server.</summary>
    public ImmutableArray<string> Roles { get; }

    /// <summary>Roles by user or service principal of the management zone, those without any too.</summary>
    public ImmutableSortedDictionary<string, ImmutableSortedSet<string>> Members { get; }

    /// <summary>Nothing, for what is done to one role alone.</summary>
    public static DesiredAccess None { get; } = new();

    /// <summary>What an estate says.</summary>
    public static DesiredAccess Of(EstateDefinition estate) => new(estate);

    private ImmutableSortedSet<string> RolesOf(EstateDefinition estate, string user)
    {
        string[] groups = [.. estate.Management.Groups.Where(g => g.Members.Contains(user)).Select(g => g.Id)];
        return
        [
            .. Zones.SelectMany(z => z.Roles.Where(r => r.Groups.Intersect(groups).Any())
                .Select(r => RoleNames.Of(z.Id, r.Id))),
        ];
    }
}
