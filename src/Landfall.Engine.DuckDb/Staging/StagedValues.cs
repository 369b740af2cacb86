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
            StagedType.Text => text,
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
        StagedType.Text or StagedType.Bytes => "true",
        StagedType.Date => $"coalesce({Of(column)} between date '0001-01-01' and date '9999-12-31', false)",
        StagedType.Timestamp or StagedType.LocalTimestamp =>
            $"coalesce(cast({Of(column)} as TIMESTAMP) between timestamp '0001-01-01' and timestamp '9999-12-31', "
            + "false)",
        _ => $"{Of(column)} is not null",
    };

    /// <summary>
    /// A cursor's text as a value that orders. An instant's text carries its offset, +00, which a plain timestamp's
    /// cast refuses otherwise.
    /// </summary>
    public static string Comparable(StagedColumn column) =>
        $"cast({Of(column)} as {(column.IsTime ? "TIMESTAMP" : "DECIMAL(38,9)")})";

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
