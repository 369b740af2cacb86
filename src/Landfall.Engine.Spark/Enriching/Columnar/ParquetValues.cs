using Landfall.Engine.Spark.Enriching.Values;
using Landfall.Estate.Types;
using Landfall.Sql;

namespace Landfall.Engine.Spark.Enriching.Columnar;

/// <summary>Values of columns of Parquet files as expressions, by the types that Spark has for them.</summary>
internal static class ParquetValues
{
    /// <summary>Spark's word for a date and time of no zone.</summary>
    public const string LocalTime = "timestamp_ntz";

    /// <summary>Digits of the decimals that DuckDB writes to JSON by way of a double.</summary>
    private const int DigitsOfDouble = 15;

    /// <summary>
    /// The value where the column has the contract's own type, or is a double of half the width; null where it has
    /// another.
    /// </summary>
    /// <param name="rules">The contract's type.</param>
    /// <param name="type">The column's type.</param>
    /// <param name="column">An expression.</param>
    public static string? Native(ValueRules rules, string type, string column) => type switch
    {
        "float" when rules.Type.Kind == TypeKind.Double => $"cast({column} as double)",
        "string" when type == rules.TypeName => Text(type, column),
        _ when type == rules.TypeName => column,
        _ => null,
    };

    /// <summary>
    /// The value as DuckDB makes a text of it; null where Spark makes another. What is no UTF-8 is an error, as it is
    /// there.
    /// </summary>
    /// <param name="type">The column's type.</param>
    /// <param name="column">An expression.</param>
    public static string? Text(string type, string column) => type switch
    {
        "string" => $"validate_utf8({column})",
        "boolean" or "tinyint" or "smallint" or "int" or "bigint" => $"cast({column} as string)",
        "binary" => Bytes(column),
        "date" => Infinite($"unix_date({column})", "2147483647", SqlText.SparkDay(column)),
        "timestamp" => Time(column, "+00"),
        LocalTime => Time($"cast({column} as timestamp)", ""),
        _ => DecimalOf(type) is not { } number ? null
            : number.Precision == number.Scale
                ? $"regexp_replace(cast({column} as string), '^(-?)0[.]', '$1.')"
                : $"cast({column} as string)",
    };

    /// <summary>The value as DuckDB makes JSON of it, <c>null</c> for none; null for a type that is not read.</summary>
    /// <param name="type">The column's type.</param>
    /// <param name="column">An expression.</param>
    public static string? Json(string type, string column)
    {
        string? json = type switch
        {
            "boolean" or "tinyint" or "smallint" or "int" or "bigint" => Text(type, column),
            "string" => Quoted(column),
            "float" or "double" => Double($"cast({column} as double)"),
            _ when DecimalOf(type) is { } number => number.Precision > DigitsOfDouble
                ? Text(type, column)
                : Double($"cast({column} as double)"),
            _ => Text(type, column) is { } text ? Quoted(text) : null,
        };
        return json is null ? null : $"coalesce({json}, 'null')";
    }

    /// <summary>A text as JSON has it.</summary>
    public static string Quoted(string text)
    {
        const string Before = """
            {"t":
            """;
        return SparkSql.Let(
            "j", $"to_json(named_struct('t', {text}))",
            $"if(startswith(j, '{Before}'), substr(j, {Before.Length + 1}, length(j) - {Before.Length + 1}), null)");
    }

    private static DataType? DecimalOf(string type) =>
        DataType.TryParse(type, out DataType parsed) && parsed.Kind == TypeKind.Decimal ? parsed : null;

    /// <summary>What is printed stands for itself, but for quotation marks and the backslash.</summary>
    private static string Bytes(string column)
    {
        const string Plain = "^[ !#-&(-\\[\\]-~]";
        return $"array_join(transform(split(decode({column}, 'ISO-8859-1'), ''), c -> if(c = '' "
            + $"or regexp_like(c, {SparkSql.Text(Plain)}), c, concat(chr(92), 'x', "
            + "hex(encode(c, 'ISO-8859-1'))))), '')";
    }

    private static string Infinite(string number, string infinity, string otherwise) =>
        $"case {number} when {infinity} then 'infinity' when -{infinity} then '-infinity' else {otherwise} end";

    private static string Time(string instant, string offset) => Infinite(
        $"unix_micros({instant})", "9223372036854775807L",
        $"concat({SqlText.SparkDay($"cast({instant} as date)")}, "
        + $"regexp_extract(cast({instant} as string), ' .*', 0), '{offset}')");

    /// <summary>
    /// The fewest digits that are the double again, with an exponent from 1e21 on and below 1e-6. Java's own text,
    /// which numbers are formatted from, may have more than the fewest, and be rounded to a neighbour of them. Of two
    /// such texts of one double it may not be DuckDB's. Spark computes it of infinities, too, which have no digits.
    /// </summary>
    private static string Double(string value)
    {
        const string Rounded = "transform(sequence(0, 17), n -> format_string(concat('%.', n, 'e'), abs(v)))";
        const string Digits = "try_cast(regexp_replace(s, '[.]|e.*', '') as bigint)";
        const string Power = "try_cast(substring_index(s, 'e', -1) as int) - greatest(locate('e', s) - 3, 0)";
        const string Near =
            $"flatten(transform({Rounded}, s -> transform(array(0L, -1L, 1L), k -> "
            + $"named_struct('d', {Digits} + k, 'e', {Power}))))";
        const string Fewest = $"get(filter({Near}, c -> try_cast(concat(c.d, 'e', c.e) as double) = abs(v)), 0)";
        const string Parts = "named_struct('m', if(startswith(cast(v as string), '-'), '-', ''), "
            + "'d', cast(f.d as string), 'e', f.e + length(cast(f.d as string)) - 1)";
        const string Large = "if(length(p.d) > p.e + 1, concat(substr(p.d, 1, p.e + 1), '.', substr(p.d, p.e + 2)), "
            + "concat(rpad(p.d, p.e + 1, '0'), '.0'))";
        const string Exponent =
            "concat(substr(p.d, 1, 1), if(length(p.d) > 1, concat('.', substr(p.d, 2)), ''), 'e', p.e)";
        string written = SparkSql.Let("f", Fewest, SparkSql.Let(
            "p", Parts,
            $"concat(p.m, case when p.e between 0 and 20 then {Large} when p.e between -6 and -1 "
            + $"then concat('0.', repeat('0', -1 - p.e), p.d) else {Exponent} end)"));
        return SparkSql.Let(
            "v", value, $"if(isnan(v) or abs(v) = double('infinity'), cast(v as string), {written})");
    }
}
