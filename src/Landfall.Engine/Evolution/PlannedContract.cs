using System.Collections.Immutable;

namespace Landfall.Engine.Evolution;

/// <summary>A change of a contract that a run would bring to the lake.</summary>
/// <param name="Drift">The change.</param>
/// <param name="Consumers">Whom of other zones it reaches; none where it breaks nothing.</param>
public sealed record PlannedContract(ContractDrift Drift, ImmutableArray<Consumer> Consumers);
