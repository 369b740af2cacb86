using System.Text;
using Landfall.DuckDb.Interop;

namespace Landfall.DuckDb;

/// <summary>A prepared statement. Values stay bound until bound anew, so it can run many times.</summary>
/// <remarks>Used by one thread at a time, like its connection. Parameters are numbered from 1.</remarks>
public sealed unsafe class DuckDbStatement : IDisposable
{
    private readonly DuckDbConnection _connection;
    private readonly PreparedHandle _handle;

    internal DuckDbStatement(DuckDbConnection connection, PreparedHandle handle)
    {
        _connection = connection;
        _handle = handle;
    }

    /// <summary>How many parameters it has.</summary>
    public int ParameterCount => checked((int)NativeMethods.ParameterCount(_handle));

    /// <summary>Binds NULL.</summary>
    public void BindNull(int index) => Check(index, NativeMethods.BindNull(_handle, Number(index)));

    /// <summary>Binds a BOOLEAN; null is NULL.</summary>
    public void Bind(int index, bool? value) => Check(index, value is { } given
        ? NativeMethods.BindBoolean(_handle, Number(index), given)
        : NativeMethods.BindNull(_handle, Number(index)));

    /// <summary>Binds an INTEGER; null is NULL.</summary>
    public void Bind(int index, int? value) => Check(index, value is { } given
        ? NativeMethods.BindInt32(_handle, Number(index), given)
        : NativeMethods.BindNull(_handle, Number(index)));

    /// <summary>Binds a BIGINT; null is NULL.</summary>
    public void Bind(int index, long? value) => Check(index, value is { } given
        ? NativeMethods.BindInt64(_handle, Number(index), given)
        : NativeMethods.BindNull(_handle, Number(index)));

    /// <summary>Binds a DOUBLE; null is NULL.</summary>
    public void Bind(int index, double? value) => Check(index, value is { } given
        ? NativeMethods.BindDouble(_handle, Number(index), given)
        : NativeMethods.BindNull(_handle, Number(index)));

    /// <summary>Binds a DECIMAL as wide as the value, with its scale; null is NULL.</summary>
    public void Bind(int index, decimal? value) => Check(index, value is { } given
        ? NativeMethods.BindDecimal(_handle, Number(index), DecimalText.ToNative(given))
        : NativeMethods.BindNull(_handle, Number(index)));

    /// <summary>Binds a DATE; null is NULL.</summary>
    public void Bind(int index, DateOnly? value) => Check(index, value is { } given
        ? NativeMethods.BindDate(_handle, Number(index), Instants.Days(given))
        : NativeMethods.BindNull(_handle, Number(index)));

    /// <summary>Binds a TIMESTAMPTZ, rounded down to the microsecond; null is NULL.</summary>
    public void Bind(int index, DateTimeOffset? value) => Check(index, value is { } given
        ? NativeMethods.BindTimestampTz(_handle, Number(index), Instants.Micros(given))
        : NativeMethods.BindNull(_handle, Number(index)));

    /// <summary>Binds a VARCHAR; null is NULL.</summary>
    public void Bind(int index, string? value)
    {
        if (value is null)
        {
            BindNull(index);
            return;
        }

        byte[] bytes = Encoding.UTF8.GetBytes(value);
        fixed (byte* text = bytes)
        {
            byte none;
            Check(index, NativeMethods.BindVarchar(
                _handle, Number(index), text is null ? &none : text, (ulong)bytes.Length));
        }
    }

    /// <summary>Binds a BLOB; null is NULL.</summary>
    public void Bind(int index, byte[]? value)
    {
        if (value is null)
        {
            BindNull(index);
            return;
        }

        fixed (byte* data = value)
        {
            byte none;
            Check(index, NativeMethods.BindBlob(
                _handle, Number(index), data is null ? &none : data, (ulong)value.Length));
        }
    }

    /// <summary>Binds a list of VARCHAR, for example the files of <c>read_parquet(?)</c>; null is NULL.</summary>
    public void Bind(int index, IReadOnlyCollection<string>? values)
    {
        if (values is null)
        {
            BindNull(index);
            return;
        }

        using ValueHandle list = TextList.Create(values);
        Check(index, NativeMethods.BindValue(_handle, Number(index), list));
    }

    /// <summary>Forgets all bound values.</summary>
    public void ClearBindings() => _ = NativeMethods.ClearBindings(_handle);

    /// <summary>Runs it and forgets its rows.</summary>
    /// <returns>Rows it changed, as <see cref="DuckDbConnection.Execute"/> counts them.</returns>
    /// <exception cref="DuckDbException"><c>LF4100</c>: it failed.</exception>
    public long Execute(CancellationToken cancellationToken = default)
    {
        _connection.Begin();
        using var interruption = new Interruption(_connection.Handle, cancellationToken);
        using var result = new ResultHandle();
        Complete(result, interruption);
        return checked((long)NativeMethods.RowsChanged(result));
    }

    /// <summary>Runs it and streams its rows, as <see cref="DuckDbConnection.Query"/> does.</summary>
    /// <exception cref="DuckDbException"><c>LF4100</c>: it failed. A failure may also come while rows are read.
    /// </exception>
    public DuckDbResult Query(CancellationToken cancellationToken = default)
    {
        _connection.Begin();
        using var interruption = new Interruption(_connection.Handle, cancellationToken);
        var result = new ResultHandle();
        try
        {
            int state = NativeMethods.ExecutePreparedStreaming(_handle, result);
            DuckDbConnection.Check(state, result, interruption);
            return _connection.Stream(result, cancellationToken);
        }
        catch
        {
            result.Dispose();
            throw;
        }
    }

    /// <summary>Runs it and returns all its rows.</summary>
    internal IReadOnlyList<object?[]> Collect(CancellationToken cancellationToken)
    {
        _connection.Begin();
        var result = new ResultHandle();
        using (var interruption = new Interruption(_connection.Handle, cancellationToken))
        {
            try
            {
                Complete(result, interruption);
            }
            catch
            {
                result.Dispose();
                throw;
            }
        }

        using DuckDbResult rows = new(_connection, result, cancellationToken);
        return [.. rows.Rows()];
    }

    /// <summary>Lets go of the statement; results it gave stay readable. Safe to call twice.</summary>
    public void Dispose() => _handle.Dispose();

    /// <summary>
    /// Takes part in the work, and sleeps while DuckDB's threads have all of it: DuckDB's own call would ask for tasks
    /// without a pause, and take a core from the threads that work.
    /// </summary>
    private void Complete(ResultHandle result, Interruption interruption)
    {
        int state = NativeMethods.PendingPrepared(_handle, out PendingHandle pending);
        using (pending)
        {
            if (state != NativeMethods.Success)
            {
                interruption.ThrowIfCancelled();
                throw DuckDbException.Statement(NativeText.Read(NativeMethods.PendingError(pending)));
            }

            if (RunTasks(pending) == NativeMethods.PendingFailed)
            {
                interruption.ThrowIfCancelled();
                throw DuckDbException.Statement(NativeText.Read(NativeMethods.PendingError(pending)));
            }

            DuckDbConnection.Check(NativeMethods.ExecutePending(pending, result), result, interruption);
        }
    }

    private static int RunTasks(PendingHandle pending)
    {
        SpinWait wait = default;
        while (true)
        {
            int state = NativeMethods.PendingExecuteTask(pending);
            switch (state)
            {
                case NativeMethods.PendingNoTasks:
                    wait.SpinOnce();
                    break;
                case NativeMethods.PendingNotReady:
                    wait.Reset();
                    break;
                default:
                    return state;
            }
        }
    }

    private static ulong Number(int index)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(index, 1);
        return (ulong)index;
    }

    private void Check(int index, int state)
    {
        if (state != NativeMethods.Success)
        {
            throw DuckDbException.Statement(
                NativeText.Read(NativeMethods.PrepareError(_handle))
                ?? $"Parameter {index} does not bind: the statement has {ParameterCount}.",
                DuckDbErrorType.InvalidInput);
        }
    }
}
