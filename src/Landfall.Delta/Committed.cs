using Landfall.Estate;

namespace Landfall.Delta;

/// <summary>The commit is durable and visible.</summary>
/// <param name="Version">The version it made.</param>
/// <param name="Snapshot">The table at that version.</param>
/// <param name="CheckpointFailure">
/// Why the checkpoint that was due could not be written, or the log not be cleaned up after it; null where none was due
/// or all went well. The commit stands.
/// </param>
public sealed record Committed(
    long Version, Snapshot Snapshot, LandfallException? CheckpointFailure = null) : CommitResult;
