using System.Collections.Immutable;

namespace Landfall.Azure.Planning;

/// <summary>A resource that is not the same in both folders.</summary>
/// <param name="Environment">The environment; empty where others wrote the folders.</param>
/// <param name="Deployment">The deployment that makes it, or made it.</param>
/// <param name="Kind">What becomes of it.</param>
/// <param name="Id">Its id; an expression where its name is known only when deployed.</param>
/// <param name="Type">Its type.</param>
/// <param name="Properties">What changes of it.</param>
/// <param name="Losses">Why data is lost, or why Azure refuses; empty where neither.</param>
public sealed record PlannedChange(
    string Environment,
    string Deployment,
    ChangeKind Kind,
    string Id,
    string Type,
    ImmutableArray<PropertyChange> Properties,
    ImmutableArray<string> Losses);
