using System.Text;
using Landfall.Estate.Contracts;
using Landfall.Estate.Types;

namespace Landfall.Serving.PowerBi;

/// <summary>Expressions of DAX.</summary>
internal static class Dax
{
    /// <summary>A measure of one table, an aggregate.</summary>
    public static string Aggregate(string table, ContractMeasure measure, IReadOnlyList<ContractColumn> columns)
    {
        string column = Column(table, measure.Column);
        string aggregate = measure.Aggregate switch
        {
            MeasureAggregate.Sum => $"SUM({column})",
            MeasureAggregate.Min => $"MIN({column})",
            MeasureAggregate.Max => $"MAX({column})",
            MeasureAggregate.Average => $"AVERAGE({column})",
            MeasureAggregate.CountDistinct => $"DISTINCTCOUNTNOBLANK({column})",
            _ when measure.Column.Length == 0 => Rows(table),
            _ => $"COUNTA({column})",
        };

        // A filter that a visual has on the column stays: the rows of another value are none.
        string filters = string.Concat(measure.Where
            .Select(f => (f, columns.First(c => c.Name == f.Column).Type))
            .Select(f => $", KEEPFILTERS({Column(table, f.f.Column)} = {Literal(f.f.Value, f.Type)})"));
        return filters.Length == 0 ? aggregate : $"CALCULATE({aggregate}{filters})";
    }

    /// <summary>The number of rows of a table.</summary>
    public static string Rows(string table) => $"COUNTROWS({Table(table)})";

    /// <summary>A quotient of two measures; blank where the divisor is zero.</summary>
    public static string Quotient(string dividend, string divisor) =>
        $"DIVIDE({Measure(dividend)}, {Measure(divisor)})";

    /// <summary>A text; DAX has no escapes, so that line ends are put in by their numbers.</summary>
    public static string Text(string text)
    {
        StringBuilder literal = new("\"");
        foreach (char c in text)
        {
            _ = c == '"' ? literal.Append("\"\"")
                : char.IsControl(c) || c is '\u2028' or '\u2029' ? literal.Append($"\" & UNICHAR({(int)c}) & \"")
                : literal.Append(c);
        }

        return literal.Append('"').ToString();
    }

    private static string Table(string name) => $"'{name.Replace("'", "''", StringComparison.Ordinal)}'";

    private static string Measure(string name) => $"[{name.Replace("]", "]]", StringComparison.Ordinal)}]";

    private static string Column(string table, string name) => Table(table) + Measure(name);

    private static string Literal(string value, DataType type) => type.Kind switch
    {
        TypeKind.Int or TypeKind.BigInt => value,
        TypeKind.Boolean => value == "true" ? "TRUE()" : "FALSE()",
        TypeKind.Date => $"DATE({string.Join(", ", value.Split('-').Select(p => p.TrimStart('0')))})",
        _ => Text(value),
    };
}
