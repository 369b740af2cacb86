using Landfall.Azure.Snapshots;

namespace Landfall.Azure.Checking.Rules;

/// <summary>
/// Ids are those of something: of what a deployment makes, of what is there already, or of Azure's own.
/// </summary>
internal sealed class ReferenceRule : ICheckRule
{
    private static readonly string[] Own = ["id", "properties.managedResourceGroupId"];

    /// <summary>Where a deployment cannot be evaluated, what it would make is not known: any id may be its.</summary>
    public IEnumerable<Finding> Check(CheckScope scope) => scope.Deployments.Any(d => d.Snapshot is null)
        ? []
        : scope.Resources.SelectMany(r => JsonText.Of(r.Resource.Body)
        .Where(t => !Own.Contains(t.Path) && ResourceId.IsId(t.Value) && !scope.Ids.IsKnown(t.Value.TrimEnd('/')))
        .Select(t => Of(scope, r, t)));

    private static Finding Of(CheckScope scope, CheckedResource resource, JsonText text) =>
        scope.Ids.IsOutside(text.Value)
        ? scope.At(
            resource,
            text.Path,
            CheckCodes.OutsideId,
            FindingSeverity.Note,
            $"{text.Value} lies outside of what these deployments make.",
            "See that it is there before they run.")
        : scope.At(
            resource,
            text.Path,
            CheckCodes.DanglingId,
            FindingSeverity.Error,
            $"Nothing has the id {text.Value}.",
            "Correct the id, deploy what it names, or list it as existing.");
}
