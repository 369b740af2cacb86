using System.Globalization;
using System.Text.RegularExpressions;
using Landfall.Engine.Engines;
using Landfall.Engine.Ingest;
using Landfall.Estate;
using Landfall.Sql;

namespace Landfall.Sources.Postgres;

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
                + "cursor. Nothing was landed. Correct cursor: in integration.yaml.");
        return column.Staged.CanBeCursor ? new(column, table.Overlap) : throw new LandfallException(
            IngestCodes.CursorType,
            $"The cursor {table.Cursor} of {table.Relation} is a {column.SourceType}, which does not grow. "
            + "Nothing was landed. "
            + "Use a timestamp, date or number, or mode: snapshot.");
    }

    /// <summary>The column's name.</summary>
    public string Name => column.Name;

    /// <summary>The same rows among those that were read.</summary>
    public StagedCursor From(string last) => new(Name, last, overlap);

    /// <summary>
    /// Whether a value can be one of this cursor: a number where it is a number, else a time or date. It cannot where
    /// the column's type changed in the source.
    /// </summary>
    public bool CanBe(string value) => Number().IsMatch(value) != column.Staged.IsTime;

    /// <summary>The condition for PostgreSQL.</summary>
    public string ForPostgres(string last)
    {
        string bound = column.Staged.IsTime
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"{SqlText.Literal(last)}::{column.SourceType} - interval '{overlap} seconds'")
            : string.Create(CultureInfo.InvariantCulture, $"{SqlText.Literal(last)}::numeric - {overlap}");
        string name = SqlName.DuckDb(Name);
        return $"({name} >= {bound} or {name} is null)";
    }

    [GeneratedRegex(@"^-?[0-9]+(\.[0-9]+)?$")]
    private static partial Regex Number();
}
