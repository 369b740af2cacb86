namespace Landfall.DuckDb.Interop;

/// <summary>Owns a duckdb_prepared_statement.</summary>
internal sealed class PreparedHandle : DuckDbHandle
{
    protected override void Destroy() => NativeMethods.DestroyPrepare(ref handle);
}
