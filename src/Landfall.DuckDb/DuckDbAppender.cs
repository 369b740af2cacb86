using System.Collections.Immutable;
using Landfall.DuckDb.Interop;

namespace Landfall.DuckDb;

/// <summary>Appends rows to a table, a chunk of columns at a time.</summary>
/// <remarks>
/// Fill the columns' rows from 0, then <see cref="Append"/> them, again and again, and <see cref="Complete"/> at the
/// end: without it the rows still buffered are dropped. DuckDB may write earlier rows before that; whoever wants all or
/// nothing appends inside a transaction. Used by one thread at a time, like its connection.
/// </remarks>
public sealed unsafe class DuckDbAppender : IDisposable
{
    private readonly DuckDbConnection _connection;
    private readonly AppenderHandle _handle;
    private readonly DataChunkHandle _chunk;

    internal DuckDbAppender(DuckDbConnection connection, AppenderHandle handle)
    {
        _connection = connection;
        _handle = handle;
        (ColumnTypes, _chunk) = CreateChunk(handle);
    }

    /// <summary>Rows a chunk holds: 2048.</summary>
    public static int Capacity { get; } = LoadCapacity();

    /// <summary>The types of the table's columns in order.</summary>
    public ImmutableArray<DuckDbType> ColumnTypes { get; }

    /// <summary>Writes a column of the current chunk, from 0. The writer ends with <see cref="Append"/>.</summary>
    public VectorWriter this[int column] => new(
        NativeMethods.DataChunkVector(_chunk, (ulong)column), ColumnTypes[column], Capacity);

    /// <summary>Hands the chunk's first rows over and begins the next chunk.</summary>
    /// <param name="rows">0 to <see cref="Capacity"/>; every column has a value or NULL in each.</param>
    /// <exception cref="DuckDbException"><c>LF4100</c>: DuckDB refuses the rows.</exception>
    public void Append(int rows)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rows, Capacity);
        NativeMethods.SetDataChunkSize(_chunk, (ulong)rows);
        _connection.Begin();
        Check(NativeMethods.AppendDataChunk(_handle, _chunk));
        NativeMethods.ResetDataChunk(_chunk);
    }

    /// <summary>Writes the rows still buffered.</summary>
    /// <exception cref="DuckDbException"><c>LF4100</c>: DuckDB refuses them, for example for a constraint.</exception>
    public void Complete()
    {
        _connection.Begin();
        Check(NativeMethods.FlushAppender(_handle));
    }

    /// <summary>Lets go of the appender; rows not completed are dropped. Safe to call twice.</summary>
    public void Dispose()
    {
        _chunk.Dispose();
        _handle.Dispose();
    }

    internal static DuckDbException Error(AppenderHandle handle)
    {
        using ErrorDataHandle error = NativeMethods.AppenderError(handle);
        return DuckDbException.Statement(
            NativeText.Read(NativeMethods.ErrorDataMessage(error)), NativeMethods.ErrorDataType(error));
    }

    private static int LoadCapacity()
    {
        _ = DuckDbLibrary.Version;
        return checked((int)NativeMethods.VectorSize());
    }

    private static (ImmutableArray<DuckDbType> Types, DataChunkHandle Chunk) CreateChunk(AppenderHandle appender)
    {
        var natives = new LogicalTypeHandle[NativeMethods.AppenderColumnCount(appender)];
        var types = new DuckDbType[natives.Length];
        var pointers = new IntPtr[natives.Length];
        for (int i = 0; i < natives.Length; i++)
        {
            natives[i] = NativeMethods.AppenderColumnType(appender, (ulong)i);
            pointers[i] = natives[i].DangerousGetHandle();
        }

        DataChunkHandle chunk;
        fixed (IntPtr* first = pointers)
        {
            chunk = NativeMethods.CreateDataChunk(first, (ulong)pointers.Length);
        }

        for (int i = 0; i < natives.Length; i++)
        {
            types[i] = TypeReader.Take(natives[i]);
        }

        return ([.. types], chunk);
    }

    private void Check(int state)
    {
        if (state != NativeMethods.Success)
        {
            throw Error(_handle);
        }
    }
}
