using System.Collections.Immutable;

namespace Landfall.Engine.Verification;

/// <summary>
/// What a worker needs to compare a table with its full rebuild. Selects are DuckDB SQL over data files.
/// </summary>
internal sealed record VerifyPayload
{
    /// <summary>The select that builds the table whole.</summary>
    public required string Rebuild { get; init; }

    /// <summary>The tables that it reads.</summary>
    public required ImmutableArray<VerifyInput> Inputs { get; init; }

    /// <summary>A select of the table as it is.</summary>
    public required string Stored { get; init; }

    /// <summary>The Delta schema of the table, as JSON.</summary>
    public required string Schema { get; init; }

    /// <summary>The column that the table is partitioned by; null for none.</summary>
    public required string? Column { get; init; }

    /// <summary>Folders that may be read.</summary>
    public required ImmutableArray<string> ReadFolders { get; init; }
}

/// <summary>A table that a rebuild reads.</summary>
/// <param name="Zone">First part of its SQL name.</param>
/// <param name="Unit">Second part.</param>
/// <param name="Table">Third part.</param>
/// <param name="Select">A select of its rows.</param>
internal sealed record VerifyInput(string Zone, string Unit, string Table, string Select);

/// <summary>What a worker found.</summary>
/// <param name="Rows">Rows of the rebuild.</param>
/// <param name="Differences">Where they are not those of the table.</param>
internal sealed record VerifyResult(long Rows, ImmutableArray<VerifyDifference> Differences);
