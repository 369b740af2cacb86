using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Landfall.DuckDb.Interop;

/// <summary>DuckDB's C API: statements that run task by task.</summary>
internal static unsafe partial class NativeMethods
{
    /// <summary>DUCKDB_PENDING_RESULT_NOT_READY: a task is done, there are more.</summary>
    public const int PendingNotReady = 1;

    /// <summary>DUCKDB_PENDING_ERROR: the statement failed.</summary>
    public const int PendingFailed = 2;

    /// <summary>DUCKDB_PENDING_NO_TASKS_AVAILABLE: DuckDB's own threads have all tasks that are left.</summary>
    public const int PendingNoTasks = 3;

    [LibraryImport(Library, EntryPoint = "duckdb_pending_prepared")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial int PendingPrepared(PreparedHandle statement, out PendingHandle pending);

    [LibraryImport(Library, EntryPoint = "duckdb_pending_execute_task")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial int PendingExecuteTask(PendingHandle pending);

    [LibraryImport(Library, EntryPoint = "duckdb_pending_error")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial byte* PendingError(PendingHandle pending);

    [LibraryImport(Library, EntryPoint = "duckdb_execute_pending")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial int ExecutePending(PendingHandle pending, ResultHandle result);

    [LibraryImport(Library, EntryPoint = "duckdb_destroy_pending")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial void DestroyPending(ref IntPtr pending);
}
