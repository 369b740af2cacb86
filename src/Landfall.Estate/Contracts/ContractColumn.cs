using Landfall.Estate.Types;

namespace Landfall.Estate.Contracts;

/// <summary>What one column promises.</summary>
public sealed record ContractColumn
{
    /// <summary>The column's SQL name.</summary>
    public required string Name { get; init; }

    /// <summary>The column's type.</summary>
    public required DataType Type { get; init; }

    /// <summary>Whether null breaks the contract.</summary>
    public required bool Required { get; init; }

    /// <summary>Position in the primary key from 1; 0 outside the key.</summary>
    public required int PrimaryKeyPosition { get; init; }

    /// <summary>Classification, for example <c>internal</c> or <c>personal</c>; empty when not said.</summary>
    public required string Classification { get; init; }

    /// <summary>What the column is; empty when not said.</summary>
    public required string Description { get; init; }
}
