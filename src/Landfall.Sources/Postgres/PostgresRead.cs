namespace Landfall.Sources.Postgres;

/// <summary>What was read of a table that changed.</summary>
/// <param name="Table">The contract's table.</param>
/// <param name="Path">The Parquet file below the integration's folder in raw.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Sha256">Hash of its bytes.</param>
/// <param name="Rows">Rows.</param>
/// <param name="Cursor">The greatest cursor; null without one.</param>
/// <param name="State">What reading again gives if nothing changes.</param>
internal sealed record PostgresRead(
    string Table, string Path, long Size, string Sha256, long Rows, string? Cursor, string State);
