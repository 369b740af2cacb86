using Landfall.Azure.Bicep;
using Landfall.Azure.Design;

namespace Landfall.Azure.Generation;

/// <summary>
/// Roles of a unit's identity in its own zone: it writes below its own folders; a product reads what the zone has.
/// </summary>
internal static class LakeRoles
{
    private static readonly string[] _read = ["enriched", "curated"];

    /// <summary>Adds the roles.</summary>
    /// <param name="blocks">The deployment that has the identity.</param>
    /// <param name="unit">The unit.</param>
    /// <param name="identity">The module that makes its identity.</param>
    /// <param name="scope">The resource group of the zone's lake.</param>
    /// <param name="after">Symbols of what must be there first.</param>
    public static void Add(
        DeploymentBlocks blocks, HostedUnit unit, Expression identity, object scope, params string[] after)
    {
        ParameterGroup<Placement> conditions = blocks.Template.Group(
            "conditions", "Conditions of roles on the lake: accounts, containers and folders.");
        Expression principal = new($"{identity}.outputs.principalId");
        Role("Writes", RoleIds.BlobDataContributor, $"{unit.Id} writes below its own folders.",
            p => LakeCondition.Write(Accounts(p, unit), unit.Layers, $"{unit.Id}/"));
        if (unit.Product is not null)
        {
            Role("Reads", RoleIds.BlobDataReader, $"{unit.Id} reads the tables of its zone.",
                p => LakeCondition.Read([p.Storage(unit.Zone, LakeAccounts.Lake)], _read));
        }

        void Role(string verb, string role, string purpose, Func<Placement, string> condition) =>
            blocks.Template.Module(
                $"{unit.Symbol}{verb}", "lake-role", scope,
                new()
                {
                    { "principalId", principal },
                    { "roleDefinitionId", role },
                    { "purpose", purpose },
                    { "condition", conditions.Add($"{unit.Symbol}{verb}", condition) },
                },
                after);
    }

    private static string[] Accounts(Placement placement, HostedUnit unit) =>
    [
        .. LakeAccounts.All.Where(a => a.Containers.Any(c => unit.Layers.Contains(c)))
            .Select(a => placement.Storage(unit.Zone, a.Name)),
    ];
}
