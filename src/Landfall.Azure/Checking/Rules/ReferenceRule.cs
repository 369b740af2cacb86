using Landfall.Azure.Snapshots;

namespace Landfall.Azure.Checking.Rules;

/// <summary>
/// Ids are those of something: of what a deployment makes, of what is there already, or of Azure's own.
/// </summary>
internal sealed class ReferenceRule : ICheckRule
{
    private static readonly string[] Own = ["id", "properties.managedResourceGroupId"];

    public IEnumerable<Finding> Check(CheckScope scope) => scope.Resources.SelectMany(r => JsonText.Of(r.Resource.Body)
        .Where(t => !Own.Contains(t.Path))
        .Select(t => IsBroken(t) ? Broken(scope, r, t) : IsDangling(scope, t.Value) ? Of(scope, r, t) : null)
        .OfType<Finding>());

    /// <summary>What a deployment that cannot be evaluated would make is not known: any id may be its.</summary>
    private static bool IsDangling(CheckScope scope, string text) =>
        ResourceId.IsId(text) && !scope.Ids.IsKnown(text.TrimEnd('/'))
        && scope.Deployments.All(d => d.Snapshot is not null);

    /// <summary>Whether a text stands where an id belongs, looks like one, and is none.</summary>
    private static bool IsBroken(JsonText text) =>
        text.Path.EndsWith("id", StringComparison.OrdinalIgnoreCase)
        && text.Value.StartsWith('/') && text.Value.Contains("/providers/", StringComparison.OrdinalIgnoreCase)
        && !ResourceId.IsId(text.Value);

    private static Finding Broken(CheckScope scope, CheckedResource resource, JsonText text) => scope.At(
        resource,
        text.Path,
        CheckCodes.DanglingId,
        FindingSeverity.Error,
        $"{text.Value} is no id.",
        "Write /subscriptions/GUID/resourceGroups/NAME/providers/TYPE/NAME.");

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
