using System.Collections.Immutable;

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

    internal string? LogPath { get; init; }

    internal static RemoveFile Of(AddFile file, long deletionTimestamp, bool dataChange) => new()
    {
        Path = file.Path,
        DeletionTimestamp = deletionTimestamp,
        DataChange = dataChange,
        PartitionValues = file.PartitionValues,
        Size = file.Size,
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
        LogPath = LogPath,
    };
}
