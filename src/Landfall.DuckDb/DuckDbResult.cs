using System.Collections.Immutable;
using Landfall.DuckDb.Interop;
using Landfall.Estate;

namespace Landfall.DuckDb;

/// <summary>The streaming result of one statement: read chunk by chunk, once, forwards.</summary>
/// <remarks>
/// Used by one thread at a time, like its connection. A chunk and every view and span taken from it end with the next
/// chunk or with the result.
/// </remarks>
public sealed class DuckDbResult : IDisposable
{
    private readonly DuckDbConnection _connection;
    private readonly ResultHandle _handle;
    private readonly CancellationToken _cancellation;
    private DataChunkHandle? _chunk;
    private bool _ended;
    private bool _superseded;

    internal DuckDbResult(DuckDbConnection connection, ResultHandle handle, CancellationToken cancellation)
    {
        _connection = connection;
        _handle = handle;
        _cancellation = cancellation;
        Columns = ReadColumns(handle);
    }

    /// <summary>The columns in order.</summary>
    public ImmutableArray<DuckDbColumn> Columns { get; }

    /// <summary>Reads the next chunk, at most 2048 rows; false at the end.</summary>
    /// <exception cref="DuckDbException"><c>LF4100</c>: the statement failed while it ran.</exception>
    /// <exception cref="OperationCanceledException">The token of the statement is cancelled.</exception>
    /// <exception cref="LandfallException"><c>LF4105</c>: a later statement of the connection ended this result.
    /// </exception>
    public bool NextChunk(out DataChunk chunk)
    {
        ObjectDisposedException.ThrowIf(_handle.IsClosed, this);
        _chunk?.Dispose();
        _chunk = _ended ? null : Fetch();
        if (_chunk is null)
        {
            chunk = default;
            return false;
        }

        chunk = new(_chunk, Columns);
        return true;
    }

    /// <summary>
    /// The remaining rows as .NET values, for cold code: every value is boxed. NULL is null; integers are their .NET
    /// types (HUGEINT <see cref="Int128"/>); DECIMAL is <see cref="decimal"/>, or its exact digits as
    /// <see cref="string"/> where it is too long for one; VARCHAR, JSON and ENUM <see cref="string"/>; BLOB byte[];
    /// DATE <see cref="DateOnly"/>; TIME <see cref="TimeOnly"/>; TIMESTAMPTZ <see cref="DateTimeOffset"/>; other
    /// timestamps <see cref="DateTime"/> of no kind, in steps of 100 ns; UUID <see cref="Guid"/>; INTERVAL
    /// <see cref="DuckDbInterval"/>; LIST and ARRAY object?[]; STRUCT Dictionary&lt;string, object?&gt;; MAP
    /// Dictionary&lt;object, object?&gt;, both in DuckDB's order.
    /// </summary>
    /// <exception cref="LandfallException"><c>LF4104</c>: a value has no .NET form; cast it in SQL.</exception>
    public IEnumerable<object?[]> Rows()
    {
        while (NextRows() is { } rows)
        {
            foreach (object?[] row in rows)
            {
                yield return row;
            }
        }
    }

    /// <summary>Ends the statement and lets go of its rows. Safe to call twice.</summary>
    public void Dispose()
    {
        _connection.Forget(this);
        _chunk?.Dispose();
        _handle.Dispose();
    }

    /// <summary>A later statement ended the stream.</summary>
    internal void Supersede() => _superseded = true;

    internal static unsafe ImmutableArray<DuckDbColumn> ReadColumns(ResultHandle handle)
    {
        var columns = new DuckDbColumn[NativeMethods.ColumnCount(handle)];
        for (int i = 0; i < columns.Length; i++)
        {
            columns[i] = new(
                NativeText.Read(NativeMethods.ColumnName(handle, (ulong)i)) ?? "",
                TypeReader.Take(NativeMethods.ColumnLogicalType(handle, (ulong)i)));
        }

        return [.. columns];
    }

    private object?[][]? NextRows()
    {
        if (!NextChunk(out DataChunk chunk))
        {
            return null;
        }

        var rows = new object?[chunk.RowCount][];
        for (int row = 0; row < rows.Length; row++)
        {
            rows[row] = new object?[chunk.ColumnCount];
        }

        for (int column = 0; column < chunk.ColumnCount; column++)
        {
            VectorView vector = chunk[column];
            for (int row = 0; row < rows.Length; row++)
            {
                rows[row][column] = vector.Value(row);
            }
        }

        return rows;
    }

    private unsafe DataChunkHandle? Fetch()
    {
        if (_superseded)
        {
            throw new LandfallException(
                DuckDbCodes.Superseded,
                "A later statement of the same connection ended this result before it was read to its end. The data is "
                + "unchanged. Read a result to its end first, or use a connection for each.");
        }

        using var interruption = new Interruption(_connection.Handle, _cancellation);
        DataChunkHandle next = _handle.Fetch();
        if (!next.IsInvalid && NativeMethods.DataChunkSize(next) > 0)
        {
            next.HangOn(_handle);
            return next;
        }

        next.Dispose();
        string? error = NativeText.Read(NativeMethods.ResultError(_handle));
        End();
        if (!string.IsNullOrEmpty(error))
        {
            interruption.ThrowIfCancelled();
            throw DuckDbException.Statement(error, NativeMethods.ResultErrorType(_handle));
        }

        return null;
    }

    private void End()
    {
        _ended = true;
        _connection.Forget(this);
    }
}
