using Landfall.Azure.Checking.Tables;
using Landfall.Azure.Snapshots;

namespace Landfall.Azure.Checking.Rules;

/// <summary>Roles are built in, or made by a deployment.</summary>
internal sealed class RoleRule : ICheckRule
{
    private const string Definition = "Microsoft.Authorization/roleDefinitions";
    private const string Assigned = "properties.roleDefinitionId";

    public IEnumerable<Finding> Check(CheckScope scope) => scope.Resources.SelectMany(r => JsonText.Of(r.Resource.Body)
        .Where(t => !t.IsUnknown && t.Path != "id")
        .Where(t => IsAssigned(r, t.Path) || (ResourceId.IsId(t.Value) && ResourceId.TypeOf(t.Value) == Definition))
        .Select(t => Check(scope, r, t))
        .OfType<Finding>());

    private static bool IsAssigned(CheckedResource resource, string path) =>
        path == Assigned && resource.Resource.Is("Microsoft.Authorization/roleAssignments");

    private static Finding? Check(CheckScope scope, CheckedResource resource, JsonText text)
    {
        string name = ResourceId.NameOf(text.Value);
        bool isId = ResourceId.IsId(text.Value)
            && ResourceId.TypeOf(text.Value).Equals(Definition, StringComparison.OrdinalIgnoreCase);
        if (isId && (BuiltInRoles.Names.ContainsKey(name) || IsOwn(scope, name)))
        {
            return null;
        }

        return scope.At(
            resource,
            text.Path,
            CheckCodes.UnknownRole,
            scope.Set.IsForeign && isId ? FindingSeverity.Warning : FindingSeverity.Error,
            isId ? $"There is no known role {name}." : $"{text.Value} is no id of a role definition.",
            isId
                ? "Take the GUID of a built-in role, or deploy the role."
                : "Write subscriptionResourceId('Microsoft.Authorization/roleDefinitions', GUID).");
    }

    private static bool IsOwn(CheckScope scope, string name) => scope.Of(Definition)
        .Any(r => r.Resource.OwnName.Equals(name, StringComparison.OrdinalIgnoreCase));
}
