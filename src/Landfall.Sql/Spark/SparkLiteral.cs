using System.Globalization;
using Landfall.Sql.Syntax;

namespace Landfall.Sql.Spark;

/// <summary>Literals as Spark reads them.</summary>
internal static class SparkLiteral
{
    /// <summary>The literal of a constant of the syntax tree.</summary>
    public static string Of(SqlExpression constant) => constant switch
    {
        { IsNull: true } => "null",
        { DataType: "VARCHAR" } => SqlText.Spark(constant.Value),
        { DataType: "BOOLEAN", Value: "" } => "cast(null as boolean)",
        { DataType: "BOOLEAN" } => constant.Value.ToLowerInvariant(),
        { DataType: "DOUBLE" } => Signed(double.Parse(constant.Value, CultureInfo.InvariantCulture)
            .ToString("E16", CultureInfo.InvariantCulture) + "D"),
        { DataType: "DECIMAL" } => Signed(Decimal(constant.Value, constant.Scale)),
        _ => Signed(constant.Value),
    };

    private static string Signed(string number) => number.StartsWith('-') ? $"({number})" : number;

    // The tree has the digits alone.
    private static string Decimal(string digits, int scale)
    {
        string sign = digits.StartsWith('-') ? "-" : "";
        string padded = digits.TrimStart('-').PadLeft(scale + 1, '0');
        return $"{sign}{padded[..^scale]}.{padded[^scale..]}";
    }
}
