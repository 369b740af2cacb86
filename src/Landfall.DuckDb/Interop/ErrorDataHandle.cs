namespace Landfall.DuckDb.Interop;

/// <summary>Owns a duckdb_error_data.</summary>
internal sealed class ErrorDataHandle : DuckDbHandle
{
    protected override void Destroy() => NativeMethods.DestroyErrorData(ref handle);
}
