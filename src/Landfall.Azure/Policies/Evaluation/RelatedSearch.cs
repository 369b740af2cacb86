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

        (SnapshotResource Resource, Truth Match)[] candidates =
        [
            .. facts.Index.Of(related.Type)
                .Select(c => (c, TruthTable.All(
                    [IsNear(facts.Resource, c, related, group.Scalar), IsNamed(c, name.Scalar)])))
                .Where(c => c.Item2 != Truth.False).OrderByDescending(c => c.Item2),
        ];
        if (candidates.Length == 0 || related.Condition is null)
        {
            return candidates is [var first, ..]
                ? Trace(related, first.Match, first.Resource.Id, [])
                : Trace(related, Truth.False, "none", []);
        }

        ImmutableArray<ConditionTrace> conditions =
            [.. candidates.Select(c => Explain(facts, c.Resource, c.Match, related.Condition))];
        return Trace(
            related, TruthTable.Any(conditions.Select(c => c.Result)), $"{candidates.Length} of them", conditions);
    }

    /// <summary>What a condition says of one that may be another resource's.</summary>
    private static ConditionTrace Explain(
        ResourceFacts facts, SnapshotResource candidate, Truth match, PolicyCondition condition)
    {
        ConditionTrace trace = condition.Explain(facts with { Resource = candidate, Subject = facts.Resource });
        return trace with { Found = candidate.Id, Result = TruthTable.All([match, trace.Result]) };
    }

    private static ConditionTrace Trace(
        RelatedResource related, Truth result, string found, ImmutableArray<ConditionTrace> parts) =>
        new("then.details", $"a related {related.Type} exists", result, found, parts);

    /// <summary>Below the resource where the type is, else in its resource group or subscription.</summary>
    private static Truth IsNear(
        SnapshotResource resource, SnapshotResource candidate, RelatedResource related, string? group)
    {
        if (candidate.Id.Equals(resource.Id, StringComparison.OrdinalIgnoreCase))
        {
            return Truth.True;
        }

        string place = PolicyScope.PlaceOf(resource);
        string there = PolicyScope.PlaceOf(candidate);
        bool isChild = related.Type.StartsWith(resource.Type + "/", StringComparison.OrdinalIgnoreCase);
        bool isExtension = candidate.Id.StartsWith("[extensionResourceId(", StringComparison.OrdinalIgnoreCase);
        Truth subscription = Agree(
            resource, ResourceId.SubscriptionOf(place), candidate, ResourceId.SubscriptionOf(there));
        Truth ownGroup = Agree(resource, ResourceId.GroupOf(place), candidate, ResourceId.GroupOf(there));
        if ((isChild && !(resource.IsKnown && candidate.IsKnown)) || isExtension)
        {
            return TruthTable.All([subscription, ownGroup, Truth.Unknown]);
        }

        if (isChild || candidate.Id.StartsWith(resource.Id + "/providers/", StringComparison.OrdinalIgnoreCase))
        {
            return TruthTable.Of(ResourceId.IsWithin(candidate.Id, resource.Id));
        }

        // What hangs on some other resource is that one's.
        bool isOfOther = candidate.Id.LastIndexOf("/providers/", StringComparison.OrdinalIgnoreCase)
            != candidate.Id.IndexOf("/providers/", StringComparison.OrdinalIgnoreCase);
        return isOfOther ? Truth.False
            : related.IsAnywhere && group is null ? subscription
            : TruthTable.All(
            [
                subscription,
                group is null ? ownGroup : Agree(resource, group, candidate, ResourceId.GroupOf(there)),
            ]);
    }

    /// <summary>Whether two have the same part; what one whose id is not known lacks may be anything.</summary>
    private static Truth Agree(SnapshotResource a, string? ofA, SnapshotResource b, string? ofB) =>
        (ofA is null && !a.IsKnown) || (ofB is null && !b.IsKnown) ? Truth.Unknown : TruthTable.Of(Same(ofA, ofB));

    /// <summary>A name may have those of its parents before it, and <c>?</c> at its end for any.</summary>
    private static Truth IsNamed(SnapshotResource candidate, string? name) =>
        string.IsNullOrEmpty(name) ? Truth.True
            : JsonText.IsExpression(candidate.Name) ? Truth.Unknown
            : TruthTable.Of(Same(candidate.Name, name) || Same(candidate.OwnName, name)
                || (name.EndsWith("/?", StringComparison.Ordinal)
                    && candidate.Name.StartsWith(name[..^1], StringComparison.OrdinalIgnoreCase)));

    private static bool Same(string? a, string? b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);
}
