using Landfall.Delta;
using Landfall.DuckDb;

namespace Landfall.Engine.DuckDb.Reading;

/// <summary>Data files with the partition values that the log gives them, as rows that a query joins.</summary>
/// <param name="files">Absolute path and file.</param>
/// <param name="columns">Partition columns as the log calls them.</param>
internal sealed class FileRows(IReadOnlyList<(string Path, AddFile File)> files, IReadOnlyList<string> columns)
    : IRowSource
{
    private int _next;

    /// <inheritdoc/>
    public int Fill(RowChunk chunk)
    {
        int count = Math.Min(chunk.Capacity, files.Count - _next);
        for (int row = 0; row < count; row++, _next++)
        {
            chunk[0].Set(row, files[_next].Path);
            for (int column = 0; column < columns.Count; column++)
            {
                // The protocol stores NULL as null and as the empty text.
                string? value = files[_next].File.PartitionValues.GetValueOrDefault(columns[column]);
                if (string.IsNullOrEmpty(value))
                {
                    chunk[column + 1].SetNull(row);
                }
                else
                {
                    chunk[column + 1].Set(row, value);
                }
            }
        }

        return count;
    }
}
