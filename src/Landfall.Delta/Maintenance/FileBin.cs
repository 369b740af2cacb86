using System.Collections.Immutable;

namespace Landfall.Delta.Maintenance;

/// <summary>Files of one partition that are to become one file.</summary>
/// <param name="PartitionValues">Their partition values.</param>
/// <param name="Files">The files, at least two, in the order in which their rows go into the new one.</param>
public sealed record FileBin(
    ImmutableSortedDictionary<string, string?> PartitionValues, ImmutableArray<AddFile> Files)
{
    /// <summary>Bytes of the files.</summary>
    public long Bytes => Files.Sum(f => f.Size);

    /// <summary>Rows in the files; null where a file does not say.</summary>
    public long? Rows => Files.Any(f => f.Statistics is null) ? null : Files.Sum(f => f.Statistics!.NumRecords);
}
