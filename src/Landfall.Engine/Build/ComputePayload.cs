using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Landfall.Engine.Engines;
using Landfall.Estate.Contracts;

namespace Landfall.Engine.Build;

/// <summary>What a worker needs to compute a table that no query gives.</summary>
public sealed record ComputePayload
{
    /// <summary>Name of the product's table.</summary>
    public required string Table { get; init; }

    /// <summary>Id of the product.</summary>
    public required string Product { get; init; }

    /// <summary>What the manifest says of it; its shape is the task's own.</summary>
    public required JsonNode Settings { get; init; }

    /// <summary>Hash of the settings and of how the table is computed.</summary>
    public required string Code { get; init; }

    /// <summary>The tables it reads, by the name of the table.</summary>
    public required ImmutableSortedDictionary<string, ComputeInput> Inputs { get; init; }

    /// <summary>The table as it is; null where there is none.</summary>
    public required PinnedTable? Existing { get; init; }

    /// <summary>Whether <see cref="ComputeInput.Changes"/> say all that differs from the last build.</summary>
    public required bool KnowsChanges { get; init; }

    /// <summary>When the step began.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>Columns that may not be null.</summary>
    public required ImmutableArray<string> Required { get; init; }

    /// <summary>Quality rules.</summary>
    public required ImmutableArray<QualityRule> Quality { get; init; }

    /// <summary>The Delta schema of the table, as JSON.</summary>
    public required string Schema { get; init; }

    /// <summary>Folder of the table.</summary>
    public required string TableFolder { get; init; }

    /// <summary>Folder of the step's data files, relative to the table's.</summary>
    public required string StepId { get; init; }

    /// <summary>Folder of files that belong to the product and are no table.</summary>
    public required string ArtifactFolder { get; init; }

    /// <summary>Folders that may be read.</summary>
    public required ImmutableArray<string> ReadFolders { get; init; }
}
