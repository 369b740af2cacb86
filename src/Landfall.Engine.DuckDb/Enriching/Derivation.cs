using System.Collections.Immutable;
using Landfall.Engine.Engines;

namespace Landfall.Engine.DuckDb.Enriching;

/// <summary>What one pass over files gave.</summary>
internal sealed record Derivation : IDisposable
{
    /// <summary>New data files, in the plan's fresh folder.</summary>
    public required ImmutableArray<DataFile> Files { get; init; }

    /// <summary>Rows that broke the contract; closed with the pass.</summary>
    public required Quarantine Quarantine { get; init; }

    /// <summary>What was read of each batch, in order.</summary>
    public required ImmutableArray<BatchCount> Counts { get; init; }

    /// <summary>Files that cannot be read as their format: there are rows of them among the others.</summary>
    public required ImmutableArray<BadFile> BadFiles { get; init; }

    /// <summary>Source columns that the contract does not have.</summary>
    public required ImmutableArray<string> UnknownColumns { get; init; }

    /// <summary>Source columns that some file of a batch has, by batch.</summary>
    public required ImmutableHashSet<(long Batch, string SourceName)> Present { get; init; }

    /// <summary>Whether a batch has rows and none of its files has a column.</summary>
    public bool Lacks(long batch, EnrichColumn column) =>
        Counts.Any(c => c.Batch == batch && c.Rows > 0) && !Present.Contains((batch, column.SourceName));

    /// <summary>Lets go of the quarantined rows.</summary>
    public void Dispose() => Quarantine.Dispose();
}
