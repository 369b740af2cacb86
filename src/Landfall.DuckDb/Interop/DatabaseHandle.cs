namespace Landfall.DuckDb.Interop;

/// <summary>Owns a duckdb_database.</summary>
internal sealed class DatabaseHandle : DuckDbHandle
{
    protected override void Destroy() => NativeMethods.Close(ref handle);
}
