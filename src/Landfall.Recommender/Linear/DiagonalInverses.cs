using System.Runtime.InteropServices;

namespace Landfall.Recommender.Linear;

/// <summary>The inverses of a factor's diagonal tiles.</summary>
internal sealed unsafe class DiagonalInverses : IDisposable
{
    private readonly int _size;
    private double* _values;

    /// <summary>Makes room for those of a matrix.</summary>
    public DiagonalInverses(int size)
    {
        _size = size;
        _values = (double*)NativeMemory.AllocZeroed((nuint)size, Tile.Size * sizeof(double));
    }

    /// <summary>The inverse of a diagonal tile.</summary>
    public Tile this[int index]
    {
        get
        {
            int extent = Math.Min(Tile.Size, _size - (index * Tile.Size));
            return new(_values + ((long)index * Tile.Size * Tile.Size), extent, extent, Tile.Size, 1);
        }
    }

    /// <summary>Gives the memory back. Safe to call twice.</summary>
    public void Dispose()
    {
        NativeMemory.Free(_values);
        _values = null;
    }
}
