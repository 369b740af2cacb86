namespace Landfall.Azure.Compiler;

/// <summary>A deployment as the compiler evaluates it, or why it does not.</summary>
/// <param name="Snapshot">The predicted resources as JSON.</param>
/// <param name="Failure">Why there are none.</param>
public sealed record SnapshotAnswer(string? Snapshot, string? Failure);
