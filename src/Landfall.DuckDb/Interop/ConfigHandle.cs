namespace Landfall.DuckDb.Interop;

/// <summary>Owns a duckdb_config.</summary>
internal sealed class ConfigHandle : DuckDbHandle
{
    protected override void Destroy() => NativeMethods.DestroyConfig(ref handle);
}
