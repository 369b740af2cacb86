using System.Collections.Immutable;
using Landfall.Azure.Checking.Ranges;
using Landfall.Azure.Deployments;
using Landfall.Azure.Snapshots;
using Landfall.Azure.Types;

namespace Landfall.Azure.Checking;

/// <summary>What rules look at: all deployments of one environment.</summary>
internal sealed class CheckScope
{
    public CheckScope(TargetSet set, ImmutableArray<EvaluatedDeployment> deployments)
    {
        Set = set;
        Deployments = deployments;
        Resources =
        [
            .. deployments.Where(d => d.Snapshot is not null)
                .SelectMany(d => d.Snapshot!.Resources.Select(r => new CheckedResource(d, r))),
        ];
        Ids = new(set, Resources.Select(r => r.Resource));
        Networks = new(Resources);
    }

    public TargetSet Set { get; }

    public ImmutableArray<EvaluatedDeployment> Deployments { get; }

    public ImmutableArray<CheckedResource> Resources { get; }

    public KnownIds Ids { get; }

    public NetworkIndex Networks { get; }

    /// <summary>Azure's types; the first use loads them.</summary>
    public static ResourceTypes Types => ResourceTypes.All;

    public IEnumerable<CheckedResource> Of(string type) => Resources.Where(r => r.Resource.Is(type));

    /// <summary>A finding at a place of a resource.</summary>
    public Finding At(
        CheckedResource resource,
        string path,
        string code,
        FindingSeverity severity,
        string message,
        string fix) => new(
        code,
        severity,
        Set.Environment,
        resource.Deployment.Target.Name,
        resource.PlaceOf(path),
        message,
        fix);

    /// <summary>A finding at a file of a deployment.</summary>
    public Finding At(
        EvaluatedDeployment deployment,
        string place,
        string code,
        FindingSeverity severity,
        string message,
        string fix) => new(
        code, severity, Set.Environment, deployment.Target.Name, place, message, fix);
}
