namespace Landfall.DuckDb.Interop;

/// <summary>Owns a duckdb_connection.</summary>
internal sealed class ConnectionHandle : DuckDbHandle
{
    protected override void Destroy() => NativeMethods.Disconnect(ref handle);
}
