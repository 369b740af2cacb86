using System.Collections.Immutable;
using Landfall.Delta;

namespace Landfall.Engine.Maintenance;

/// <summary>What vacuum would delete.</summary>
/// <param name="Snapshot">The version that was looked at.</param>
/// <param name="Retention">How long unneeded files stay.</param>
/// <param name="Cutoff">Only files older than this go.</param>
/// <param name="Files">The files, in order of their paths.</param>
/// <param name="EmptyFolders">Old folders with nothing in them, relative, the deepest first.</param>
public sealed record VacuumPlan(
    Snapshot Snapshot, TimeSpan Retention, DateTimeOffset Cutoff, ImmutableArray<VacuumFile> Files,
    ImmutableArray<string> EmptyFolders)
{
    /// <summary>Bytes of the files.</summary>
    public long Bytes => Files.Sum(f => f.Bytes);

    /// <summary>Whether there is nothing to delete.</summary>
    public bool IsEmpty => Files.IsEmpty && EmptyFolders.IsEmpty;
}
