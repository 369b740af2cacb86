using System.Collections.Immutable;

namespace Landfall.Delta.Maintenance;

/// <summary>Decides which small files of a table are worth joining.</summary>
public static class FileBins
{
    /// <summary>
    /// A file of this share of the target is big: joined files come out a little smaller than what went in, and would
    /// otherwise be rewritten for ever.
    /// </summary>
    private const double BigShare = 0.75;

    /// <summary>
    /// Files in a bin at most, so that what is open at once is bounded; what remains small is joined the next time.
    /// </summary>
    private const int FilesMax = 1000;

    /// <summary>Whether a file is left as it is because of its size.</summary>
    public static bool IsBig(AddFile file, long targetBytes) => file.Size >= targetBytes * BigShare;

    /// <summary>
    /// Puts the small files of each partition into bins of at most the target's size, in the order in which they were
    /// written, so that bounds of a column that grows with time stay narrow. A file alone in its bin is left out.
    /// </summary>
    /// <param name="files">Files of one table.</param>
    /// <param name="targetBytes">Size that a joined file should come near to.</param>
    public static ImmutableArray<FileBin> Plan(IEnumerable<AddFile> files, long targetBytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(targetBytes);
        return
        [
            .. files.Where(f => !IsBig(f, targetBytes))
                .GroupBy(KeyOf, StringComparer.Ordinal)
                .OrderBy(g => g.Key, StringComparer.Ordinal)
                .SelectMany(g => Fill(g, targetBytes)),
        ];
    }

    private static IEnumerable<FileBin> Fill(IEnumerable<AddFile> partition, long targetBytes)
    {
        List<AddFile> bin = [];
        long bytes = 0;
        foreach (AddFile file in partition
            .OrderBy(f => f.ModificationTime).ThenBy(f => f.Path, StringComparer.Ordinal))
        {
            if (bin.Count == FilesMax || (bin.Count > 0 && bytes + file.Size > targetBytes))
            {
                if (bin.Count > 1)
                {
                    yield return new(bin[0].PartitionValues, [.. bin]);
                }

                bin.Clear();
                bytes = 0;
            }

            bin.Add(file);
            bytes += file.Size;
        }

        if (bin.Count > 1)
        {
            yield return new(bin[0].PartitionValues, [.. bin]);
        }
    }

    /// <summary>The protocol stores NULL as null or as the empty text.</summary>
    private static string KeyOf(AddFile file) => string.Join(
        '\0', file.PartitionValues.Select(v => $"{v.Key}\0{(string.IsNullOrEmpty(v.Value) ? "n" : "v" + v.Value)}"));
}
