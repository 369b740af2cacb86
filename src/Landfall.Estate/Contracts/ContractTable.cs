using System.Collections.Immutable;

namespace Landfall.Estate.Contracts;

/// <summary>What one table promises.</summary>
public sealed record ContractTable
{
    /// <summary>The table's SQL name.</summary>
    public required string Name { get; init; }

    /// <summary>What the table is; empty when not said.</summary>
    public required string Description { get; init; }

    /// <summary>Columns in order.</summary>
    public required ImmutableArray<ContractColumn> Columns { get; init; }

    /// <summary>Quality rules of the table and its columns.</summary>
    public required ImmutableArray<QualityRule> Quality { get; init; }

    /// <summary>Names of the primary key's columns in key order; empty for no key.</summary>
    public ImmutableArray<string> PrimaryKey =>
        [.. Columns.Where(c => c.PrimaryKeyPosition > 0).OrderBy(c => c.PrimaryKeyPosition).Select(c => c.Name)];
}
