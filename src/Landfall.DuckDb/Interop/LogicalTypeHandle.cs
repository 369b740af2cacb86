namespace Landfall.DuckDb.Interop;

/// <summary>Owns a duckdb_logical_type.</summary>
internal sealed class LogicalTypeHandle : DuckDbHandle
{
    protected override void Destroy() => NativeMethods.DestroyLogicalType(ref handle);
}
