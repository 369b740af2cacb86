using System.Collections.Immutable;
using Landfall.Estate.Contracts;

namespace Landfall.Testing.Engines;

/// <summary>A build that every engine does alike.</summary>
/// <param name="Name">What it is about.</param>
public sealed record EngineCase(string Name)
{
    /// <summary>The tables that the query reads.</summary>
    public ImmutableArray<EngineCaseTable> Inputs { get; init; } = [];

    /// <summary>The portable query.</summary>
    public required string Query { get; init; }

    /// <summary>Columns of the contract, for example <c>month date</c>.</summary>
    public required ImmutableArray<string> Columns { get; init; }

    /// <summary>The incremental column; null for none.</summary>
    public string? Column { get; init; }

    /// <summary>The table as it is, whose unaffected partitions stay: its rows; null builds whole.</summary>
    public string? Existing { get; init; }

    /// <summary>Columns that may not be null.</summary>
    public ImmutableArray<string> Required { get; init; } = [];

    /// <summary>Rules.</summary>
    public ImmutableArray<QualityRule> Rules { get; init; } = [];

    /// <summary>The rows, in DuckDB's SQL; empty where it fails.</summary>
    public string Rows { get; init; } = "";

    /// <summary>The values built anew; null where it is built whole.</summary>
    public ImmutableArray<string?> Values { get; init; } = [];

    /// <summary>What each rule measures, and whether it holds, for example <c>rows 3 holds</c>.</summary>
    public ImmutableArray<string> Quality { get; init; } = [];

    /// <summary>Required columns in which nulls are found.</summary>
    public ImmutableArray<string> NullColumns { get; init; } = [];

    /// <summary>The codes of which one is the failure's; empty where it succeeds.</summary>
    public ImmutableArray<string> Failure { get; init; } = [];

    /// <summary>The name: lists of tests show it.</summary>
    public override string ToString() => Name;
}
