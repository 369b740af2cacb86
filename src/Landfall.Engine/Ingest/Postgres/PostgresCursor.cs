using System.Globalization;
using Landfall.Engine.DuckDb;
using Landfall.Engine.Lakes;
using System.Text.RegularExpressions;
using Landfall.Estate;
using Landfall.Sql;

namespace Landfall.Engine.Ingest.Postgres;

/// <summary>
/// Where reading by a cursor begins: the same rows whether PostgreSQL chooses them or they are looked up in what was
/// read. Rows at the last cursor and rows without one are always among them.
/// </summary>
/// <param name="column">The cursor's column.</param>
/// <param name="overlap">How far before the last cursor to begin.</param>
internal sealed partial class PostgresCursor(PostgresColumn column, long overlap)
{
    /// <summary>The cursor of a table; null where it has none.</summary>
    /// <exception cref="LandfallException">LF4271 where there is no such column, LF4274 where its type does not grow.
    /// </exception>
    public static PostgresCursor? Of(PostgresTable table, IReadOnlyList<PostgresColumn> columns)
    {
        if (table.Cursor.Length == 0)
        {
            return null;
        }

        PostgresColumn column = columns.FirstOrDefault(c => c.Name == table.Cursor) ?? throw new LandfallException(
            IngestCodes.NoRelation,
            $"The relation {table.Relation} has no column {table.Cursor}, which {table.Table} names as its "
                + "cursor. Nothing was "
            + "landed. Correct cursor: in integration.yaml.");
        return column.CanBeCursor ? new(column, table.Overlap) : throw new LandfallException(
            IngestCodes.CursorType,
            $"The cursor {table.Cursor} of {table.Relation} is a {column.SourceType}, which does not grow. "
                + "Nothing was landed. "
            + "Use a timestamp, date or number, or mode: snapshot.");
    }

    /// <summary>The column's quoted name.</summary>
    public string Name => SqlName.DuckDb(column.Name);

    /// <summary>
    /// Whether a value can be one of this cursor: a number where it is a number, else a time or date. It cannot where
    /// the column's type changed in the source.
    /// </summary>
    public bool CanBe(string value) => Number().IsMatch(value) != column.IsTime;

    /// <summary>The condition for PostgreSQL.</summary>
    public string ForPostgres(string last)
    {
        string bound = column.IsTime
            ? string.Create(
                CultureInfo.InvariantCulture, $"{Relations.Literal(last)}::{column.SourceType} - interval "
                    + $"'{overlap} seconds'")
            : string.Create(CultureInfo.InvariantCulture, $"{Relations.Literal(last)}::numeric - {overlap}");
        return $"({Name} >= {bound} or {Name} is null)";
    }

    /// <summary>
    /// The condition over texts that were read. What is no number, NaN, is greater than all numbers for PostgreSQL.
    /// </summary>
    public string ForTexts(string last)
    {
        string bound = column.IsTime
            ? string.Create(CultureInfo.InvariantCulture, $"cast({Relations.Literal(last)} as TIMESTAMP) - "
                + $"to_seconds({overlap})")
            : string.Create(CultureInfo.InvariantCulture, $"cast({Relations.Literal(last)} as DECIMAL(38,9)) - "
                + $"{overlap}");
        return $"({Comparable} >= {bound} or {(column.IsTime ? Name : Comparable)} is null)";
    }

    /// <summary>An aggregate over texts: the text of the greatest finite cursor.</summary>
    public string Greatest => column.IsTime
        ? $"max_by({Name}, {Comparable}) filter (where isfinite({Comparable}))"
        : $"max_by({Name}, {Comparable})";

    /// <summary>An instant's text carries its offset, +00, which a plain timestamp's cast refuses otherwise.</summary>
    private string Comparable => column.IsTime
        ? $"cast({column.Value} as TIMESTAMP)"
        : $"cast({column.Value} as DECIMAL(38,9))";

    [GeneratedRegex(@"^-?[0-9]+(\.[0-9]+)?$")]
    private static partial Regex Number();
}
