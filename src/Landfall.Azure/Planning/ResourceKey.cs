using System.Text.RegularExpressions;
using Landfall.Azure.Snapshots;

namespace Landfall.Azure.Planning;

/// <summary>Tells which resources of two snapshots are the same.</summary>
internal static partial class ResourceKey
{
    private const string RoleAssignment = "Microsoft.Authorization/roleAssignments";

    /// <summary>
    /// The id; where that is an expression, the same without versions of types. A role assignment whose name is not
    /// known is the same where scope, role, condition and principal are.
    /// </summary>
    public static string Of(SnapshotResource resource) => resource.IsKnown
        ? resource.Id
        : resource.Is(RoleAssignment)
            ? string.Join(
                '|',
                RoleAssignment,
                Scope().Match(resource.Id) is { Success: true } scope ? scope.Value : Plain(resource.Id),
                Raw(resource, "roleDefinitionId"),
                Plain(Raw(resource, "principalId")),
                Raw(resource, "condition"))
            : Plain(resource.Id);

    /// <summary>An expression without the versions of types that it asks for.</summary>
    public static string Plain(string expression) => Version().Replace(expression, "");

    private static string Raw(SnapshotResource resource, string property) =>
        JsonText.Of(resource.Properties.At(property)).Select(t => t.Value).FirstOrDefault() ?? "";

    /// <summary>
    /// What stands before the type: <c>extensionResourceId('SCOPE'</c> or <c>resourceId('SUBSCRIPTION', 'GROUP'</c>.
    /// </summary>
    [GeneratedRegex(
        @"^\[\w+\([^()]*?(?=, 'Microsoft\.Authorization/roleAssignments')", RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Scope();

    [GeneratedRegex(@", '\d{4}-\d\d-\d\d(-preview)?'", RegexOptions.None, 1000)]
    private static partial Regex Version();
}
