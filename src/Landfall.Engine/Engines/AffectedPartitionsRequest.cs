using System.Collections.Immutable;

namespace Landfall.Engine.Engines;

/// <summary>What an engine needs to find the partitions that changed rows affect. It writes nothing.</summary>
/// <param name="Schema">The Delta schema of the table that is partitioned, as JSON.</param>
/// <param name="Column">The column that it is partitioned by.</param>
/// <param name="Inputs">Inputs with their expressions and changes.</param>
public sealed record AffectedPartitionsRequest(string Schema, string Column, ImmutableArray<BuildInput> Inputs);
