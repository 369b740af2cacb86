using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using Landfall.DuckDb.Interop;

namespace Landfall.DuckDb;

/// <summary>
/// Rows of the program's own as a table function, which statements of every connection of the database read by
/// <see cref="Name"/>: <c>select … from NAME()</c>. They stream: no more than a chunk is in memory.
/// </summary>
/// <remarks>
/// DuckDB keeps the function's name until its database closes, which costs some bytes a function; the rows end with
/// <see cref="Dispose"/>. One statement at a time reads it, once.
/// </remarks>
public sealed unsafe class DuckDbTableFunction : IDisposable
{
    private static long _made;

    private readonly ImmutableArray<DuckDbColumn> _columns;
    private readonly LogicalTypeHandle[] _types;
    private IRowSource? _source;
    private ExceptionDispatchInfo? _failure;

    internal DuckDbTableFunction(DuckDbConnection connection, string shape, IRowSource source)
    {
        _source = source;
        Name = string.Create(CultureInfo.InvariantCulture, $"landfall_rows_{Interlocked.Increment(ref _made)}");
        (_columns, _types) = connection.Shape($"select * from ({shape}) limit 0");
        Register(connection);
    }

    /// <summary>The function's name; it takes no parameters.</summary>
    public string Name { get; }

    /// <summary>
    /// Throws what the source threw, if anything. DuckDB ends the statement with an error of its own then: whoever
    /// catches it asks here for the cause.
    /// </summary>
    public void ThrowIfFailed() => _failure?.Throw();

    /// <summary>Ends the rows; statements that still read them fail. Safe to call twice.</summary>
    public void Dispose()
    {
        _source = null;
        Array.ForEach(_types, t => t.Dispose());
    }

    private void Register(DuckDbConnection connection)
    {
        using TableFunctionHandle function = NativeMethods.CreateTableFunction();
        NativeMethods.SetTableFunctionName(function, Name);

        // The database owns the reference from here on and gives it back when it closes.
        var reference = GCHandle.Alloc(this);
        NativeMethods.SetTableFunctionInfo(function, GCHandle.ToIntPtr(reference), &Forget);
        NativeMethods.SetTableFunctionBind(function, &Bind);
        NativeMethods.SetTableFunctionInit(function, &Init);
        NativeMethods.SetTableFunctionMain(function, &Fill);
        if (NativeMethods.RegisterTableFunction(connection.Handle, function) != NativeMethods.Success)
        {
            throw DuckDbException.Statement(
                $"The table function {Name} was not registered.", DuckDbErrorType.Catalog);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Forget(IntPtr reference) => GCHandle.FromIntPtr(reference).Free();

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Bind(IntPtr info)
    {
        DuckDbTableFunction function = Of(NativeMethods.BindExtraInfo(info));
        if (function._source is null)
        {
            NativeMethods.SetBindError(info, $"The rows of {function.Name} have ended.");
            return;
        }

        for (int i = 0; i < function._types.Length; i++)
        {
            NativeMethods.AddResultColumn(info, function._columns[i].Name, function._types[i]);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Init(IntPtr info) => NativeMethods.SetMaxThreads(info, 1);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Fill(IntPtr info, IntPtr chunk)
    {
        DuckDbTableFunction function = Of(NativeMethods.FunctionExtraInfo(info));
        try
        {
            ObjectDisposedException.ThrowIf(function._source is null, function);
            NativeMethods.SetDataChunkSize(chunk, (ulong)function._source.Fill(new(chunk, function._columns)));
        }
#pragma warning disable CA1031 // No exception may cross into native code; the caller gets it from ThrowIfFailed.
        catch (Exception e)
#pragma warning restore CA1031
        {
            function._failure = ExceptionDispatchInfo.Capture(e);
            NativeMethods.SetDataChunkSize(chunk, 0);
            NativeMethods.SetFunctionError(info, "The source of the rows failed.");
        }
    }

    private static DuckDbTableFunction Of(IntPtr reference) =>
        (DuckDbTableFunction)GCHandle.FromIntPtr(reference).Target!;
}
