namespace Landfall.Recommender.Linear;

/// <summary>A square matrix seen as tiles, and the threads that work on them.</summary>
internal sealed unsafe class TiledMatrix(double* first, int size, CancellationToken cancellationToken)
{
    private readonly ParallelOptions _options = new()
    {
        CancellationToken = cancellationToken, MaxDegreeOfParallelism = Environment.ProcessorCount,
    };

    /// <summary>Rows and columns of tiles.</summary>
    public int Count { get; } = (size + Tile.Size - 1) / Tile.Size;

    /// <summary>Rows and columns of values.</summary>
    public int Size => size;

    /// <summary>A tile; those of the last row and column may be smaller.</summary>
    public Tile this[int row, int column] => new(
        first + ((long)row * Tile.Size * size) + (column * Tile.Size), Extent(row), Extent(column), size, 1);

    /// <summary>Values in a row or column of tiles.</summary>
    public int Extent(int index) => Math.Min(Tile.Size, size - (index * Tile.Size));

    /// <summary>Does a piece of work for each index, in parallel, each with the buffers of its thread.</summary>
    public void ForEach(int count, Action<int, TileBuffers> work) => Parallel.For(
        0, count, _options, () => new TileBuffers(), (index, _, buffers) =>
        {
            work(index, buffers);
            return buffers;
        },
        buffers => buffers.Dispose());

    /// <summary>Copies the lower triangle over the upper one.</summary>
    public void Mirror() => ForEach(Count, (row, _) =>
    {
        for (int column = 0; column < row; column++)
        {
            this[row, column].Transposed.CopyTo(this[column, row]);
        }

        Tile diagonal = this[row, row];
        for (int i = 0; i < diagonal.Rows; i++)
        {
            for (int j = 0; j < i; j++)
            {
                diagonal[j, i] = diagonal[i, j];
            }
        }
    });
}
