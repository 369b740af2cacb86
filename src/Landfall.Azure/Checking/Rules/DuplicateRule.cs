using Landfall.Azure.Snapshots;

namespace Landfall.Azure.Checking.Rules;

/// <summary>
/// Each resource is deployed once in an environment; expressions of the same text have the same value. The same
/// resource group may stand in several deployments where it is the same to the letter.
/// </summary>
internal sealed class DuplicateRule : ICheckRule
{
    public IEnumerable<Finding> Check(CheckScope scope) => scope.Resources
        .GroupBy(r => r.Resource.Id, ResourceId.Comparer)
        .Where(g => (!scope.Set.IsForeign && g.Skip(1).Any()) || g.GroupBy(r => r.Deployment).Any(d => d.Skip(1).Any()))
        .Where(g => !AreOneGroup([.. g]))
        .Select(g => scope.At(
            g.Last(),
            "",
            CheckCodes.DuplicateId,
            FindingSeverity.Error,
            $"{g.Count()} resources have this id, of {string.Join(", ", Names(g))}.",
            "Deploy it once; refer to it as existing elsewhere."));

    private static IEnumerable<string> Names(IEnumerable<CheckedResource> resources) =>
        resources.Select(r => r.Deployment.Target.Name).Distinct();

    private static bool AreOneGroup(CheckedResource[] resources) =>
        resources[0].Resource.Is("Microsoft.Resources/resourceGroups")
        && resources.Select(r => r.Deployment).Distinct().Count() == resources.Length
        && resources.Select(r => r.Resource.Body.GetRawText()).Distinct().Count() == 1;
}
