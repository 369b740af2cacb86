using System.Collections.Immutable;
using Landfall.Estate.Contracts;
using Landfall.Sql;

namespace Landfall.Engine.Engines;

/// <summary>What an engine needs to build a product's table from a query.</summary>
public sealed record BuildRequest
{
    /// <summary>The portable query, macros unexpanded.</summary>
    public required string Query { get; init; }

    /// <summary>
    /// The same query for an engine whose products of decimals have fewer digits than SQL gives them; null where that
    /// is the query as it stands.
    /// </summary>
    public string? WidenedQuery { get; init; }

    /// <summary>The same query for Spark; null where only DuckDB is asked.</summary>
    public SparkQuery? SparkQuery { get; init; }

    /// <summary>The tables it reads.</summary>
    public required ImmutableArray<BuildInput> Inputs { get; init; }

    /// <summary>The column that the table is partitioned by; null for none.</summary>
    public required string? Column { get; init; }

    /// <summary>Whether only the partitions that changed inputs affect are built.</summary>
    public required bool Incremental { get; init; }

    /// <summary>Columns that may not be null.</summary>
    public required ImmutableArray<string> Required { get; init; }

    /// <summary>Quality rules.</summary>
    public required ImmutableArray<QualityRule> Quality { get; init; }

    /// <summary>The table as it is, whose unaffected partitions stay; null for none.</summary>
    public required PinnedTable? Existing { get; init; }

    /// <summary>The Delta schema of the table, as JSON: every column of the query is cast to its type.</summary>
    public required string Schema { get; init; }

    /// <summary>Absolute folder of the table.</summary>
    public required string TableFolder { get; init; }

    /// <summary>Folder of the step's data files, relative to the table's.</summary>
    public required string StepId { get; init; }
}
