namespace Landfall.Recommender.Linear;

/// <summary>
/// Cholesky's factor of one tile, and that factor's inverse: the small part of the work, done directly.
/// </summary>
internal static unsafe class TriangularTile
{
    /// <summary>
    /// Replaces the lower triangle of a tile with its factor and the rest with zeros; false where it has none.
    /// </summary>
    public static bool Factor(Tile tile)
    {
        for (int row = 0; row < tile.Rows; row++)
        {
            double* at = tile.At + (row * tile.RowStep);
            for (int column = 0; column < row; column++)
            {
                double* other = tile.At + (column * tile.RowStep);
                at[column] = (at[column] - VectorMath.Dot(new(at, column), new(other, column))) / other[column];
            }

            double pivot = at[row] - VectorMath.Dot(new(at, row), new(at, row));
            if (!(pivot > 0) || double.IsInfinity(pivot))
            {
                return false;
            }

            at[row] = Math.Sqrt(pivot);
            new Span<double>(at + row + 1, tile.Columns - row - 1).Clear();
        }

        return true;
    }

    /// <summary>
    /// Writes the inverse of a lower triangular tile to another: row by row, each from the rows of the inverse above.
    /// </summary>
    public static void Invert(Tile factor, Tile inverse)
    {
        inverse.Clear();
        for (int row = 0; row < factor.Rows; row++)
        {
            double* to = inverse.At + (row * inverse.RowStep);
            for (int k = 0; k < row; k++)
            {
                VectorMath.AddScaled(new(to, k + 1), new(inverse.At + (k * inverse.RowStep), k + 1), -factor[row, k]);
            }

            double scale = 1 / factor[row, row];
            for (int column = 0; column < row; column++)
            {
                to[column] *= scale;
            }

            to[row] = scale;
        }
    }
}
