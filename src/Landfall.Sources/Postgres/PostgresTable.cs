using System.Collections.Immutable;

namespace Landfall.Sources.Postgres;

/// <summary>A table to read.</summary>
/// <param name="Table">The contract's table.</param>
/// <param name="Relation"><c>schema.table</c> of the source.</param>
/// <param name="Cursor">The column that grows; empty to read everything.</param>
/// <param name="Overlap">How far before the last cursor to begin: seconds for times and dates, else units.</param>
/// <param name="LastCursor">The greatest cursor landed; null for none.</param>
/// <param name="LastState">What reading again gives if nothing changed; null where nothing was landed.</param>
/// <param name="Arrays">Source columns that the contract has as arrays, which are read as JSON.</param>
internal sealed record PostgresTable(
    string Table, string Relation, string Cursor, long Overlap, string? LastCursor, string? LastState,
    ImmutableArray<string> Arrays);
