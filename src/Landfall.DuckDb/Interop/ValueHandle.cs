namespace Landfall.DuckDb.Interop;

/// <summary>Owns a duckdb_value.</summary>
internal sealed class ValueHandle : DuckDbHandle
{
    protected override void Destroy() => NativeMethods.DestroyValue(ref handle);
}
