namespace Landfall.Engine.DuckDb.Formats;

/// <summary>A field of a record.</summary>
/// <param name="Start">First byte of its text.</param>
/// <param name="Length">Bytes of its text.</param>
/// <param name="Kind">What it holds, and where.</param>
internal readonly record struct Cell(int Start, int Length, CellKind Kind);
