using Landfall.DuckDb;
using Landfall.Engine.DuckDb.Storage;
using Landfall.Engine.Ingest.Postgres;
using Landfall.Posix;
using Landfall.Sql;

namespace Landfall.Engine.DuckDb.Staging;

/// <summary>Rows copied from PostgreSQL as CSV: what they add up to, and their Parquet file in raw.</summary>
/// <param name="connection">Used by nothing else meanwhile.</param>
/// <param name="file">The CSV file.</param>
/// <param name="columns">Its columns.</param>
internal sealed class CopiedRows(DuckDbConnection connection, string file, IReadOnlyList<PostgresColumn> columns)
{
    /// <summary>
    /// Rows and the sum of their hashes, which no order changes, as text; of the rows for which a condition holds.
    /// </summary>
    public string State(string condition, CancellationToken cancellationToken)
    {
        string row = $"to_json([{string.Join(", ", columns.Select(c => SqlName.DuckDb(c.Name)))}])";
        return connection.Scalar<string>(
            $"select count(*) || ':' || coalesce(sum(md5_number_lower(cast({row} as VARCHAR))), 0) from {Scan} "
                + $"where {condition}",
            cancellationToken)!;
    }

    /// <summary>
    /// The text of the greatest cursor, of the last one too: a cursor never goes back, since the next read begins at it
    /// and what it will give is known of these rows alone. Null where no row has one.
    /// </summary>
    public string? Greatest(PostgresCursor cursor, string? last, CancellationToken cancellationToken)
    {
        string rows = last is null ? Scan : $"(select {cursor.Name} from {Scan} union all "
            + $"select {Relations.Literal(last)})";
        return connection.Scalar<string>($"select {cursor.Greatest} from {rows}", cancellationToken);
    }

    /// <summary>Writes the rows in the source's own types, durable; returns how many.</summary>
    public long Write(string path, CancellationToken cancellationToken)
    {
        HashSet<string> texts = ColumnsThatStayText(cancellationToken);
        string values = string.Join(", ", columns.Select(c =>
            $"{(texts.Contains(c.Name) ? SqlName.DuckDb(c.Name) : c.Value)} as {SqlName.DuckDb(c.Name)}"));
        long rows = DiskFull.Named(() => connection.Execute(
            $"copy (select {values} from {Scan}) to {Relations.Literal(path)} (format parquet, compression snappy)",
            cancellationToken));
        PosixCalls.FSyncFile(path);
        return rows;
    }

    private string Scan
    {
        get
        {
            string types = string.Join(", ", columns.Select(c => $"{Relations.Literal(c.Name)}: 'VARCHAR'"));
            return $"read_csv({Relations.Literal(GlobEscape.Of(file))}, columns = {{{types}}}, header = false, "
                + "auto_detect = false, delim = ',', quote = '\"', escape = '\"', nullstr = '\\N', "
                + "allow_quoted_nulls = false, parallel = false, max_line_size = 16777216, buffer_size = "
                + "33554432, new_line = '\\n')";
        }
    }

    private HashSet<string> ColumnsThatStayText(CancellationToken cancellationToken)
    {
        PostgresColumn[] typed = [.. columns.Where(c => c.RawType != "VARCHAR")];
        if (typed.Length == 0)
        {
            return [];
        }

        string fits = string.Join(", ", typed.Select(c => $"bool_and({SqlName.DuckDb(c.Name)} is null or {c.Fits})"));
        using DuckDbResult result = connection.Query($"select {fits} from {Scan}", cancellationToken);
        object?[] row = result.Rows().Single();
        return [.. typed.Where((_, i) => row[i] is false).Select(c => c.Name)];
    }
}
