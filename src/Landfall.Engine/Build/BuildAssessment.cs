using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Landfall.Delta;
using Landfall.Estate;

namespace Landfall.Engine.Build;

/// <summary>Whether a product's table is up to date, and if not, how it is to be built and why.</summary>
public sealed record BuildAssessment
{
    /// <summary>Up to date, by parts, or whole.</summary>
    public required BuildMode Mode { get; init; }

    /// <summary>Why; one phrase.</summary>
    public required string Reason { get; init; }

    /// <summary>The table as it is; null where there is none.</summary>
    public required Snapshot? Current { get; init; }

    /// <summary>
    /// Whether the contract on record is to be brought up to date though no row changes: descriptions, or its version.
    /// </summary>
    public bool RecordsContract { get; init; }

    /// <summary>Whether the table is built anew whatever changed: it is new, or its code or contract differ.</summary>
    public bool IsAnew { get; init; }

    /// <summary>What the table's last build recorded of itself; null where there is nothing.</summary>
    public JsonObject? Info { get; init; }

    /// <summary>The inputs' snapshots by table, at their pinned versions.</summary>
    public required ImmutableSortedDictionary<TableName, Snapshot> Inputs { get; init; }

    /// <summary>What changed in inputs since the last build.</summary>
    public ImmutableArray<BuildChange> Changes { get; init; } = [];
}
