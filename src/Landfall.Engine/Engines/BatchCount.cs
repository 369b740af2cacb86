using System.Collections.Immutable;

namespace Landfall.Engine.Engines;

/// <summary>What was read of a batch.</summary>
/// <param name="Batch">The batch.</param>
/// <param name="Rows">Rows read, bad ones included.</param>
/// <param name="Rules">Rows quarantined by the rule they broke.</param>
public sealed record BatchCount(long Batch, long Rows, ImmutableSortedDictionary<string, long> Rules)
{
    /// <summary>Rows quarantined.</summary>
    public long Bad => Rules.Values.Sum();
}
