using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Landfall.Recommender.Linear;

/// <summary>
/// Products of tiles: operands are packed into strips that the inner loop reads in order, and the inner loop keeps
/// 8 x 16 sums in registers. The order of additions depends on the operands' shapes alone, so that results are the same
/// whatever threads do.
/// </summary>
internal static unsafe class TileProduct
{
    private const int StripRows = 8;
    private const int StripColumns = 16;

    /// <summary>Adds <c>sign · left · right</c> to a tile.</summary>
    public static void Add(Tile target, Tile left, Tile right, double sign, TileBuffers buffers)
    {
        int depth = left.Columns;
        Pack(left, StripRows, buffers.Left);
        Pack(right.Transposed, StripColumns, buffers.Right);
        double* sums = stackalloc double[StripRows * StripColumns];
        for (int column = 0; column < target.Columns; column += StripColumns)
        {
            double* strip = buffers.Right + ((long)column * depth);
            for (int row = 0; row < target.Rows; row += StripRows)
            {
                Multiply(buffers.Left + ((long)row * depth), strip, depth, sums);
                AddSums(target, row, column, sums, sign);
            }
        }
    }

    /// <summary>
    /// Copies rows in strips of some, each strip column by column; rows that are missing in the last strip are zeros.
    /// </summary>
    private static void Pack(Tile source, int strip, double* target)
    {
        for (int first = 0; first < source.Rows; first += strip)
        {
            int rows = Math.Min(strip, source.Rows - first);
            for (int row = 0; row < strip; row++)
            {
                double* to = target + row;
                double* from = source.At + ((first + row) * source.RowStep);
                for (int column = 0; column < source.Columns; column++, to += strip)
                {
                    *to = row < rows ? from[column * source.ColumnStep] : 0;
                }
            }

            target += (long)strip * source.Columns;
        }
    }

    private static void AddSums(Tile target, int row, int column, double* sums, double sign)
    {
        int rows = Math.Min(StripRows, target.Rows - row);
        int columns = Math.Min(StripColumns, target.Columns - column);
        for (int i = 0; i < rows; i++)
        {
            double* to = target.At + ((row + i) * target.RowStep) + (column * target.ColumnStep);
            for (int j = 0; j < columns; j++)
            {
                to[j * target.ColumnStep] += sign * sums[(i * StripColumns) + j];
            }
        }
    }

    /// <summary>The inner loop: 16 fused multiply-adds for two loads and eight broadcasts.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Multiply(double* left, double* right, int depth, double* sums)
    {
        Vector512<double> s00 = default, s01 = default, s10 = default, s11 = default;
        Vector512<double> s20 = default, s21 = default, s30 = default, s31 = default;
        Vector512<double> s40 = default, s41 = default, s50 = default, s51 = default;
        Vector512<double> s60 = default, s61 = default, s70 = default, s71 = default;
        for (int i = 0; i < depth; i++)
        {
            Vector512<double> b0 = Vector512.LoadAligned(right);
            Vector512<double> b1 = Vector512.LoadAligned(right + 8);
            Vector512<double> a = Vector512.Create(left[0]);
            s00 = Vector512.FusedMultiplyAdd(a, b0, s00);
            s01 = Vector512.FusedMultiplyAdd(a, b1, s01);
            a = Vector512.Create(left[1]);
            s10 = Vector512.FusedMultiplyAdd(a, b0, s10);
            s11 = Vector512.FusedMultiplyAdd(a, b1, s11);
            a = Vector512.Create(left[2]);
            s20 = Vector512.FusedMultiplyAdd(a, b0, s20);
            s21 = Vector512.FusedMultiplyAdd(a, b1, s21);
            a = Vector512.Create(left[3]);
            s30 = Vector512.FusedMultiplyAdd(a, b0, s30);
            s31 = Vector512.FusedMultiplyAdd(a, b1, s31);
            a = Vector512.Create(left[4]);
            s40 = Vector512.FusedMultiplyAdd(a, b0, s40);
            s41 = Vector512.FusedMultiplyAdd(a, b1, s41);
            a = Vector512.Create(left[5]);
            s50 = Vector512.FusedMultiplyAdd(a, b0, s50);
            s51 = Vector512.FusedMultiplyAdd(a, b1, s51);
            a = Vector512.Create(left[6]);
            s60 = Vector512.FusedMultiplyAdd(a, b0, s60);
            s61 = Vector512.FusedMultiplyAdd(a, b1, s61);
            a = Vector512.Create(left[7]);
            s70 = Vector512.FusedMultiplyAdd(a, b0, s70);
            s71 = Vector512.FusedMultiplyAdd(a, b1, s71);
            left += StripRows;
            right += StripColumns;
        }

        Store(sums, 0, s00, s01);
        Store(sums, 1, s10, s11);
        Store(sums, 2, s20, s21);
        Store(sums, 3, s30, s31);
        Store(sums, 4, s40, s41);
        Store(sums, 5, s50, s51);
        Store(sums, 6, s60, s61);
        Store(sums, 7, s70, s71);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(double* sums, int row, Vector512<double> first, Vector512<double> second)
    {
        first.Store(sums + (row * StripColumns));
        second.Store(sums + (row * StripColumns) + 8);
    }
}
