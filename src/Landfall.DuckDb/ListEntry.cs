using System.Runtime.InteropServices;

namespace Landfall.DuckDb;

/// <summary>Where a list's elements lie in its child vector.</summary>
[StructLayout(LayoutKind.Sequential)]
public readonly record struct ListEntry
{
    private readonly ulong _offset;
    private readonly ulong _length;

    /// <summary>An entry of <paramref name="length"/> elements from <paramref name="offset"/>.</summary>
    public ListEntry(int offset, int length)
    {
        _offset = (ulong)offset;
        _length = (ulong)length;
    }

    /// <summary>The first element's row in the child vector.</summary>
    public int Offset => checked((int)_offset);

    /// <summary>How many elements.</summary>
    public int Length => checked((int)_length);
}
