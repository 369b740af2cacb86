namespace Landfall.Engine.Engines;

/// <summary>What was written of a table.</summary>
/// <param name="Rows">Rows.</param>
/// <param name="Bytes">Bytes.</param>
public readonly record struct ExportedRows(long Rows, long Bytes);
