using Landfall.DuckDb;

namespace Landfall.Engine.DuckDb.Checking;

/// <summary>What a data file's footer says.</summary>
/// <param name="Scan">The relation that reads it.</param>
/// <param name="Rows">Rows in it.</param>
/// <param name="Columns">Its columns.</param>
internal sealed record FileContent(string Scan, long Rows, IReadOnlyDictionary<string, DuckDbType> Columns);
