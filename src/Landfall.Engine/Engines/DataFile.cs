using System.Collections.Immutable;
using Landfall.Delta;

namespace Landfall.Engine.Engines;

/// <summary>
/// A data file that was written and is durable, not committed yet. Travels as JSON from worker to orchestrator.
/// </summary>
public sealed record DataFile
{
    /// <summary>Path relative to the table's folder.</summary>
    public required string Path { get; init; }

    /// <summary>Bytes.</summary>
    public required long Size { get; init; }

    /// <summary>Rows.</summary>
    public required long Rows { get; init; }

    /// <summary>Values of partition columns as the log has them; null for NULL.</summary>
    public ImmutableSortedDictionary<string, string?> PartitionValues { get; init; } = AddFile.NoPartition;

    /// <summary>Delta's statistics as JSON.</summary>
    public required string Statistics { get; init; }

    /// <summary>
    /// SHA-256 of the file's bytes in lower-case hexadecimal digits, of one that does not carry its hash itself; null
    /// for others.
    /// </summary>
    public string? Sha256 { get; init; }

    /// <summary>The action that adds the file.</summary>
    /// <param name="modified">When it was written.</param>
    public AddFile ToAddFile(DateTimeOffset modified) => new()
    {
        Path = Path,
        Size = Size,
        ModificationTime = modified.ToUnixTimeMilliseconds(),
        PartitionValues = PartitionValues,
        Statistics = FileStatistics.Of(Statistics),
        Tags = Sha256 is null ? null : FileTags.OfHash(Sha256),
    };

    /// <summary>Nulls in a top-level column of a simple type; 0 where the column has no null count.</summary>
    public long NullCount(string column) => PartitionValues.TryGetValue(column, out string? value)
        ? value is null ? Rows : 0
        : FileStatistics.Of(Statistics)?.NullCount(column) ?? 0;
}
