using System.Collections.Immutable;
using Landfall.Estate.Contracts;

namespace Landfall.Engine.Build;

/// <summary>What a worker needs to build a product's table. Selects are DuckDB SQL over data files.</summary>
internal sealed record BuildPayload
{
    /// <summary>The compiled select of the model.</summary>
    public required string Sql { get; init; }

    /// <summary>The tables it reads.</summary>
    public required ImmutableArray<BuildInput> Inputs { get; init; }

    /// <summary>The column that the table is partitioned by; null for none.</summary>
    public required string? Column { get; init; }

    /// <summary>DuckDB type of that column.</summary>
    public required string? ColumnType { get; init; }

    /// <summary>Whether only affected values are built.</summary>
    public required bool Incremental { get; init; }

    /// <summary>Columns that may not be null.</summary>
    public required ImmutableArray<string> Required { get; init; }

    /// <summary>Quality rules.</summary>
    public required ImmutableArray<QualityRule> Quality { get; init; }

    /// <summary>A select of the table as it is, whose unaffected values stay; null for none.</summary>
    public required string? Existing { get; init; }

    /// <summary>The Delta schema of the table, as JSON.</summary>
    public required string Schema { get; init; }

    /// <summary>Folder of the table.</summary>
    public required string TableFolder { get; init; }

    /// <summary>Folder of the step's data files, relative to the table's.</summary>
    public required string StepId { get; init; }

    /// <summary>Folders that may be read.</summary>
    public required ImmutableArray<string> ReadFolders { get; init; }
}

/// <summary>A table that a build reads.</summary>
/// <param name="Zone">First part of its SQL name.</param>
/// <param name="Unit">Second part.</param>
/// <param name="Table">Third part.</param>
/// <param name="Select">A select of its rows.</param>
/// <param name="Expression">For an incremental input: the value of the column that a row influences; else null.</param>
/// <param name="MonthColumn">The column whose month the expression is, where it is that simple; else null.</param>
/// <param name="Changes">For a changed incremental input: a select of the rows that came and went; else null.</param>
internal sealed record BuildInput(
    string Zone, string Unit, string Table, string Select, string? Expression, string? MonthColumn,
    string? Changes);
