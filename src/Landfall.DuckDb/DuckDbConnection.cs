using System.Collections.Immutable;
using Landfall.DuckDb.Interop;

namespace Landfall.DuckDb;

/// <summary>A session of a database, with its own settings and transaction.</summary>
/// <remarks>
/// One thread at a time uses a connection and what comes from it; threads that work at once have a connection each.
/// Only <see cref="Interrupt"/> and <see cref="Progress"/> may be called from any thread at any time.
/// A connection streams one result at a time: its next statement ends a result that is still being read, and reading
/// on throws <c>LF4105</c>.
/// A cancelled statement throws <see cref="OperationCanceledException"/>; the connection stays usable.
/// </remarks>
public sealed unsafe class DuckDbConnection : IDisposable
{
    private readonly ConnectionHandle _handle;
    private DuckDbResult? _streaming;

    internal DuckDbConnection(ConnectionHandle handle) => _handle = handle;

    /// <summary>
    /// The share of the running statement that is done, 0 to 1; -1 where none runs or DuckDB cannot tell. It needs the
    /// settings <c>enable_progress_bar=true</c> and <c>enable_progress_bar_print=false</c>.
    /// </summary>
    public double Progress => NativeMethods.QueryProgress(_handle).Percentage is double percent and >= 0
        ? Math.Min(percent / 100, 1)
        : -1;

    internal ConnectionHandle Handle => _handle;

    /// <summary>Ends the running statement, which then throws <see cref="DuckDbException"/>; nothing where none runs.
    /// </summary>
    public void Interrupt() => NativeMethods.Interrupt(_handle);

    /// <summary>Runs one statement or several, separated by semicolons, and forgets their rows.</summary>
    /// <returns>Rows the last statement inserted, updated, deleted or copied to a file; 0 where it does none of that,
    /// and for COPY with RETURN_FILES or RETURN_STATS.</returns>
    /// <exception cref="DuckDbException"><c>LF4100</c>: a statement failed; those before it stand.</exception>
    public long Execute(string sql, CancellationToken cancellationToken = default)
    {
        Begin();
        using ResultHandle result = Complete(sql, cancellationToken);
        return checked((long)NativeMethods.RowsChanged(result));
    }

    /// <summary>Runs one statement and streams its rows; at most a small buffer of them is in memory.</summary>
    /// <param name="sql">One statement.</param>
    /// <param name="cancellationToken">Ends the statement, also while its rows are read.</param>
    /// <exception cref="DuckDbException"><c>LF4100</c>: it failed. A failure may also come while rows are read.
    /// </exception>
    public DuckDbResult Query(string sql, CancellationToken cancellationToken = default)
    {
        using DuckDbStatement statement = Prepare(sql, cancellationToken);
        return statement.Query(cancellationToken);
    }

    /// <summary>
    /// Runs one statement to its end and returns its few rows, as <see cref="DuckDbResult.Rows"/> has them. For work
    /// that takes long and says little: this thread takes part, and sleeps while DuckDB's own have all the work, where
    /// a stream's waits busily.
    /// </summary>
    /// <exception cref="DuckDbException"><c>LF4100</c>: the statement failed.</exception>
    public IReadOnlyList<object?[]> Collect(string sql, CancellationToken cancellationToken = default)
    {
        using DuckDbStatement statement = Prepare(sql, cancellationToken);
        return statement.Collect(cancellationToken);
    }

    /// <summary>Prepares one statement; <c>?</c>, <c>$1</c> and the like are its parameters.</summary>
    /// <exception cref="DuckDbException"><c>LF4100</c>: it does not parse or bind.</exception>
    public DuckDbStatement Prepare(string sql, CancellationToken cancellationToken = default)
    {
        Begin();
        using var interruption = new Interruption(_handle, cancellationToken);
        int state = NativeMethods.Prepare(_handle, sql, out PreparedHandle statement);
        if (state == NativeMethods.Success)
        {
            statement.HangOn(_handle);
            return new(this, statement);
        }

        string? text = statement.IsInvalid ? null : NativeText.Read(NativeMethods.PrepareError(statement));
        statement.Dispose();
        interruption.ThrowIfCancelled();
        throw DuckDbException.Statement(text);
    }

    /// <summary>Starts appending chunks of rows to a table.</summary>
    /// <param name="catalog">The attached database; null for the current one.</param>
    /// <param name="schema">The schema; null for the current one.</param>
    /// <param name="table">The table's name, unquoted.</param>
    /// <exception cref="DuckDbException"><c>LF4100</c>: there is no such table.</exception>
    public DuckDbAppender Appender(string? catalog, string? schema, string table)
    {
        Begin();
        int state = NativeMethods.CreateAppender(_handle, catalog, schema, table, out AppenderHandle appender);
        if (state != NativeMethods.Success)
        {
            using (appender)
            {
                throw DuckDbAppender.Error(appender);
            }
        }

        appender.HangOn(_handle);
        return new(this, appender);
    }

    /// <summary>Makes rows of the program's own readable as a table function.</summary>
    /// <param name="shape">A query whose columns have the names and types of the rows; it is not run for rows.</param>
    /// <param name="source">The rows.</param>
    /// <exception cref="DuckDbException"><c>LF4100</c>: the shape does not parse or bind.</exception>
    public DuckDbTableFunction TableFunction(string shape, IRowSource source) => new(this, shape, source);

    /// <summary>
    /// The first column of the first row, converted to <typeparamref name="T"/>; its default without a row or for NULL.
    /// </summary>
    /// <exception cref="DuckDbException"><c>LF4100</c>: the statement failed.</exception>
    /// <exception cref="InvalidCastException">The value is of another type.</exception>
    public T? Scalar<T>(string sql, CancellationToken cancellationToken = default)
    {
        using DuckDbResult result = Query(sql, cancellationToken);
        object? value = result.Rows().FirstOrDefault()?[0];
        return value switch
        {
            null => default,
            T typed => typed,
            IConvertible => (T)Convert.ChangeType(value, Nullable.GetUnderlyingType(typeof(T)) ?? typeof(T), null),
            Int128 huge when typeof(T) == typeof(long) => (T)(object)checked((long)huge),
            _ => throw new InvalidCastException($"A {value.GetType().Name} of DuckDB is no {typeof(T).Name}."),
        };
    }

    /// <summary>Lets go of the connection; an open transaction is rolled back. Safe to call twice.</summary>
    public void Dispose()
    {
        _streaming?.Dispose();
        _handle.Dispose();
    }

    /// <summary>A new statement ends DuckDB's stream without an error: whoever still reads must hear of it.</summary>
    internal void Begin()
    {
        _streaming?.Supersede();
        _streaming = null;
    }

    /// <summary>
    /// The columns of a query, and their native types, which the caller owns. The statement is over when this returns,
    /// unlike a stream, whose transaction would take in what comes next.
    /// </summary>
    internal (ImmutableArray<DuckDbColumn> Columns, LogicalTypeHandle[] Types) Shape(string sql)
    {
        Begin();
        using ResultHandle result = Complete(sql, CancellationToken.None);
        ImmutableArray<DuckDbColumn> columns = DuckDbResult.ReadColumns(result);
        return (
            columns,
            [.. Enumerable.Range(0, columns.Length).Select(i => NativeMethods.ColumnLogicalType(result, (ulong)i))]);
    }

    internal DuckDbResult Stream(ResultHandle handle, CancellationToken cancellationToken)
    {
        handle.HangOn(_handle);
        _streaming = new(this, handle, cancellationToken);
        return _streaming;
    }

    internal void Forget(DuckDbResult result)
    {
        if (ReferenceEquals(_streaming, result))
        {
            _streaming = null;
        }
    }

    internal static void Check(int state, ResultHandle result, Interruption interruption)
    {
        if (state != NativeMethods.Success)
        {
            interruption.ThrowIfCancelled();
            throw DuckDbException.Statement(
                NativeText.Read(NativeMethods.ResultError(result)), NativeMethods.ResultErrorType(result));
        }
    }

    private ResultHandle Complete(string sql, CancellationToken cancellationToken)
    {
        using var interruption = new Interruption(_handle, cancellationToken);
        var result = new ResultHandle();
        try
        {
            Check(NativeMethods.Query(_handle, sql, result), result, interruption);
            return result;
        }
        catch
        {
            result.Dispose();
            throw;
        }
    }
}
