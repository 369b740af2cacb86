using Landfall.Azure.Compiler;
using Landfall.Azure.Deployments;

namespace Landfall.Azure.Snapshots;

/// <summary>A deployment with what the compiler made of it.</summary>
/// <param name="Target">The deployment.</param>
/// <param name="Compilation">Its template and what the compiler reports.</param>
/// <param name="Snapshot">What it makes; null where it cannot be evaluated.</param>
/// <param name="Failure">Why it cannot be evaluated; null where it can, or where it does not compile.</param>
/// <param name="Key">What its content is known by in the cache; empty where there is none.</param>
/// <param name="IsFromCache">Whether nothing had to be compiled.</param>
public sealed record EvaluatedDeployment(
    DeploymentTarget Target, Compilation Compilation, Snapshot? Snapshot, string? Failure, string Key,
    bool IsFromCache);
