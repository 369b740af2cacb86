using System.Collections.Immutable;
using Landfall.Estate.Contracts;
using Landfall.Estate.Zones;
using Landfall.Serving.Schemas;
using Landfall.Serving.Servers;

namespace Landfall.Serving.Access;

/// <summary>
/// What the zone's roles may do in a unit's schema: read the tables they name, and refer to them, without which they
/// see no keys. Columns of a classification that a role does not name are left out: it has the others one by one.
/// </summary>
internal static class UnitGrants
{
    private static readonly ImmutableArray<string> _rights = ["SELECT", "REFERENCES"];

    /// <summary>The rights of all roles.</summary>
    public static ImmutableHashSet<Grant> Of(ServedUnit unit) =>
        [.. unit.Zone.Roles.SelectMany(r => OfRole(unit, r))];

    private static IEnumerable<Grant> OfRole(ServedUnit unit, Role role)
    {
        string name = RoleNames.Of(unit.Zone.Id, role.Id);
        Grant[] rights =
        [
            .. unit.Tables.Where(t => role.Covers(unit.Id, t.Name.Table)).SelectMany(t => OfTable(t, role, name)),
        ];
        return rights.Length == 0 ? [] : [new("", "", name, "USAGE"), .. rights];
    }

    private static IEnumerable<Grant> OfTable(ServedTable table, Role role, string name)
    {
        ContractColumn[] seen = [.. table.Contract.Columns.Where(role.Sees)];
        return seen.Length == table.Contract.Columns.Length
            ? _rights.Select(r => new Grant(table.Name.Table, "", name, r))
            : seen.SelectMany(c => _rights.Select(r => new Grant(table.Name.Table, c.Name, name, r)));
    }
}
