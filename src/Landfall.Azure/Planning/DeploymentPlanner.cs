using System.Collections.Immutable;
using Landfall.Azure.Deployments;
using Landfall.Azure.Snapshots;
using Landfall.Estate;

namespace Landfall.Azure.Planning;

/// <summary>Compares what two folders deploy.</summary>
/// <param name="evaluator">Compiles and evaluates deployments.</param>
public sealed class DeploymentPlanner(DeploymentEvaluator evaluator)
{
    private const string SubnetType = "Microsoft.Network/virtualNetworks/subnets";
    private const string Inside = "properties.subnets[";

    /// <summary>Compares the environments that both folders have.</summary>
    /// <param name="old">Absolute path of the folder that is deployed.</param>
    /// <param name="new">Absolute path of the folder that would be.</param>
    /// <param name="environment">The only environment wanted; null for all.</param>
    /// <param name="progress">Told each deployment before it is compiled; null where nobody asks.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="LandfallException">LF5202 or LF5204, or what reading and compiling throw.</exception>
    public async Task<DeploymentPlan> PlanAsync(
        string old,
        string @new,
        string? environment,
        IProgress<string>? progress,
        CancellationToken cancellationToken)
    {
        ImmutableArray<TargetSet> before = DeploymentFolder.Read(old, environment, new ForeignDefaults());
        ImmutableArray<TargetSet> after = DeploymentFolder.Read(@new, environment, new ForeignDefaults());
        (TargetSet Before, TargetSet After)[] both =
            [.. before.Join(after, s => s.Environment, s => s.Environment, (b, a) => (b, a))];
        if (both.Length == 0)
        {
            throw new LandfallException(
                CheckCodes.NothingToCompare,
                $"{old} has the environments {Names(before)}, {@new} has {Names(after)}: there is nothing to compare. "
                + "Write both for the same environment.");
        }

        List<PlannedChange> changes = [];
        int unchanged = 0;
        foreach ((TargetSet b, TargetSet a) in both)
        {
            Dictionary<string, Placed> was = await ReadAsync(old, b, progress, cancellationToken);
            Dictionary<string, Placed> willBe = await ReadAsync(@new, a, progress, cancellationToken);
            PlannedChange?[] found = [.. Compare(a.Environment, was, willBe)];
            changes.AddRange(found.OfType<PlannedChange>());
            unchanged += found.Count(f => f is null);
        }

        return new(
            [
                .. changes.OrderBy(c => c.Environment, StringComparer.Ordinal)
                    .ThenBy(c => c.Deployment, StringComparer.Ordinal)
                    .ThenBy(c => c.Id, StringComparer.OrdinalIgnoreCase),
            ],
            unchanged);
    }

    private static string Names(ImmutableArray<TargetSet> sets) => string.Join(", ", sets.Select(s => s.Environment));

    /// <summary>Nothing for each resource that does not change.</summary>
    private static IEnumerable<PlannedChange?> Compare(
        string environment, Dictionary<string, Placed> was, Dictionary<string, Placed> willBe)
    {
        foreach ((string key, Placed resource) in willBe)
        {
            yield return was.TryGetValue(key, out Placed? before)
                ? Changed(environment, before, resource, was)
                : Of(environment, resource, ChangeKind.Added, [], []);
        }

        foreach (Placed resource in was.Where(r => !willBe.ContainsKey(r.Key)).Select(r => r.Value))
        {
            ImmutableArray<string> losses =
                DataHolders.LossOf(resource.Resource.Type) is { } what ? [$"loses {what}"] : [];
            yield return Of(environment, resource, ChangeKind.Removed, [], losses);
        }
    }

    private static PlannedChange? Changed(
        string environment, Placed before, Placed after, Dictionary<string, Placed> was)
    {
        ImmutableArray<PropertyChange> properties = [.. JsonDifference.Of(before.Resource, after.Resource)];
        string type = after.Resource.Type;
        ImmutableArray<string> losses =
        [
            .. properties.Where(p => ImmutableProperties.Refuses(type, p)).Select(p => $"cannot change {p.Path}"),
            .. UsedSubnets(before.Resource, properties, was).Select(s => $"moves subnet {s}, which is in use"),
        ];
        return properties.IsEmpty ? null : Of(environment, after, ChangeKind.Changed, properties, losses);
    }

    /// <summary>Names of subnets whose range changes while another resource has an address in them.</summary>
    private static IEnumerable<string> UsedSubnets(
        SnapshotResource resource, ImmutableArray<PropertyChange> properties, Dictionary<string, Placed> was)
    {
        IEnumerable<string> changed = resource.Is(SubnetType)
            ? properties.Where(p => p.Path.StartsWith("properties.addressPrefix", StringComparison.OrdinalIgnoreCase))
                .Select(_ => resource.Id)
            : properties.Where(p => p.Old is not null && p.Path.StartsWith(Inside, StringComparison.OrdinalIgnoreCase))
                .Where(p => p.Path.Contains("].properties.addressPrefix", StringComparison.OrdinalIgnoreCase))
                .Select(p => $"{resource.Id}/subnets/{p.Path[Inside.Length..p.Path.IndexOf(']')]}");
        return changed.Distinct(ResourceId.Comparer)
            .Where(subnet => was.Values.Any(r => r.Resource.Id != resource.Id && Names(r.Resource, subnet)))
            .Select(ResourceId.NameOf);
    }

    private static bool Names(SnapshotResource resource, string id) =>
        JsonText.Of(resource.Body).Any(t => t.Path != "id" && ResourceId.Comparer.Equals(t.Value, id));

    private static PlannedChange Of(
        string environment,
        Placed placed,
        ChangeKind kind,
        ImmutableArray<PropertyChange> properties,
        ImmutableArray<string> losses) => new(
        environment, placed.Deployment, kind, placed.Resource.Id, placed.Resource.Type, properties, losses);

    private async Task<Dictionary<string, Placed>> ReadAsync(
        string folder, TargetSet set, IProgress<string>? progress, CancellationToken cancellationToken)
    {
        Dictionary<string, Placed> resources = new(ResourceId.Comparer);
        foreach (DeploymentTarget target in set.Targets)
        {
            progress?.Report(Path.Combine(folder, target.Parameters));
            EvaluatedDeployment evaluated = await evaluator.EvaluateAsync(folder, target, cancellationToken);
            if (evaluated.Snapshot is null)
            {
                throw new LandfallException(
                    CheckCodes.NotComparable,
                    $"{target.Parameters} of {folder} cannot be evaluated. Nothing was compared. See why with landfall "
                    + "azure check.");
            }

            foreach (SnapshotResource resource in evaluated.Snapshot.Resources)
            {
                resources[ResourceKey.Of(resource)] = new(target.Name, resource);
            }
        }

        return resources;
    }

    private sealed record Placed(string Deployment, SnapshotResource Resource);
}
