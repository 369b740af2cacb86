using System.Collections.Immutable;
using Landfall.Delta;
using Landfall.Sql;

namespace Landfall.Engine.DuckDb.Storage;

/// <summary>Renders the DuckDB query that reads data files of a Delta table.</summary>
public static class DeltaScan
{
    /// <summary>The extra column with a file's path, as <see cref="AddFile.Path"/> has it.</summary>
    public const string FileColumn = "_landfall_file";

    /// <summary>The extra column with a row's number in its file, from 0.</summary>
    public const string RowColumn = "_landfall_row";

    private const string NameColumn = "_landfall_name";

    /// <summary>
    /// A select with the columns of a schema in order and exactly their types. Columns that files lack are NULL,
    /// partition columns come from the log; no files give no rows.
    /// </summary>
    /// <param name="tableFolder">Absolute path of the table.</param>
    /// <param name="schema">Columns to read.</param>
    /// <param name="files">Files to read, of one table.</param>
    /// <param name="withPosition">Whether to add <see cref="FileColumn"/> and <see cref="RowColumn"/>.</param>
    public static string Sql(
        string tableFolder, TableSchema schema, ImmutableArray<AddFile> files, bool withPosition = false)
    {
        if (files.IsEmpty)
        {
            return EmptySql(schema, withPosition);
        }

        // One select for each combination of partition values, which are constants in it: a filter on them prunes
        // files.
        IEnumerable<string> selects = files
            .GroupBy(f =>
                string.Join('\0', f.PartitionValues.Select(v => $"{v.Key}\0{(v.Value is null ? 'n' : 'v')}{v.Value}")))
            .Select(group => GroupSql(tableFolder, schema, [.. group], withPosition));
        return string.Join(" union all ", selects);
    }

    private static string GroupSql(string tableFolder, TableSchema schema, AddFile[] files, bool withPosition)
    {
        ImmutableSortedDictionary<string, string?> partition = files[0].PartitionValues;
        List<string> columns =
        [
            .. schema.Fields.Select(f => partition.TryGetValue(f.Name, out string? value)
                ? Column(PartitionLiteral(value), f)
                : Column(SqlName.DuckDb(f.Name), f)),
        ];
        if (withPosition)
        {
            string prefix = Path.TrimEndingDirectorySeparator(tableFolder) + "/";
            columns.Add(
                $"case when starts_with({NameColumn}, {SqlText.Literal(prefix)}) "
                + $"then substr({NameColumn}, {prefix.Length + 1}) else {NameColumn} end as {FileColumn}");
            columns.Add($"cast(file_row_number as BIGINT) as {RowColumn}");
        }

        string paths = string.Join(", ", files.Select(f => SqlText.Literal(Path.Combine(tableFolder, f.Path))));
        string position = withPosition ? $", filename = '{NameColumn}', file_row_number = true" : "";
        string scan =
            $"select * from read_parquet([{paths}], hive_partitioning = false, union_by_name = true{position})";

        // No rows, but names and types: what no file has is NULL instead of an error.
        SchemaField[] stored = [.. schema.Fields.Where(f => !partition.ContainsKey(f.Name))];
        string source = stored.Length == 0 ? scan : $"{EmptySql(new([.. stored]), false)} union all by name {scan}";
        return $"select {string.Join(", ", columns)} from ({source})";
    }

    private static string Column(string source, SchemaField field) =>
        $"cast({source} as {DuckDbTypes.Name(field.Type)}) as {SqlName.DuckDb(field.Name)}";

    private static string PartitionLiteral(string? value) =>
        string.IsNullOrEmpty(value) ? "null" : SqlText.Literal(value);

    private static string EmptySql(TableSchema schema, bool withPosition)
    {
        IEnumerable<string> columns = schema.Fields.Select(f => Column("null", f));
        if (withPosition)
        {
            columns = [.. columns, $"cast(null as VARCHAR) as {FileColumn}", $"cast(null as BIGINT) as {RowColumn}"];
        }

        return $"select {string.Join(", ", columns)} where false";
    }
}
