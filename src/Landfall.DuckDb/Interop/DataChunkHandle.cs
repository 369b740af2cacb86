namespace Landfall.DuckDb.Interop;

/// <summary>Owns a duckdb_data_chunk.</summary>
internal sealed class DataChunkHandle : DuckDbHandle
{
    protected override void Destroy() => NativeMethods.DestroyDataChunk(ref handle);
}
