namespace Landfall.Recommender.Linear;

/// <summary>A view of a part of a matrix: where it begins, and how far rows and columns are apart.</summary>
/// <param name="at">The first value.</param>
/// <param name="rows">Rows, at most <see cref="Size"/>.</param>
/// <param name="columns">Columns, at most <see cref="Size"/>.</param>
/// <param name="rowStep">Values from a row to the next.</param>
/// <param name="columnStep">Values from a column to the next.</param>
internal readonly unsafe struct Tile(double* at, int rows, int columns, long rowStep, long columnStep)
{
    /// <summary>
    /// Rows and columns of a whole tile: two packed operands are 1 MiB, which a core's second cache holds.
    /// </summary>
    public const int Size = 256;

    /// <summary>The first value.</summary>
    public double* At => at;

    /// <summary>Rows, at most <see cref="Size"/>.</summary>
    public int Rows => rows;

    /// <summary>Columns, at most <see cref="Size"/>.</summary>
    public int Columns => columns;

    /// <summary>Values from a row to the next.</summary>
    public long RowStep => rowStep;

    /// <summary>Values from a column to the next.</summary>
    public long ColumnStep => columnStep;

    /// <summary>The same values with rows and columns exchanged.</summary>
    public Tile Transposed => new(At, Columns, Rows, ColumnStep, RowStep);

    /// <summary>The value at a row and column.</summary>
    public ref double this[int row, int column] => ref At[(row * RowStep) + (column * ColumnStep)];

    /// <summary>Copies the values over those of another tile of the same shape.</summary>
    public void CopyTo(Tile target)
    {
        for (int row = 0; row < Rows; row++)
        {
            for (int column = 0; column < Columns; column++)
            {
                target[row, column] = this[row, column];
            }
        }
    }

    /// <summary>Sets every value to zero.</summary>
    public void Clear()
    {
        for (int row = 0; row < Rows; row++)
        {
            for (int column = 0; column < Columns; column++)
            {
                this[row, column] = 0;
            }
        }
    }
}
