using System.Collections.Immutable;
using System.Text;
using Landfall.Estate.Types;

namespace Landfall.Engine.DuckDb.Tests.Judges;

/// <summary>Filters on every column that can have statistics, with values that occur in the table.</summary>
internal static class JudgePredicates
{
    private static readonly string[] Operators = ["=", "<", "<=", ">", ">="];

    private const int CountMax = 10;

    /// <summary>
    /// A few null tests and comparisons of random columns. What fails in a judge on any table is not asked. In
    /// delta-rs: comparisons of boolean columns, which have no bounds, and of a bigint column that spans half of all
    /// numbers. In Spark, on Parquet files without Delta too: a date of the days that the calendar left out in 1582.
    /// </summary>
    public static ImmutableArray<string> Of(Known known, JudgeDialect dialect, Random random)
    {
        List<string> predicates = [];
        foreach (JudgedColumn column in known.Columns
            .Where(c => c.Type.Kind is not (TypeKind.Array or TypeKind.Struct)))
        {
            string name = column.Quoted(dialect);
            predicates.Add($"{name} is {(random.Next(2) == 0 ? "not " : "")}null");
            Cell[] values =
            [
                .. known.Rows.Values.Select(r => r.GetValueOrDefault(column.Name, Cell.Null))
                    .Where(c => c.Text != Cell.Nothing),
            ];
            for (int i = 0; i < 2 && values.Length > 0 && column.Type.Kind != TypeKind.Binary; i++)
            {
                Cell value = values[random.Next(values.Length)];
                if (value.Literal is not double.NaN && !(dialect == JudgeDialect.DataFusion
                    ? column.Type.Kind == TypeKind.Boolean || IsWide(column, values)
                    : column.Type.Kind == TypeKind.Date && IsLeftOut(value.Text)))
                {
                    string literal = Literal(value, column.Type, dialect);
                    predicates.Add($"{name} {Operators[random.Next(Operators.Length)]} {literal}");
                }
            }
        }

        string[] mixed = [.. predicates];
        random.Shuffle(mixed);
        return [.. mixed.Take(CountMax)];
    }

    /// <summary>5 to 14 October 1582, between the Julian and the Gregorian calendar.</summary>
    private static bool IsLeftOut(string day) =>
        string.CompareOrdinal(day, "1582-10-05") >= 0 && string.CompareOrdinal(day, "1582-10-14") <= 0;

    private static bool IsWide(JudgedColumn column, Cell[] values) =>
        column.Type.Kind == TypeKind.BigInt
        && values.Any(v => Math.Abs((decimal)(long)v.Literal!) > long.MaxValue / 4);

    private static string Literal(Cell value, DataType type, JudgeDialect dialect) => (type.Kind, dialect) switch
    {
        (TypeKind.Boolean, _) => value.Text,
        (TypeKind.String, JudgeDialect.Spark) =>
            $"decode(unhex('{Convert.ToHexString(Encoding.UTF8.GetBytes(value.Text))}'), 'UTF-8')",
        (TypeKind.String, _) => $"'{value.Text.Replace("'", "''", StringComparison.Ordinal)}'",
        (TypeKind.Timestamp, JudgeDialect.Spark) => $"timestamp_micros({value.Text})",
        (TypeKind.Timestamp, _) =>
            $"arrow_cast(cast('{value.Text}' as bigint), 'Timestamp(Microsecond, Some(\"UTC\"))')",
        (TypeKind.Double, _) => $"cast('{Number((double)value.Literal!)}' as double)",
        (TypeKind.BigInt, _) => $"cast('{value.Text}' as bigint)",
        (TypeKind.Int, _) => $"cast('{value.Text}' as int)",
        _ => $"cast('{value.Text}' as {type})",
    };

    private static string Number(double value) =>
        double.IsInfinity(value) ? value > 0 ? "Infinity" : "-Infinity"
            : value.ToString("R", System.Globalization.CultureInfo.InvariantCulture);
}
