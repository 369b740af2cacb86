using Landfall.Delta;
using Landfall.Engine.Spark.Reading;
using Landfall.Estate.Types;

namespace Landfall.Engine.Spark.Writing;

/// <summary>
/// The select that Spark writes: every column cast to its type, a partition column as the text that the log has, in
/// hexadecimal digits, and a failure at the first row that a Delta table cannot hold.
/// </summary>
internal static class WriteStatement
{
    /// <summary>The column that folders are named by; no contract has its name.</summary>
    public const string PartitionColumn = "_landfall_partition";

    /// <summary>How Spark names the folder of null.</summary>
    public const string NullFolder = "__HIVE_DEFAULT_PARTITION__";

    /// <summary>Begins the message of rows that have an empty text in the partition column.</summary>
    public const string EmptyMark = "landfall: empty text in the partition column";

    /// <summary>Begins the message of rows with a time that no Delta table holds; the column's name follows.</summary>
    public const string RangeMark = "landfall: outside the years 1 to 9999: ";

    /// <summary>The select.</summary>
    /// <param name="sql">The rows.</param>
    /// <param name="schema">Their columns.</param>
    /// <param name="partitionColumn">The column that becomes <see cref="PartitionColumn"/>; null for none.</param>
    public static string Of(string sql, TableSchema schema, string? partitionColumn)
    {
        string columns = string.Join(", ", schema.Fields.Select(f => f.Name == partitionColumn
            ? $"{Partition(f)} as {SparkSql.Name(PartitionColumn)}"
            : $"{Guarded(f)} as {SparkSql.Name(f.Name)}"));
        return partitionColumn is null
            ? $"select {columns} from ({sql})"

            // Rows of a partition come together first, in files of the size that Spark is told, however skewed.
            : $"select /*+ REBALANCE({SparkSql.Name(PartitionColumn)}) */ * from (select {columns} from ({sql}))";
    }

    private static string Guarded(SchemaField field)
    {
        string cast = $"cast({SparkSql.Name(field.Name)} as {SparkSql.Type(field.Type)})";
        string? range = field.Type.Kind switch
        {
            TypeKind.Date => $"{cast} not between date'0001-01-01' and date'9999-12-31'",
            TypeKind.Timestamp =>
                $"{cast} not between timestamp'0001-01-01 00:00:00' and timestamp'9999-12-31 23:59:59.999999'",
            _ => null,
        };
        return range is null ? cast : $"case when {range} then {Fail(RangeMark + field.Name)} else {cast} end";
    }

    private static string Partition(SchemaField field)
    {
        string text = $"cast({Guarded(field)} as string)";
        string known = field.Type.Kind == TypeKind.String
            ? $"case when {text} = '' then {Fail(EmptyMark)} else {text} end"
            : text;

        // Java writes names of folders in the character set of its locale, and Spark has a text of its own for null.
        return $"hex(encode({known}, 'UTF-8'))";
    }

    private static string Fail(string message) => $"raise_error({SparkSql.Literal(message)})";
}
