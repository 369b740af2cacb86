using System.Globalization;
using Landfall.Engine.Engines;
using Landfall.Sql;

namespace Landfall.Engine.DuckDb.Staging;

/// <summary>SQL over columns of texts.</summary>
internal static class StagedValues
{
    /// <summary>The column's text as a value of its type, or null where it has none.</summary>
    public static string Of(StagedColumn column)
    {
        string text = SqlName.DuckDb(column.Name);
        return column.Type switch
        {
            _ when column.IsText => text,
            StagedType.Bytes => $"from_hex(substr({text}, 3))",
            _ => $"try_cast({text} as {NameOf(column)})",
        };
    }

    /// <summary>
    /// A condition: whether a text has a value that Parquet holds. It is false for NaN in a numeric, infinite and
    /// prehistoric dates.
    /// </summary>
    public static string Fits(StagedColumn column) => column.Type switch
    {
        StagedType.Bytes => "true",
        _ when column.IsText => "true",
        _ when column.IsTime => $"(not {IsBeforeChrist(column)} and coalesce({RangeOf(column)}, false))",
        _ => $"{Of(column)} is not null",
    };

    /// <summary>
    /// A cursor's text as a value that orders. Times before DuckDB's are infinitely early and those after it infinitely
    /// late; what is no decimal, or greater than all, is null.
    /// </summary>
    public static string Comparable(StagedColumn column)
    {
        string text = SqlName.DuckDb(column.Name);
        return column.IsDecimal ? DecimalText.Key(text)
            : column.IsTime ? $"case when {text} is null then null when {IsBeforeChrist(column)} then "
                + $"timestamp '-infinity' else coalesce(try_cast({Of(column)} as TIMESTAMP), timestamp 'infinity') end"
            : $"try_cast({text} as DECIMAL(38,9))";
    }

    /// <summary>A condition: whether what <see cref="Comparable"/> gives is of a finite value.</summary>
    public static string IsFinite(StagedColumn column) =>
        column.IsDecimal ? $"{Comparable(column)} <> {DecimalText.NegativeInfinity}"
        : column.IsTime ? $"isfinite({Comparable(column)})"
        : $"{Comparable(column)} is not null";

    private static string RangeOf(StagedColumn column) => column.Type == StagedType.Date
        ? $"{Of(column)} between date '0001-01-01' and date '9999-12-31'"
        : $"cast({Of(column)} as TIMESTAMP) between timestamp '0001-01-01' and timestamp '9999-12-31'";

    /// <summary>DuckDB reads PostgreSQL's mark as nothing, and the year as one after Christ.</summary>
    private static string IsBeforeChrist(StagedColumn column) => $"ends_with({SqlName.DuckDb(column.Name)}, ' BC')";

    private static string NameOf(StagedColumn column) => column.Type switch
    {
        StagedType.Boolean => "BOOLEAN",
        StagedType.SmallInt => "SMALLINT",
        StagedType.Int => "INTEGER",
        StagedType.BigInt => "BIGINT",
        StagedType.Float => "FLOAT",
        StagedType.Double => "DOUBLE",
        StagedType.Decimal => string.Create(
            CultureInfo.InvariantCulture, $"DECIMAL({column.Precision},{column.Scale})"),
        StagedType.Date => "DATE",
        StagedType.Timestamp => "TIMESTAMPTZ",
        StagedType.LocalTimestamp => "TIMESTAMP",
        _ => throw new ArgumentOutOfRangeException(nameof(column), column.Type, "It is cast otherwise."),
    };
}
