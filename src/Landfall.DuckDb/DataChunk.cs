using System.Collections.Immutable;
using Landfall.DuckDb.Interop;

namespace Landfall.DuckDb;

/// <summary>A view of some rows of a result, column by column, over DuckDB's own memory.</summary>
/// <remarks>It ends with the next chunk or with the result; its views and spans must not outlive it.</remarks>
public readonly ref struct DataChunk
{
    private readonly DataChunkHandle _handle;
    private readonly ImmutableArray<DuckDbColumn> _columns;

    internal DataChunk(DataChunkHandle handle, ImmutableArray<DuckDbColumn> columns)
    {
        _handle = handle;
        _columns = columns;
        RowCount = (int)NativeMethods.DataChunkSize(handle);
    }

    /// <summary>Rows, 1 to 2048.</summary>
    public int RowCount { get; }

    /// <summary>Columns.</summary>
    public int ColumnCount => _columns.Length;

    /// <summary>A column, from 0.</summary>
    /// <exception cref="ObjectDisposedException">The chunk has ended.</exception>
    public VectorView this[int column] => new(
        NativeMethods.DataChunkVector(_handle, (ulong)column), _columns[column].Type, RowCount);
}
