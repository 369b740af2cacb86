using System.Collections.Immutable;
using Landfall.Delta.DeletionVectors;

namespace Landfall.Delta;

/// <summary>A data file that was removed; kept until vacuum may delete it. Immutable.</summary>
public sealed record RemoveFile
{
    /// <summary>The file's path, as <see cref="AddFile.Path"/>.</summary>
    public required string Path { get; init; }

    /// <summary>When it was removed, milliseconds since 1970-01-01 UTC; 0 where the log does not say.</summary>
    public long DeletionTimestamp { get; init; }

    /// <summary>False where its rows live on in other files.</summary>
    public bool DataChange { get; init; } = true;

    /// <summary>Partition values; null where the log does not say.</summary>
    public ImmutableSortedDictionary<string, string?>? PartitionValues { get; init; }

    /// <summary>Bytes; null where the log does not say.</summary>
    public long? Size { get; init; }

    /// <summary>Which of the file's lists of deleted rows went with it; null for none.</summary>
    public DeletionVector? DeletionVector { get; init; }

    internal string? LogPath { get; init; }

    internal static RemoveFile Of(AddFile file, long deletionTimestamp, bool dataChange) => new()
    {
        Path = file.Path,
        DeletionTimestamp = deletionTimestamp,
        DataChange = dataChange,
        PartitionValues = file.PartitionValues,
        Size = file.Size,
        DeletionVector = file.DeletionVector,
        LogPath = file.LogPath,
    };

    /// <summary>The file as it was added, without its statistics, which the log does not repeat.</summary>
    internal AddFile ToAddFile() => new()
    {
        Path = Path,
        Size = Size ?? 0,
        ModificationTime = DeletionTimestamp,
        DataChange = DataChange,
        PartitionValues = PartitionValues ?? AddFile.NoPartition,
        DeletionVector = DeletionVector,
        LogPath = LogPath,
    };
}
