namespace Landfall.DuckDb.Interop;

/// <summary>Owns a duckdb_appender. Rows still buffered at its end are dropped, not written unnoticed.</summary>
internal sealed class AppenderHandle : DuckDbHandle
{
    protected override void Destroy()
    {
        _ = NativeMethods.ClearAppender(handle);
        _ = NativeMethods.DestroyAppender(ref handle);
    }
}
