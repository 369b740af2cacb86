namespace Landfall.DuckDb.Interop;

/// <summary>Owns a duckdb_pending_result.</summary>
internal sealed class PendingHandle : DuckDbHandle
{
    protected override void Destroy() => NativeMethods.DestroyPending(ref handle);
}
