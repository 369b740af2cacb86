using Landfall.Azure.Bicep;
using Landfall.Azure.Design;

namespace Landfall.Azure.Generation;

/// <summary>
/// Roles on the lake of a zone, put together and written as one module. A unit's identity writes below its own folders
/// in its own zone; a product's also reads what the zone has.
/// </summary>
/// <param name="template">The deployment.</param>
internal sealed class LakeRoles(DeploymentTemplate<Placement> template)
{
    private static readonly string[] _read = ["enriched", "curated"];

    private readonly List<BicepObject> _roles = [];

    private ParameterGroup<Placement> Conditions => template.Group(
        "conditions", "Conditions of roles on a lake: accounts, containers, folders and times.");

    /// <summary>Adds the roles of a unit in its own zone.</summary>
    /// <param name="unit">The unit.</param>
    /// <param name="identity">The module that makes its identity.</param>
    public void Add(HostedUnit unit, Expression identity)
    {
        Expression principal = new($"{identity}.outputs.principalId");
        Add(
            $"{unit.Symbol}Writes", principal, RoleNames.BlobDataContributor,
            $"{unit.Id} writes below its own folders.",
            p => LakeCondition.Write(Accounts(p, unit), unit.Layers, $"{unit.Id}/"));
        if (unit.Product is not null)
        {
            Add(
                $"{unit.Symbol}Reads", principal, RoleNames.BlobDataReader, $"{unit.Id} reads the tables of its zone.",
                p => LakeCondition.Read([p.Storage(unit.Zone, LakeAccounts.Lake)], _read));
        }
    }

    /// <summary>Adds one role.</summary>
    /// <param name="key">Name of its condition among the parameters.</param>
    /// <param name="principal">Object id of the identity.</param>
    /// <param name="role">Name of the role.</param>
    /// <param name="purpose">What it is for.</param>
    /// <param name="condition">Its condition.</param>
    public void Add(
        string key, Expression principal, string role, string purpose, Func<Placement, string> condition) =>
        _roles.Add(new()
        {
            { "principalId", principal },
            { "roleDefinitionId", template.Role(role) },
            { "purpose", purpose },
            { "condition", Conditions.Add(key, condition) },
        });

    /// <summary>Writes the module that gives the roles; none where there are none.</summary>
    /// <param name="symbol">Its name.</param>
    /// <param name="scope">The resource group of the lake.</param>
    public void Write(string symbol, object scope)
    {
        if (_roles.Count > 0)
        {
            _ = template.Module(symbol, "lake-roles", scope, new() { { "roleAssignments", _roles } });
        }
    }

    private static string[] Accounts(Placement placement, HostedUnit unit) =>
    [
        .. LakeAccounts.All.Where(a => a.Containers.Any(c => unit.Layers.Contains(c)))
            .Select(a => placement.Storage(unit.Zone, a.Name)),
    ];
}
