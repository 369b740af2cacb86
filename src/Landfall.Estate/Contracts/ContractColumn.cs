using Landfall.Estate.Types;

namespace Landfall.Estate.Contracts;

/// <summary>What one column promises.</summary>
public sealed record ContractColumn
{
    /// <summary>
    /// The custom property of a contract's column that the source no longer has: its value is the day on which the
    /// owner accepted it.
    /// </summary>
    public const string GoneProperty = "landfall.goneFromSource";

    /// <summary>The column's SQL name.</summary>
    public required string Name { get; init; }

    /// <summary>The column's type.</summary>
    public required DataType Type { get; init; }

    /// <summary>Whether null breaks the contract.</summary>
    public required bool Required { get; init; }

    /// <summary>Position in the primary key from 1; 0 outside the key.</summary>
    public required int PrimaryKeyPosition { get; init; }

    /// <summary>Whether no two rows have the same value; null does not count.</summary>
    public bool Unique { get; init; }

    /// <summary>
    /// Whether the owner has accepted that the source no longer has the column, so that its values become null.
    /// </summary>
    public bool GoneFromSource { get; init; }

    /// <summary>Classification, for example <c>internal</c> or <c>personal</c>; empty when not said.</summary>
    public required string Classification { get; init; }

    /// <summary>What the column is; empty when not said.</summary>
    public required string Description { get; init; }
}
