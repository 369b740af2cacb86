using System.Collections.Immutable;

namespace Landfall.Engine.DuckDb.Tests.Judges;

/// <summary>A version of the table as its writer knows it: rows by their id.</summary>
internal sealed record Known(
    ImmutableArray<JudgedColumn> Columns, ImmutableSortedDictionary<long, ImmutableDictionary<string, Cell>> Rows)
{
    /// <summary>A row a line, sorted by id, in the order of the columns; what a row lacks is NULL.</summary>
    public string[] Lines() =>
    [
        .. Rows.Values.Select(r => string.Join(" | ", Columns.Select(
            c => c.Name + "=" + (r.TryGetValue(c.Name, out Cell? cell) ? cell : Cell.Null).Text))),
    ];
}
