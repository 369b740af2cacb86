using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Landfall.Azure.Policies.Aliases;
using Landfall.Azure.Policies.Definitions;
using Landfall.Azure.Policies.Language;
using Landfall.Azure.Snapshots;

namespace Landfall.Azure.Policies.Evaluation;

/// <summary>Where resources are, and what assignments select of them.</summary>
internal static partial class PolicyScope
{
    /// <summary>
    /// The id of a resource; where its name is known only when deployed, that of its resource group; empty where not
    /// even that is known.
    /// </summary>
    public static string PlaceOf(SnapshotResource resource) => resource.IsKnown
        ? resource.Id
        : GroupPattern().Match(resource.Id) is { Success: true } match
            ? $"/subscriptions/{match.Groups[1].Value}/resourceGroups/{match.Groups[2].Value}"
            : SubscriptionPattern().Match(resource.Id) is { Success: true } alone
                ? $"/subscriptions/{alone.Groups[1].Value}"
                : "";

    /// <summary>Whether a resource is in a scope; one of which nothing is known is in every scope.</summary>
    public static bool IsWithin(SnapshotResource resource, string scope)
    {
        string place = PlaceOf(resource);
        return scope.Length == 0 || place.Length == 0
            || scope.StartsWith("/providers/Microsoft.Management/", StringComparison.OrdinalIgnoreCase)
            || ResourceId.IsWithin(place, scope.TrimEnd('/'));
    }

    /// <summary>
    /// Whether a resource is in a scope; not where its place is not known, nor what is below a management group.
    /// </summary>
    public static bool IsSurelyWithin(SnapshotResource resource, string scope) =>
        scope.Length > 0 && ResourceId.IsWithin(PlaceOf(resource), scope.TrimEnd('/'));

    /// <summary>Whether any of several selectors takes a resource; all are taken where there is none.</summary>
    public static bool Selects(ImmutableArray<PolicySelector> selectors, SnapshotResource resource) =>
        selectors.IsEmpty || selectors.Any(s => s.Parts.All(p => Selects(p, resource)));

    /// <summary>Whether a part of a selector takes a resource.</summary>
    public static bool Selects(PolicySelector.Part part, SnapshotResource resource)
    {
        string location = RegionName.WithoutBlanks(resource.Body.At("location").Text() ?? "");
        return part.Is("resourceType") ? part.Takes(ResourceTypeNames.OfPolicy(resource.Type))
            : part.Is("resourceWithoutLocation")
                ? location.Length == 0 || location.Equals("global", StringComparison.OrdinalIgnoreCase)
            : !part.Is("resourceLocation") || part.Takes(location);
    }

    [GeneratedRegex(@"^\[resourceId\('([0-9a-fA-F-]{36})', '([^']+)', '", RegexOptions.NonBacktracking)]
    private static partial Regex GroupPattern();

    [GeneratedRegex(@"'/subscriptions/([0-9a-fA-F-]{36})", RegexOptions.NonBacktracking)]
    private static partial Regex SubscriptionPattern();
}
