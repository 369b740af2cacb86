using System.Collections.Immutable;
using Landfall.Azure.Snapshots;

namespace Landfall.Azure.Checking;

/// <summary>What checking a folder gave.</summary>
/// <param name="Findings">What is wrong, by environment, deployment, place and code.</param>
/// <param name="Deployments">The deployments.</param>
public sealed record CheckResult(
    ImmutableArray<Finding> Findings, ImmutableArray<(string Environment, EvaluatedDeployment Deployment)> Deployments)
{
    /// <summary>Whether nothing but notes was found.</summary>
    public bool IsClean => Findings.All(f => f.Severity == FindingSeverity.Note);

    /// <summary>How many resources the deployments make.</summary>
    public int Resources => Deployments.Sum(d => d.Deployment.Snapshot?.Resources.Length ?? 0);

    /// <summary>How many deployments came from the cache.</summary>
    public int FromCache => Deployments.Count(d => d.Deployment.IsFromCache);

    /// <summary>The values that are known only when deployed, about which no rule says anything.</summary>
    public IEnumerable<(string Environment, string Deployment, UnknownValue Value)> Unknown => Deployments
        .SelectMany(d => (d.Deployment.Snapshot?.Unknown ?? [])
            .Select(u => (d.Environment, d.Deployment.Target.Name, u)));

    /// <summary>How many findings weigh as much.</summary>
    public int Count(FindingSeverity severity) => Findings.Count(f => f.Severity == severity);
}
