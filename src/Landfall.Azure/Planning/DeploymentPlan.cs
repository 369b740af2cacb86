using System.Collections.Immutable;
using Landfall.Azure.Snapshots;

namespace Landfall.Azure.Planning;

/// <summary>What deploying one folder in place of another would do.</summary>
/// <param name="Changes">The resources that differ, by environment, deployment and id.</param>
/// <param name="Unchanged">How many do not.</param>
public sealed record DeploymentPlan(ImmutableArray<PlannedChange> Changes, int Unchanged)
{
    /// <summary>Accepts every change.</summary>
    public const string All = "all";

    /// <summary>The changes that lose data and that nobody accepted.</summary>
    /// <param name="accepted">Ids of resources, or <see cref="All"/>.</param>
    public ImmutableArray<PlannedChange> Refused(IReadOnlyCollection<string> accepted) => accepted.Contains(All)
        ? []
        : [.. Changes.Where(c => !c.Losses.IsEmpty && !accepted.Contains(c.Id, ResourceId.Comparer))];

    /// <summary>The accepted ids that no change which loses data has.</summary>
    public ImmutableArray<string> Needless(IReadOnlyCollection<string> accepted) =>
    [
        .. accepted.Where(a => a != All && !Changes.Any(c => !c.Losses.IsEmpty && ResourceId.Comparer.Equals(c.Id, a))),
    ];

    /// <summary>How many changes are of a kind.</summary>
    public int Count(ChangeKind kind) => Changes.Count(c => c.Kind == kind);
}
