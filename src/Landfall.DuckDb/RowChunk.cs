using System.Collections.Immutable;
using Landfall.DuckDb.Interop;

namespace Landfall.DuckDb;

/// <summary>
/// The rows that a query asks of an <see cref="IRowSource"/>, column by column, in DuckDB's own memory.
/// </summary>
public readonly ref struct RowChunk
{
    private readonly IntPtr _chunk;
    private readonly ImmutableArray<DuckDbColumn> _columns;

    internal RowChunk(IntPtr chunk, ImmutableArray<DuckDbColumn> columns)
    {
        _chunk = chunk;
        _columns = columns;
    }

    /// <summary>Rows that fit: 2048.</summary>
    public int Capacity => DuckDbAppender.Capacity;

    /// <summary>Writes a column, from 0.</summary>
    public VectorWriter this[int column] => new(
        NativeMethods.DataChunkVector(_chunk, (ulong)column), _columns[column].Type, Capacity);
}
