using System.Collections.Immutable;
using Landfall.Azure.Policies.Evaluation;
using Landfall.Azure.Policies.Language;
using Landfall.Azure.Snapshots;
using Landfall.Estate.Diagnostics;

namespace Landfall.Azure.Policies.Cases;

/// <summary>A resource with what a policy should mean for it.</summary>
/// <param name="Place">Where it stands.</param>
/// <param name="Name">What it shows.</param>
/// <param name="Policy">Name of the definition.</param>
/// <param name="Assignment">The assignment that gives its parameters; null for the definition alone.</param>
/// <param name="Arguments">Values of parameters, where there is no assignment.</param>
/// <param name="Resource">The resource.</param>
/// <param name="Beside">Resources that are there too.</param>
/// <param name="Expected">What the policy should mean.</param>
/// <param name="Because">Path of a condition that should decide it; null where that does not matter.</param>
internal sealed record PolicyCase(
    SourceLocation Place,
    string Name,
    string Policy,
    string? Assignment,
    ImmutableDictionary<string, PolicyExpression> Arguments,
    SnapshotResource Resource,
    ImmutableArray<SnapshotResource> Beside,
    PolicyOutcome Expected,
    string? Because);
