namespace Landfall.DuckDb.Interop;

/// <summary>Owns a duckdb_table_function, which a registration copies.</summary>
internal sealed class TableFunctionHandle : DuckDbHandle
{
    protected override void Destroy() => NativeMethods.DestroyTableFunction(ref handle);
}
