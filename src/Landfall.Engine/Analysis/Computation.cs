namespace Landfall.Engine.Analysis;

/// <summary>How a worker computes a table that no SQL gives.</summary>
/// <param name="TaskKind">Kind of the worker's task.</param>
/// <param name="Settings">What the task is told, as JSON.</param>
/// <param name="KeepsRows">Whether the table only grows: what the task writes comes to its rows.</param>
/// <param name="Files">What the task does with the product's files that are no tables.</param>
public sealed record Computation(string TaskKind, string Settings, bool KeepsRows, ArtifactUse Files);
