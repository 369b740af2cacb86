using System.Collections.Immutable;
using Landfall.Azure.Policies.Definitions;
using Landfall.Azure.Policies.Language;
using Landfall.Azure.Snapshots;

namespace Landfall.Azure.Policies.Evaluation;

/// <summary>Looks in the snapshots for a resource that must be there beside another one.</summary>
internal static class RelatedSearch
{
    /// <summary>Whether there is one, and how that was decided.</summary>
    /// <param name="facts">What the policy knows of the resource that the rule is for.</param>
    /// <param name="related">What is looked for.</param>
    public static ConditionTrace Find(ResourceFacts facts, RelatedResource related)
    {
        PolicyValue name = related.Name?.Evaluate(facts) ?? PolicyValue.None;
        PolicyValue group = related.Group?.Evaluate(facts) ?? PolicyValue.None;
        if ((name as PolicyValue.Unknown ?? group as PolicyValue.Unknown) is { } unknown)
        {
            return Trace(related, Truth.Unknown, unknown.Why, []);
        }

        SnapshotResource[] candidates =
        [
            .. facts.Index.Of(related.Type)
                .Where(c => IsNear(facts.Resource, c, related, group.Scalar) && IsNamed(c, name.Scalar)),
        ];
        if (candidates.Length == 0 || related.Condition is null)
        {
            return Trace(
                related, TruthTable.Of(candidates.Length > 0), candidates.Length == 0 ? "none" : candidates[0].Id, []);
        }

        ImmutableArray<ConditionTrace> conditions =
        [
            .. candidates.Select(c =>
                related.Condition.Explain(facts with { Resource = c, Subject = facts.Resource }) with { Found = c.Id }),
        ];
        return Trace(
            related, TruthTable.Any(conditions.Select(c => c.Result)), $"{candidates.Length} of them", conditions);
    }

    private static ConditionTrace Trace(
        RelatedResource related, Truth result, string found, ImmutableArray<ConditionTrace> parts) =>
        new("then.details", $"a related {related.Type} exists", result, found, parts);

    /// <summary>Below the resource where the type is, else in its resource group or subscription.</summary>
    private static bool IsNear(
        SnapshotResource resource, SnapshotResource candidate, RelatedResource related, string? group)
    {
        bool isBelow = related.Type.StartsWith(resource.Type + "/", StringComparison.OrdinalIgnoreCase)
            || candidate.Id.StartsWith(resource.Id + "/providers/", StringComparison.OrdinalIgnoreCase);
        if (isBelow)
        {
            return ResourceId.IsWithin(candidate.Id, resource.Id);
        }

        if (candidate.Id.Equals(resource.Id, StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        // What hangs on some other resource is that one's.
        bool isOfOther = candidate.Id.LastIndexOf("/providers/", StringComparison.OrdinalIgnoreCase)
            != candidate.Id.IndexOf("/providers/", StringComparison.OrdinalIgnoreCase);
        string place = PolicyScope.PlaceOf(resource);
        string there = PolicyScope.PlaceOf(candidate);
        return !isOfOther && Same(ResourceId.SubscriptionOf(place), ResourceId.SubscriptionOf(there))
            && (related.IsAnywhere && group is null
                || Same(group ?? ResourceId.GroupOf(place), ResourceId.GroupOf(there)));
    }

    /// <summary>A name may have those of its parents before it, and <c>?</c> at its end for any.</summary>
    private static bool IsNamed(SnapshotResource candidate, string? name) =>
        string.IsNullOrEmpty(name)
        || Same(candidate.Name, name) || Same(candidate.OwnName, name)
        || (name.EndsWith("/?", StringComparison.Ordinal)
            && candidate.Name.StartsWith(name[..^1], StringComparison.OrdinalIgnoreCase));

    private static bool Same(string? a, string? b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);
}
