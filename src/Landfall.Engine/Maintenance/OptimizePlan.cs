using System.Collections.Immutable;
using Landfall.Delta;
using Landfall.Delta.Maintenance;

namespace Landfall.Engine.Maintenance;

/// <summary>What joining a table's small files would do.</summary>
/// <param name="Snapshot">The version that was looked at.</param>
/// <param name="Bins">Files that would become one, bin by bin; empty where there is nothing to do.</param>
public sealed record OptimizePlan(Snapshot Snapshot, ImmutableArray<FileBin> Bins)
{
    /// <summary>Small files that would go.</summary>
    public int Files => Bins.Sum(b => b.Files.Length);

    /// <summary>Their bytes.</summary>
    public long Bytes => Bins.Sum(b => b.Bytes);
}
