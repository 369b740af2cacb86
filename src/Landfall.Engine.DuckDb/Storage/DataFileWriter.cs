using System.Collections.Immutable;
using System.Globalization;
using Landfall.Delta;
using Landfall.Delta.Statistics;
using Landfall.DuckDb;
using Landfall.Engine.Engines;
using Landfall.Estate;
using Landfall.Estate.Types;
using Landfall.Posix;
using Landfall.Sql;

namespace Landfall.Engine.DuckDb.Storage;

/// <summary>
/// Writes the rows of a select as data files of a Delta table: durable, with statistics, not committed.
/// </summary>
public static class DataFileWriter
{
    private const string FileSize = "256MB";

    /// <summary>Bytes of values that a row group holds at most: rows of usual width reach its rows first.</summary>
    private const int RowGroupBytes = 128 << 20;

    /// <summary>
    /// Writes the columns of a schema, cast to their types, to <c>TABLE/STEP/part-….parquet</c>. Partition columns go
    /// to the log instead, an empty text as NULL, which is how Delta stores it. No rows, no files.
    /// </summary>
    /// <param name="connection">A connection that may write the folder.</param>
    /// <param name="select">A query that has every column of the schema by name, and perhaps more.</param>
    /// <param name="schema">Columns to write.</param>
    /// <param name="tableFolder">Absolute path of the table.</param>
    /// <param name="stepId">
    /// Name of the folder for the files, made where missing; of ASCII letters, digits, <c>-</c> and <c>_</c>. Readers
    /// find files in other folders too, but Spark's VACUUM deletes those in folders with letters beyond ASCII.
    /// </param>
    /// <param name="cancellationToken">Interrupts the query; files written so far stay for vacuum.</param>
    /// <param name="partitionColumn">The column by whose values files are kept apart; null for none.</param>
    /// <param name="calls">Calls to make; those of the operating system by default.</param>
    /// <exception cref="LandfallException">LF4220: a date or time that Delta cannot hold.</exception>
    /// <exception cref="StorageException">Storage failed.</exception>
    public static IReadOnlyList<DataFile> Write(
        DuckDbConnection connection, string select, TableSchema schema, string tableFolder, string stepId,
        CancellationToken cancellationToken, string? partitionColumn = null, IStorageCalls? calls = null)
    {
        calls ??= PosixStorageCalls.Instance;
        string folder = Path.Combine(tableFolder, stepId);
        DurableFiles.CreateFolder(calls, folder);
        TableSchema stored = new([.. schema.Fields.Where(f => f.Name != partitionColumn)]);
        List<DataFile> files =
        [
            .. DiskFull.Named(
                    () => connection.Collect(
                        CopyOf(select, schema, folder, partitionColumn, Bound(connection)), cancellationToken))
                .Select(row => FileOf(row, schema, stored, tableFolder)),
        ];
        MakeDurable(calls, files, tableFolder, folder);
        return [.. files.Where(f => f.Rows > 0)];
    }

    /// <summary>
    /// Writes rows of one partition as one file, <c>TABLE/STEP/part-….parquet</c>, also where there are none.
    /// </summary>
    /// <param name="connection">A connection that may write the folder.</param>
    /// <param name="select">A query that has every column of the schema by name.</param>
    /// <param name="schema">The table's columns.</param>
    /// <param name="tableFolder">Absolute path of the table.</param>
    /// <param name="stepId">Name of the folder for the file; the caller makes the names in it durable.</param>
    /// <param name="partitionValues">The rows' partition values, whose columns stay out of the file.</param>
    /// <param name="calls">Calls to make.</param>
    /// <param name="cancellationToken">Interrupts the query.</param>
    /// <exception cref="StorageException">Storage failed.</exception>
    public static DataFile WriteOne(
        DuckDbConnection connection, string select, TableSchema schema, string tableFolder, string stepId,
        ImmutableSortedDictionary<string, string?> partitionValues, IStorageCalls calls,
        CancellationToken cancellationToken)
    {
        string folder = Path.Combine(tableFolder, stepId);
        DurableFiles.CreateFolder(calls, folder);
        TableSchema stored = new([.. schema.Fields.Where(f => !partitionValues.ContainsKey(f.Name))]);
        string target = Path.Combine(folder, $"part-{Guid.NewGuid()}.parquet");
        IEnumerable<string> columns = stored.Fields.Select(f => $"{Cast(f, null)} as {SqlName.DuckDb(f.Name)}");
        IReadOnlyList<object?[]> written = DiskFull.Named(() => connection.Collect(
            $"copy (select {string.Join(", ", columns)} from ({select})) to {SqlText.Literal(target)} "
            + $"(format parquet, compression snappy, {ParquetChecksum.Room}, return_stats true)",
            cancellationToken));
        DataFile file = FileOf(written.Single(), schema, stored, tableFolder);
        ParquetChecksum.Write(target);
        calls.FSyncFile(target);
        return file with { PartitionValues = partitionValues };
    }

    /// <summary>DuckDB bounds row groups by bytes only where rows need not keep their order.</summary>
    private static string Bound(DuckDbConnection connection) =>
        connection.Scalar<bool>("select current_setting('preserve_insertion_order')") ? ""
            : string.Create(CultureInfo.InvariantCulture, $"row_group_size_bytes {RowGroupBytes}, ");

    private static string CopyOf(
        string select, TableSchema schema, string folder, string? partitionColumn, string bound)
    {
        IEnumerable<string> columns = schema.Fields.Select(f =>
            $"{Cast(f, partitionColumn)} as {SqlName.DuckDb(f.Name)}");
        string layout = partitionColumn is null
            ? $"file_size_bytes '{FileSize}'"
            : $"partition_by ({SqlName.DuckDb(partitionColumn)}), hive_file_pattern false, "
                + "write_partition_columns false";
        return $"copy (select {string.Join(", ", columns)} from ({select})) to {SqlText.Literal(folder)} "
            + $"(format parquet, compression snappy, {bound}{layout}, {ParquetChecksum.Room}, "
            + "filename_pattern 'part-{uuid}', overwrite_or_ignore true, return_stats true)";
    }

    private static string Cast(SchemaField field, string? partitionColumn)
    {
        string cast = $"cast({SqlName.DuckDb(field.Name)} as {DuckDbTypes.Name(field.Type)})";
        return field.Name == partitionColumn && field.Type.Kind == TypeKind.String ? $"nullif({cast}, '')" : cast;
    }

    /// <summary>filename, count, file_size_bytes, footer_size_bytes, column_statistics, partition_keys.</summary>
    private static DataFile FileOf(object?[] row, TableSchema schema, TableSchema stored, string tableFolder)
    {
        long rows = Convert.ToInt64(row[1], CultureInfo.InvariantCulture);
        string path = Path.GetRelativePath(tableFolder, (string)row[0]!);
        var facts = ((Dictionary<object, object?>)row[4]!).ToDictionary(
            c => (string)c.Key, c => FactsOf((Dictionary<object, object?>)c.Value!), StringComparer.Ordinal);
        RefuseWhatDeltaCannotHold(stored, facts);
        var keys = (row[5] as Dictionary<object, object?>)?.ToImmutableSortedDictionary(
            k => (string)k.Key, k => PartitionValue(schema, (string)k.Key, (string?)k.Value), StringComparer.Ordinal);
        return new()
        {
            Path = path,
            Size = Convert.ToInt64(row[2], CultureInfo.InvariantCulture),
            Rows = rows,
            PartitionValues = keys ?? AddFile.NoPartition,
            Statistics = StatisticsBuilder.Build(rows, stored, (names, type) => FactsOf(facts, names, type)).Json,
        };
    }

    /// <summary>
    /// DuckDB's text as the protocol wants it: readers refuse an offset without minutes, or no digit before the point.
    /// </summary>
    private static string? PartitionValue(TableSchema schema, string column, string? text) =>
        schema.TryFind(column, out SchemaField? field) && text is not null
            ? field.Type.Kind switch
            {
                TypeKind.Timestamp => DuckDbText.TryInstant(text, out DateTimeOffset at)
                    ? at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture)
                    : throw OutOfRange(column),
                TypeKind.Date when IsOutOfRange(text) => throw OutOfRange(column),
                TypeKind.Decimal => DuckDbText.WithLeadingZero(text),
                TypeKind.Double => text switch
                {
                    "nan" => "NaN",
                    "inf" => "Infinity",
                    "-inf" => "-Infinity",
                    _ => text,
                },
                _ => text,
            }
            : text;

    /// <summary>How DuckDB names a column in a struct: <c>"a"."b"</c>.</summary>
    private static string KeyOf(IEnumerable<string> names) => string.Join('.', names.Select(SqlName.DuckDb));

    private static ColumnFacts? FactsOf(
        Dictionary<string, ColumnFacts> facts, IEnumerable<string> names, DataType type) =>
        facts.TryGetValue(KeyOf(names), out ColumnFacts? of) ? DuckDbText.Plain(of, type) : null;

    private static ColumnFacts FactsOf(Dictionary<object, object?> facts) => new(
        (string?)facts.GetValueOrDefault("min"),
        (string?)facts.GetValueOrDefault("max"),
        facts.GetValueOrDefault("null_count") is string nulls ? long.Parse(nulls, CultureInfo.InvariantCulture) : null,
        facts.GetValueOrDefault("has_nan") as string == "true");

    /// <summary>
    /// Years before 1 or after 9999 and infinities: other readers fail on them or read something else.
    /// </summary>
    private static void RefuseWhatDeltaCannotHold(TableSchema stored, Dictionary<string, ColumnFacts> facts)
    {
        foreach (SchemaField field in stored.Fields.Where(f => f.Type.Kind is TypeKind.Date or TypeKind.Timestamp))
        {
            if (facts.TryGetValue(SqlName.DuckDb(field.Name), out ColumnFacts? column)
                && (IsOutOfRange(column.Min) || IsOutOfRange(column.Max)))
            {
                throw OutOfRange(field.Name);
            }
        }
    }

    private static LandfallException OutOfRange(string column) => new(
        "LF4220",
        $"Column {column} has a date or time outside the years 1 to 9999, or infinity, which a Delta "
        + "table cannot hold. Nothing was committed. Filter such rows, or make them null in the SQL.");

    /// <summary>Four digits of year, a dash: every text of a value in range begins so, and none has an era.</summary>
    private static bool IsOutOfRange(string? text) =>
        text is not null && (text.Length < 10 || text[4] != '-' || !char.IsAsciiDigit(text[0])
            || text.StartsWith("0000", StringComparison.Ordinal) || text.EndsWith("(BC)", StringComparison.Ordinal));

    /// <summary>Makes files and their folder durable: DuckDB syncs nothing.</summary>
    private static void MakeDurable(IStorageCalls calls, List<DataFile> files, string tableFolder, string folder)
    {
        foreach (DataFile file in files.Where(f => f.Rows == 0))
        {
            calls.Unlink(Path.Combine(tableFolder, file.Path));
        }

        foreach (DataFile file in files.Where(f => f.Rows > 0))
        {
            ParquetChecksum.Write(Path.Combine(tableFolder, file.Path));
        }

        DurableFiles.MakeDurable(
            calls, files.Where(f => f.Rows > 0).Select(f => Path.Combine(tableFolder, f.Path)), folder);
    }
}
