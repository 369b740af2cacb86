using System.Runtime.InteropServices;

namespace Landfall.Recommender.Linear;

/// <summary>Aligned memory of one thread for packed operands and a tile's result.</summary>
internal sealed unsafe class TileBuffers : IDisposable
{
    private const nuint Alignment = 64;

    /// <summary>Makes buffers for tiles of at most <see cref="Tile.Size"/> rows and columns.</summary>
    public TileBuffers()
    {
        Left = Allocate();
        Right = Allocate();
        Result = Allocate();
    }

    /// <summary>The packed left operand.</summary>
    public double* Left { get; private set; }

    /// <summary>The packed right operand.</summary>
    public double* Right { get; private set; }

    private double* Result { get; set; }

    /// <summary>A tile of this thread's own, with whatever was in it before.</summary>
    public Tile ResultTile(int rows, int columns) => new(Result, rows, columns, Tile.Size, 1);

    /// <summary>A copy of a tile in this thread's own memory.</summary>
    public Tile CopyOf(Tile tile)
    {
        Tile copy = ResultTile(tile.Rows, tile.Columns);
        tile.CopyTo(copy);
        return copy;
    }

    /// <summary>Gives the memory back. Safe to call twice.</summary>
    public void Dispose()
    {
        NativeMemory.AlignedFree(Left);
        NativeMemory.AlignedFree(Right);
        NativeMemory.AlignedFree(Result);
        Left = Right = Result = null;
    }

    private static double* Allocate() =>
        (double*)NativeMemory.AlignedAlloc((nuint)(Tile.Size * Tile.Size * sizeof(double)), Alignment);
}
