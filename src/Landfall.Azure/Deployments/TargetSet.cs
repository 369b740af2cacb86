using System.Collections.Immutable;

namespace Landfall.Azure.Deployments;

/// <summary>The deployments of one environment of a folder.</summary>
/// <param name="Environment">Its name; empty where others wrote the folder.</param>
/// <param name="IsForeign">Whether others wrote the folder: what is outside of it is not known.</param>
/// <param name="Existing">Ids of resources that are there already; what is below one counts as there too.</param>
/// <param name="Targets">The deployments, in order.</param>
public sealed record TargetSet(
    string Environment, bool IsForeign, ImmutableArray<string> Existing, ImmutableArray<DeploymentTarget> Targets);
