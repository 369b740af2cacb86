using System.Runtime.InteropServices;

namespace Landfall.Recommender.Linear;

/// <summary>A copy of a row of tiles up to the diagonal, while the row itself is overwritten.</summary>
internal sealed unsafe class RowOfTiles : IDisposable
{
    private readonly TiledMatrix _matrix;
    private double* _values;
    private int _row;

    /// <summary>Makes room for a row of a matrix.</summary>
    public RowOfTiles(TiledMatrix matrix)
    {
        _matrix = matrix;
        _values = (double*)NativeMemory.Alloc((nuint)matrix.Size, Tile.Size * sizeof(double));
    }

    /// <summary>A tile of the row that was taken.</summary>
    public Tile this[int column] => new(
        _values + (column * Tile.Size), _matrix.Extent(_row), _matrix.Extent(column), _matrix.Size, 1);

    /// <summary>Copies a row, up to and with its diagonal tile.</summary>
    public void Take(int row)
    {
        _row = row;
        _matrix.ForEach(row + 1, (column, _) => _matrix[row, column].CopyTo(this[column]));
    }

    /// <summary>Gives the memory back. Safe to call twice.</summary>
    public void Dispose()
    {
        NativeMemory.Free(_values);
        _values = null;
    }
}
