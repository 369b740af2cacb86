using System.Globalization;
using System.Text.RegularExpressions;
using Landfall.Engine.Engines;
using Landfall.Engine.Ingest;
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
    /// <exception cref="BadRelationException">
    /// LF4271 where there is no such column, LF4274 where its type cannot be one.
    /// </exception>
    public static PostgresCursor? Of(PostgresTable table, IReadOnlyList<PostgresColumn> columns)
    {
        if (table.Cursor.Length == 0)
        {
            return null;
        }

        PostgresColumn column = columns.FirstOrDefault(c => c.Name == table.Cursor) ?? throw new BadRelationException(
            IngestCodes.NoRelation,
            $"it has no column {table.Cursor}, which {table.Table} names as its cursor; correct cursor: in "
            + "integration.yaml, or rename: where the source calls it otherwise");
        return column.Staged.CanBeCursor ? new(column, table.Overlap) : throw new BadRelationException(
            IngestCodes.CursorType,
            $"its column {table.Cursor} is {column.SourceType}, by which {table.Table} cannot be read; a cursor is "
            + "timestamp, date, smallint, integer, bigint or numeric; name one, or write mode: snapshot");
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
