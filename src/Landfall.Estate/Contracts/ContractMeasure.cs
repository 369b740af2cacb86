using System.Collections.Immutable;

namespace Landfall.Estate.Contracts;

/// <summary>
/// A number that reports show of a table: an aggregate of one of its columns, or the quotient of two such numbers.
/// </summary>
public sealed record ContractMeasure
{
    /// <summary>The custom property of a contract's table that lists its measures.</summary>
    public const string Property = "measures";

    /// <summary>Name for people; no other measure of the contract has it in any case.</summary>
    public required string Name { get; init; }

    /// <summary>What the number is; empty when not said.</summary>
    public string Description { get; init; } = "";

    /// <summary>How it is shown, for example <c>#,0.00</c>; empty when not said.</summary>
    public string Format { get; init; } = "";

    /// <summary>How the values are put together; null for a quotient.</summary>
    public MeasureAggregate? Aggregate { get; init; }

    /// <summary>The column that is put together; empty where rows are counted, and for a quotient.</summary>
    public string Column { get; init; } = "";

    /// <summary>The rows that count: those that keep every condition; empty for all.</summary>
    public ImmutableArray<MeasureFilter> Where { get; init; } = [];

    /// <summary>
    /// For a quotient, the names of the measures of the contract that are divided, the divisor second; empty otherwise.
    /// Nothing divided by zero is no number.
    /// </summary>
    public ImmutableArray<string> Divide { get; init; } = [];
}
