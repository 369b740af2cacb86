using System.Globalization;
using Landfall.Delta;
using Landfall.Engine.Engines;
using Landfall.Engine.Spark.Enriching.Texts;
using Landfall.Estate;

namespace Landfall.Engine.Spark.Enriching.Columnar;

/// <summary>
/// Reads the columns of Parquet files in their footers: of their types Spark tells less than what DuckDB goes by.
/// </summary>
internal static class ParquetHeads
{
    /// <summary>What is wrong with a file that cannot be read, a clause.</summary>
    public const string NotWhole = "it is not whole, or no Parquet file";

    private const int MostDigits = 38;

    /// <summary>Reads the footer of a file.</summary>
    public static async Task<TextHead> ReadAsync(
        IParquetIo parquet, EnrichFile file, CancellationToken cancellationToken)
    {
        try
        {
            ParquetSchema schema = await parquet.ReadSchemaAsync(file.Path, cancellationToken);
            return new(file)
            {
                Header = [.. schema.Columns.Select(c => c.Name)], Types = [.. schema.Columns.Select(TypeOf)],
                HasRecords = schema.Rows > 0,
            };
        }
        catch (LandfallException) when (File.Exists(file.Path))
        {
            return new(file) { Problem = NotWhole };
        }
    }

    /// <summary>
    /// The type of a column as Spark names it where both engines read it the same; otherwise Parquet's words. Older
    /// annotations say of a time neither what zone it has nor that it has none, and the engines differ.
    /// </summary>
    private static string TypeOf(ParquetColumn column) => (column.Stored, column.Annotation, column.Logical) switch
    {
        ("BOOLEAN", "", "") => "boolean",
        ("INT32", "INT_8", _) => "tinyint",
        ("INT32", "INT_16", _) => "smallint",
        ("INT32", "", "") or ("INT32", "INT_32", _) => "int",
        ("INT64", "", "") or ("INT64", "INT_64", _) => "bigint",
        ("FLOAT", "", "") => "float",
        ("DOUBLE", "", "") => "double",
        ("INT32", "DATE", _) => "date",
        ("INT64", "TIMESTAMP_MICROS", _) when IsOfMicros(column, 1) => "timestamp",
        ("INT64", "TIMESTAMP_MICROS", _) when IsOfMicros(column, 0) => "timestamp_ntz",
        ("BYTE_ARRAY", "UTF8", _) => "string",
        ("BYTE_ARRAY", "", "") => "binary",
        ("INT32" or "INT64" or "BYTE_ARRAY" or "FIXED_LEN_BYTE_ARRAY", "DECIMAL", _)
            when column.Precision is > 0 and <= MostDigits && column.Scale >= 0 && column.Scale <= column.Precision =>
            string.Create(CultureInfo.InvariantCulture, $"decimal({column.Precision},{column.Scale})"),
        ("", _, _) => "GROUP",
        _ => $"{column.Stored} {(column.Annotation.Length > 0 ? column.Annotation : Word(column.Logical))}".TrimEnd(),
    };

    private static string Word(string logical) =>
        logical.Split('(')[0].Replace("Type", "", StringComparison.Ordinal).ToUpperInvariant();

    private static bool IsOfMicros(ParquetColumn column, int adjusted) =>
        column.Logical.StartsWith(
            string.Create(CultureInfo.InvariantCulture, $"TimestampType(isAdjustedToUTC={adjusted}"),
            StringComparison.Ordinal)
        && column.Logical.Contains("MICROS=Micro", StringComparison.Ordinal);
}
