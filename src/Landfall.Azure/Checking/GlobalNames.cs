using Landfall.Azure.Checking.Tables;
using Landfall.Azure.Snapshots;

namespace Landfall.Azure.Checking;

/// <summary>Names that must be unique in all of Azure are so in a folder, over all of its environments.</summary>
internal static class GlobalNames
{
    /// <summary>What breaks it.</summary>
    public static IEnumerable<Finding> Check(IEnumerable<CheckScope> scopes) => scopes
        .SelectMany(s => s.Resources.Select(r => (Scope: s, Resource: r)))
        .Where(r => r.Resource.Resource.IsKnown && NameTable.Global.Contains(r.Resource.Resource.Type))
        .GroupBy(r => $"{r.Resource.Resource.Type} {r.Resource.Resource.Name}".ToLowerInvariant())
        .Select(g => g.DistinctBy(r => r.Resource.Resource.Id, ResourceId.Comparer).ToArray())
        .Where(g => g.Length > 1)
        .Select(g => g[^1].Scope.At(
            g[^1].Resource,
            "name",
            CheckCodes.TakenName,
            FindingSeverity.Error,
            $"{g[0].Resource.Resource.Id} has this name too, which must be unique in all of Azure.",
            "Give each a name of its own, for example with a suffix of uniqueString()."));
}
