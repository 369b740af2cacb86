using System.Globalization;
using Landfall.DuckDb;
using Landfall.Engine.DuckDb.Storage;
using Landfall.Engine.Engines;
using Landfall.Posix;
using Landfall.Sql;

namespace Landfall.Engine.DuckDb.Staging;

/// <summary>Texts as rows of DuckDB.</summary>
/// <param name="connection">Used by nothing else; closed with the stage.</param>
internal sealed class DuckDbStage(DuckDbConnection connection) : ITextStage
{
    /// <inheritdoc/>
    public string StateOf(StagedText rows, StagedCursor? from, CancellationToken cancellationToken)
    {
        string row = $"to_json([{string.Join(", ", rows.Columns.Select(c => SqlName.DuckDb(c.Name)))}])";
        string condition = from is null ? "true" : ConditionOf(rows, from);
        return connection.Scalar<string>(
            $"select count(*) || ':' || coalesce(sum(md5_number_lower(cast({row} as VARCHAR))), 0) from {Scan(rows)} "
                + $"where {condition}",
            cancellationToken)!;
    }

    /// <inheritdoc/>
    public string? Greatest(StagedText rows, string column, string? last, CancellationToken cancellationToken)
    {
        StagedColumn cursor = Find(rows, column);
        string name = SqlName.DuckDb(column);
        string order = StagedValues.Comparable(cursor);
        string greatest =
            $"max_by({name}, {order})" + (cursor.IsTime ? $" filter (where isfinite({order}))" : "");
        string source = last is null ? Scan(rows)
            : $"(select {name} from {Scan(rows)} union all select {SqlText.Literal(last)})";
        return connection.Scalar<string>($"select {greatest} from {source}", cancellationToken);
    }

    /// <inheritdoc/>
    public long Write(StagedText rows, string path, CancellationToken cancellationToken)
    {
        HashSet<string> texts = ColumnsThatStayText(rows, cancellationToken);
        string values = string.Join(", ", rows.Columns.Select(c =>
            $"{(texts.Contains(c.Name) ? SqlName.DuckDb(c.Name) : StagedValues.Of(c))} as {SqlName.DuckDb(c.Name)}"));
        long written = DiskFull.Named(() => connection.Execute(
            $"copy (select {values} from {Scan(rows)}) to {SqlText.Literal(path)} (format parquet, "
                + "compression snappy)",
            cancellationToken));
        PosixCalls.FSyncFile(path);
        return written;
    }

    /// <inheritdoc/>
    public void Dispose() => connection.Dispose();

    private static StagedColumn Find(StagedText rows, string column) => rows.Columns.Single(c => c.Name == column);

    /// <summary>What is no number, NaN, is greater than all numbers for PostgreSQL.</summary>
    private static string ConditionOf(StagedText rows, StagedCursor from)
    {
        StagedColumn column = Find(rows, from.Column);
        string order = StagedValues.Comparable(column);
        string last = SqlText.Literal(from.Last);
        string overlap = from.Overlap.ToString(CultureInfo.InvariantCulture);
        return column.IsTime
            ? $"({order} >= cast({last} as TIMESTAMP) - to_seconds({overlap}) or {SqlName.DuckDb(column.Name)} is null)"
            : $"({order} >= cast({last} as DECIMAL(38,9)) - {overlap} or {order} is null)";
    }

    private static string Scan(StagedText rows)
    {
        string types = string.Join(", ", rows.Columns.Select(c => $"{SqlText.Literal(c.Name)}: 'VARCHAR'"));
        return $"read_csv({SqlText.Literal(GlobEscape.Of(rows.File))}, columns = {{{types}}}, header = false, "
            + "auto_detect = false, delim = ',', quote = '\"', escape = '\"', nullstr = '\\N', "
            + "allow_quoted_nulls = false, parallel = false, max_line_size = 16777216, buffer_size = "
            + "33554432, new_line = '\\n')";
    }

    private HashSet<string> ColumnsThatStayText(StagedText rows, CancellationToken cancellationToken)
    {
        StagedColumn[] typed = [.. rows.Columns.Where(c => c.Type != StagedType.Text)];
        if (typed.Length == 0)
        {
            return [];
        }

        string fits = string.Join(
            ", ", typed.Select(c => $"bool_and({SqlName.DuckDb(c.Name)} is null or {StagedValues.Fits(c)})"));
        using DuckDbResult result = connection.Query($"select {fits} from {Scan(rows)}", cancellationToken);
        object?[] row = result.Rows().Single();
        return [.. typed.Where((_, i) => row[i] is false).Select(c => c.Name)];
    }
}
