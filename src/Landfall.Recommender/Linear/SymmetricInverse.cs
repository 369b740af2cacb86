using Landfall.Estate;

namespace Landfall.Recommender.Linear;

/// <summary>
/// The inverse of a symmetric positive definite matrix, in place: Cholesky's factor, the factor's inverse, and the
/// product of that with itself, each by tiles, n³ floating-point operations in all.
/// </summary>
/// <remarks>
/// Golub and Van Loan, Matrix Computations, sections 4.2 and 2.4. Tiles of a step are spread over threads; what each
/// computes, and in which order, does not depend on them.
/// </remarks>
public static unsafe class SymmetricInverse
{
    /// <summary>Inverts a matrix.</summary>
    /// <param name="matrix">Row by row, size x size values; the lower triangle is read, all of it is written.</param>
    /// <param name="size">Rows and columns, at least 1.</param>
    /// <param name="cancellationToken">Ends the work; the matrix is then neither itself nor its inverse.</param>
    /// <exception cref="LandfallException">
    /// <c>LF4401</c>: the matrix is not positive definite, or holds NaN or infinity.
    /// </exception>
    public static void Invert(double[] matrix, int size, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        if (matrix.LongLength != (long)size * size)
        {
            throw new ArgumentException($"{matrix.LongLength} values are no square of {size}.", nameof(matrix));
        }

        fixed (double* first = matrix)
        {
            TiledMatrix tiles = new(first, size, cancellationToken);
            using DiagonalInverses diagonal = new(size);
            Factor(tiles, diagonal);
            InvertFactor(tiles, diagonal);
            MultiplyFactor(tiles);
            tiles.Mirror();
        }
    }

    /// <summary>L of A = L·Lᵀ into the lower triangle; the inverses of its diagonal tiles besides.</summary>
    private static void Factor(TiledMatrix matrix, DiagonalInverses diagonal)
    {
        for (int k = 0; k < matrix.Count; k++)
        {
            if (!TriangularTile.Factor(matrix[k, k]))
            {
                throw new LandfallException(
                    "LF4401",
                    "The matrix of the model is not positive definite, or holds values that are no numbers. Nothing "
                    + "was trained. Raise lambda, or look for amounts that are not finite.");
            }

            TriangularTile.Invert(matrix[k, k], diagonal[k]);
            int step = k;
            matrix.ForEach(matrix.Count - k - 1, (i, buffers) =>
            {
                Tile panel = matrix[step + 1 + i, step];
                Tile copy = buffers.CopyOf(panel);
                panel.Clear();
                TileProduct.Add(panel, copy, diagonal[step].Transposed, 1, buffers);
            });

            // The rest of the triangle, tile by tile: row i has i + 1 of them.
            int rest = matrix.Count - k - 1;
            matrix.ForEach(rest * (rest + 1) / 2, (index, buffers) =>
            {
                (int row, int column) = Triangle(index);
                TileProduct.Add(
                    matrix[step + 1 + row, step + 1 + column], matrix[step + 1 + row, step],
                    matrix[step + 1 + column, step].Transposed, -1, buffers);
            });
        }
    }

    /// <summary>M = L⁻¹ in place, row by row: M_ij = −L_ii⁻¹ · Σ L_ik·M_kj, k from j to i − 1.</summary>
    private static void InvertFactor(TiledMatrix matrix, DiagonalInverses diagonal)
    {
        using RowOfTiles row = new(matrix);
        for (int i = 0; i < matrix.Count; i++)
        {
            row.Take(i);
            int at = i;
            matrix.ForEach(i, (j, buffers) =>
            {
                Tile sum = buffers.ResultTile(matrix[at, j].Rows, matrix[at, j].Columns);
                sum.Clear();
                for (int k = j; k < at; k++)
                {
                    TileProduct.Add(sum, row[k], matrix[k, j], 1, buffers);
                }

                matrix[at, j].Clear();
                TileProduct.Add(matrix[at, j], diagonal[at], sum, -1, buffers);
            });
            diagonal[i].CopyTo(matrix[i, i]);
        }
    }

    /// <summary>P = Mᵀ·M in place: P_ij = Σ M_kiᵀ·M_kj, k from i; row i needs rows from i on only.</summary>
    private static void MultiplyFactor(TiledMatrix matrix)
    {
        using RowOfTiles row = new(matrix);
        for (int i = 0; i < matrix.Count; i++)
        {
            row.Take(i);
            int at = i;
            matrix.ForEach(i + 1, (j, buffers) =>
            {
                Tile sum = buffers.ResultTile(matrix[at, j].Rows, matrix[at, j].Columns);
                sum.Clear();
                TileProduct.Add(sum, row[at].Transposed, row[j], 1, buffers);
                for (int k = at + 1; k < matrix.Count; k++)
                {
                    TileProduct.Add(sum, matrix[k, at].Transposed, matrix[k, j], 1, buffers);
                }

                sum.CopyTo(matrix[at, j]);
            });
        }
    }

    /// <summary>The tile of a lower triangle at an index, row by row.</summary>
    private static (int Row, int Column) Triangle(int index)
    {
        int row = (int)((Math.Sqrt((8.0 * index) + 1) - 1) / 2);
        return (row, index - (row * (row + 1) / 2));
    }
}
