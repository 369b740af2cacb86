using System.Collections.Immutable;
using Landfall.Delta;
using Landfall.Engine.Spark.Connect;
using Landfall.Engine.Spark.Enriching.Texts;
using Landfall.Engine.Spark.Enriching.Values;
using Landfall.Sql;

namespace Landfall.Engine.Spark.Enriching;

/// <summary>Data files of a Delta table as views of a session.</summary>
internal static class StoredFiles
{
    /// <summary>The extra column with a file's path, as the log has it.</summary>
    public const string FileColumn = "_landfall_file";

    /// <summary>Makes a view of the columns of a schema; columns that files lack are null.</summary>
    /// <param name="session">Where.</param>
    /// <param name="view">Its name.</param>
    /// <param name="tableFolder">Absolute path of the table.</param>
    /// <param name="schema">The table's columns; none is a partition's.</param>
    /// <param name="files">Paths relative to the folder, or absolute.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public static async Task ViewAsync(
        SparkSession session, string view, string tableFolder, TableSchema schema, ImmutableArray<string> files,
        CancellationToken cancellationToken)
    {
        if (files.IsEmpty)
        {
            string nulls = string.Join(", ", schema.Fields.Select(f =>
                $"cast(null as {SqlTypes.Name(f.Type, SqlDialect.Spark)}) as {SqlName.Spark(f.Name)}"));
            await session.ExecuteAsync(
                $"create or replace temporary view {view} as select {nulls}, '' as {FileColumn} where false",
                cancellationToken);
            return;
        }

        string columns = string.Join(", ", schema.Fields.Select(f =>
            $"{SqlName.Spark(f.Name)} {SqlTypes.Name(f.Type, SqlDialect.Spark)}"));
        string prefix = TextLines.UriOf(Path.TrimEndingDirectorySeparator(tableFolder) + "/");
        string scan = view + "_scan";
        await session.CreateViewAsync(
            scan, new("parquet", columns, [.. files.Select(f => Path.Combine(tableFolder, f))]), cancellationToken);
        await session.ExecuteAsync(
            $"create or replace temporary view {view} as select {Names(schema, "")}, "
            + $"if(startswith(path, {SparkSql.Text(prefix)}), substr(path, length({SparkSql.Text(prefix)}) + 1), "
            + $"substr(path, {TextLines.UriOf("").Length} + 1)) as {FileColumn} "
            + $"from (select *, {TextLines.Path} as path from {scan})",
            cancellationToken);
    }

    /// <summary>The columns of a schema as a list.</summary>
    public static string Names(TableSchema schema, string prefix) =>
        string.Join(", ", schema.Fields.Select(f => prefix + SqlName.Spark(f.Name)));

    /// <summary>The condition that rows have the same values in some columns; null is like null.</summary>
    public static string Match(string left, string right, IEnumerable<string> names) => string.Join(
        " and ", names.Select(n => $"{left}.{SqlName.Spark(n)} <=> {right}.{SqlName.Spark(n)}"));

    /// <summary>The condition that a column has one of some texts.</summary>
    public static string In(string column, IEnumerable<string> texts) =>
        string.Join(", ", texts.Select(SparkSql.Text)) is { Length: > 0 } list ? $"{column} in ({list})" : "false";
}
