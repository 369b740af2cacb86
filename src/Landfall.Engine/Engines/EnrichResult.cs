using System.Collections.Immutable;

namespace Landfall.Engine.Engines;

/// <summary>What an engine derived.</summary>
public sealed record EnrichResult
{
    /// <summary>New data files of the table.</summary>
    public required ImmutableArray<DataFile> Files { get; init; }

    /// <summary>Data files of the table that the new ones replace.</summary>
    public required ImmutableArray<string> Removed { get; init; }

    /// <summary>New data files of the quarantine table for the batches that passed.</summary>
    public required ImmutableArray<DataFile> Quarantine { get; init; }

    /// <summary>Data files of the quarantine that the new ones replace.</summary>
    public required ImmutableArray<string> QuarantineRemoved { get; init; }

    /// <summary>What was read of each batch that passed, in order.</summary>
    public required ImmutableArray<BatchCount> Batches { get; init; }

    /// <summary>The batch that did not pass; null for none. Later ones were not read.</summary>
    public required BatchCount? Failed { get; init; }

    /// <summary>New data files of the quarantine table for the batch that did not pass.</summary>
    public required ImmutableArray<DataFile> FailedQuarantine { get; init; }

    /// <summary>Source columns that the contract does not have.</summary>
    public required ImmutableArray<string> UnknownColumns { get; init; }

    /// <summary>Columns of the contract that the newest batch does not have, by their names there: all null.</summary>
    public ImmutableArray<string> AbsentColumns { get; init; } = [];

    /// <summary>Files of the batches that passed which cannot be read as their format.</summary>
    public ImmutableArray<UnreadableFile> BadFiles { get; init; } = [];
}
