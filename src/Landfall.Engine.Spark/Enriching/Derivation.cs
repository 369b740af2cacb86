using System.Collections.Immutable;
using Landfall.Engine.Engines;

namespace Landfall.Engine.Spark.Enriching;

/// <summary>What was read of the batches that are looked at.</summary>
internal sealed record Derivation
{
    /// <summary>What was read of each batch, in order.</summary>
    public required ImmutableArray<BatchCount> Counts { get; init; }

    /// <summary>Source columns that the contract does not have, in order.</summary>
    public required ImmutableArray<string> UnknownColumns { get; init; }

    /// <summary>Source columns that some file of a batch has, by batch.</summary>
    public required ImmutableHashSet<(long Batch, string SourceName)> Present { get; init; }

    /// <summary>Whether a batch has rows and none of its files has a column.</summary>
    public bool Lacks(long batch, EnrichColumn column) =>
        Counts.Any(c => c.Batch == batch && c.Rows > 0) && !Present.Contains((batch, column.SourceName));

    /// <summary>The same with rows besides that broke rules.</summary>
    public Derivation With(IEnumerable<(long Batch, string Rule, long Rows)> broken) => this with
    {
        Counts = [.. Counts.Select(c => c with { Rules = broken.Where(b => b.Batch == c.Batch).Aggregate(
            c.Rules, (rules, b) => rules.SetItem(b.Rule, rules.GetValueOrDefault(b.Rule) + b.Rows)) })],
    };
}
