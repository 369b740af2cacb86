using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using Landfall.DuckDb;
using Landfall.Engine.DuckDb.Storage;
using Landfall.Engine.Engines;
using Landfall.Posix;
using Landfall.Sql;

namespace Landfall.Engine.DuckDb.Staging;

/// <summary>
/// Texts as rows of DuckDB. It works on up to 2048 rows at once, so that large rows are read a file at a time, and
/// written in row groups of as much, for whoever reads them.
/// </summary>
/// <param name="connection">Used by nothing else; closed with the stage.</param>
internal sealed class DuckDbStage(DuckDbConnection connection) : ITextStage
{
    private const long BufferMin = 1L << 20;
    private const long RowGroupBytes = 32L << 20;

    /// <inheritdoc/>
    public string StateOf(StagedText rows, StagedCursor? from, CancellationToken cancellationToken)
    {
        string row = $"to_json([{string.Join(", ", rows.Columns.Select(c => SqlName.DuckDb(c.Name)))}])";
        string condition = from is null ? "true" : ConditionOf(rows, from);
        BigInteger count = 0;
        BigInteger sum = 0;
        foreach (string file in rows.Files)
        {
            string[] state = Scalar(
                $"select count(*) || ':' || coalesce(sum(md5_number_lower(cast({row} as VARCHAR))), 0) "
                + $"from {Scan(rows, file)} where {condition}",
                cancellationToken)!.Split(':');
            count += BigInteger.Parse(state[0], CultureInfo.InvariantCulture);
            sum += BigInteger.Parse(state[1], CultureInfo.InvariantCulture);
        }

        return string.Create(CultureInfo.InvariantCulture, $"{count}:{sum}");
    }

    /// <inheritdoc/>
    public string? Greatest(StagedText rows, string column, string? last, CancellationToken cancellationToken)
    {
        StagedColumn cursor = Find(rows, column);
        string name = SqlName.DuckDb(column);
        string? greatest = last;
        foreach (string file in rows.Files)
        {
            string known = greatest is null ? "" : $" union all select {SqlText.Literal(greatest)}";
            greatest = Scalar(
                $"select max_by({name}, {StagedValues.Comparable(cursor)}) filter (where "
                + $"{StagedValues.IsFinite(cursor)}) from (select {name} from {Scan(rows, file)}{known})",
                cancellationToken);
        }

        return greatest;
    }

    /// <inheritdoc/>
    public long Write(StagedText rows, string path, CancellationToken cancellationToken)
    {
        HashSet<string> texts = ColumnsThatStayText(rows, cancellationToken);
        string values = string.Join(", ", rows.Columns.Select(c =>
            $"{(texts.Contains(c.Name) ? SqlName.DuckDb(c.Name) : StagedValues.Of(c))} as {SqlName.DuckDb(c.Name)}"));
        long written = InMemory(() => DiskFull.Named(() => connection.Execute(
            $"copy (select {values} from {Scan(rows, [.. rows.Files])}) to {SqlText.Literal(path)} (format parquet, "
                + $"compression snappy, row_group_size_bytes {RowGroupBytes})",
            cancellationToken)));
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
        string bound = column.IsTime ? $"cast({last} as TIMESTAMP) - to_seconds({overlap})"
            : column.IsDecimal ? DecimalText.Key(SqlText.Literal(DecimalText.Less(from.Last, from.Overlap)))
            : $"cast({last} as DECIMAL(38,9)) - {overlap}";
        return $"({order} >= {bound} or {order} is null)";
    }

    private static string Scan(StagedText rows, params ImmutableArray<string> files)
    {
        string paths = string.Join(", ", files.Select(f => SqlText.Literal(GlobEscape.Of(f))));
        string types = string.Join(", ", rows.Columns.Select(c => $"{SqlText.Literal(c.Name)}: 'VARCHAR'"));
        long buffer = Math.Max(BufferMin, rows.LargestFile + 1);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"read_csv([{paths}], columns = {{{types}}}, header = false, auto_detect = false, delim = ',', "
            + $"quote = '\"', escape = '\"', nullstr = '\\N', allow_quoted_nulls = false, parallel = false, "
            + $"max_line_size = {buffer}, buffer_size = {buffer}, new_line = '\\n')");
    }

    private HashSet<string> ColumnsThatStayText(StagedText rows, CancellationToken cancellationToken)
    {
        StagedColumn[] typed = [.. rows.Columns.Where(c => !c.IsText)];
        HashSet<string> texts = [];
        if (typed.Length == 0)
        {
            return texts;
        }

        string fits = string.Join(
            ", ", typed.Select(c => $"bool_and({SqlName.DuckDb(c.Name)} is null or {StagedValues.Fits(c)})"));
        foreach (string file in rows.Files)
        {
            using DuckDbResult result = InMemory(
                () => connection.Query($"select {fits} from {Scan(rows, file)}", cancellationToken));
            object?[] row = result.Rows().Single();
            texts.UnionWith(typed.Where((_, i) => row[i] is false).Select(c => c.Name));
        }

        return texts;
    }

    private string? Scalar(string sql, CancellationToken cancellationToken) =>
        InMemory(() => connection.Scalar<string>(sql, cancellationToken));

    private static T InMemory<T>(Func<T> statement)
    {
        try
        {
            return statement();
        }
        catch (DuckDbException problem) when (problem.ErrorType == DuckDbErrorType.OutOfMemory)
        {
            throw new StagedMemoryException(problem);
        }
    }
}
