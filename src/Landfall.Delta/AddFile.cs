using System.Collections.Immutable;
using Landfall.Delta.DeletionVectors;

namespace Landfall.Delta;

/// <summary>A data file of a table. Immutable.</summary>
public sealed record AddFile
{
    /// <summary>
    /// The file's physical path, relative to the table's folder with <c>/</c>, or absolute; not percent-encoded, which
    /// the log does.
    /// </summary>
    public required string Path { get; init; }

    /// <summary>A text for every partition column, null for NULL; empty for a table without partitions.</summary>
    public ImmutableSortedDictionary<string, string?> PartitionValues { get; init; } = NoPartition;

    /// <summary>Bytes.</summary>
    public required long Size { get; init; }

    /// <summary>Milliseconds since 1970-01-01 UTC.</summary>
    public required long ModificationTime { get; init; }

    /// <summary>False where the file only rearranges rows that were there before.</summary>
    public bool DataChange { get; init; } = true;

    /// <summary>What is known of its content; null for nothing.</summary>
    public FileStatistics? Statistics { get; init; }

    /// <summary>Free labels; null for none.</summary>
    public ImmutableSortedDictionary<string, string?>? Tags { get; init; }

    /// <summary>The rows of the file that are deleted; null for none.</summary>
    public DeletionVector? DeletionVector { get; init; }

    /// <summary>The partition values of a table without partitions.</summary>
    public static ImmutableSortedDictionary<string, string?> NoPartition { get; } =
        ImmutableSortedDictionary.Create<string, string?>(StringComparer.Ordinal);

    /// <summary>
    /// The value of a partition column, null for NULL: an empty text in the log is null, as the protocol says, and
    /// writers differ.
    /// </summary>
    public string? PartitionValue(string column) => PartitionValues[column] is { Length: > 0 } value ? value : null;

    /// <summary>The path as the log has it, where it differs from what we would write.</summary>
    internal string? LogPath { get; init; }
}
