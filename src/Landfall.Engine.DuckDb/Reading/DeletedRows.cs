using Landfall.Delta;
using Landfall.DuckDb;

namespace Landfall.Engine.DuckDb.Reading;

/// <summary>The deleted rows of data files, file and row number, as rows that a query leaves out.</summary>
/// <param name="tableFolder">Absolute path of the table.</param>
/// <param name="files">Absolute path and file, those with deletion vectors.</param>
internal sealed class DeletedRows(string tableFolder, IReadOnlyList<(string Path, AddFile File)> files) : IRowSource
{
    private int _nextFile;
    private string _path = "";
    private IEnumerator<long>? _rows;

    /// <inheritdoc/>
    public int Fill(RowChunk chunk)
    {
        int filled = 0;
        while (filled < chunk.Capacity)
        {
            if (_rows?.MoveNext() == true)
            {
                chunk[0].Set(filled, _path);
                chunk[1].Set(filled, _rows.Current);
                filled++;
            }
            else if (_nextFile < files.Count)
            {
                (_path, AddFile file) = files[_nextFile++];
                _rows = DeletionVectorFile.Read(tableFolder, file).GetEnumerator();
            }
            else
            {
                break;
            }
        }

        return filled;
    }
}
