using System.Collections.Immutable;
using Landfall.Delta;

namespace Landfall.Engine.Engines;

/// <summary>A data file of a version of a table.</summary>
/// <param name="Path">Its path relative to the table's folder, or absolute.</param>
/// <param name="PartitionValues">Values of partition columns as the log has them; not in the file itself.</param>
public sealed record PinnedFile(string Path, ImmutableSortedDictionary<string, string?> PartitionValues)
{
    /// <summary>A file of the log.</summary>
    public static PinnedFile Of(AddFile file) => new(file.Path, file.PartitionValues);

    /// <summary>A file that a step wrote.</summary>
    public static PinnedFile Of(DataFile file) => new(file.Path, file.PartitionValues);
}
