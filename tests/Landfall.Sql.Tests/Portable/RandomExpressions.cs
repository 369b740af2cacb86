using System.Globalization;

namespace Landfall.Sql.Tests.Portable;

/// <summary>
/// Writes random expressions of a type over the columns of <see cref="PortableTables.Wide"/>, nested some levels deep.
/// What engines compute to the last bit but one only, as sines, is left out: a comparison would make much of little.
/// </summary>
/// <param name="random">Where they come from.</param>
public sealed class RandomExpressions(Random random)
{
    private const int Depth = 3;

    private static readonly string[] Types =
        ["boolean", "int", "bigint", "double", "decimal", "string", "date", "timestamp"];

    /// <summary>One more expression.</summary>
    public string Next() => Of(Pick(Types), Depth);

    private string Of(string type, int depth)
    {
        if (depth == 0 || random.Next(6) == 0)
        {
            return random.Next(4) == 0 ? Literal(type) : Column(type);
        }

        string A(string? other = null) => Of(other ?? type, depth - 1);
        string common = random.Next(8) switch
        {
            0 => $"coalesce({A()}, {A()})",
            1 => $"case when {A("boolean")} then {A()} else {A()} end",
            2 => $"nullif({A()}, {A()})",
            3 => $"greatest({A()}, {A()})",
            4 => $"least({A()}, {A()}, {A()})",
            _ => "",
        };
        return common.Length > 0 ? common : type switch
        {
            "boolean" => Boolean(depth),
            "int" => Pick($"({A()} + {A()})", $"({A()} - {A()})", $"({A()} * {A()})", $"- {A()}", $"abs({A()})",
                $"cast({A("boolean")} as int)", $"try_cast({A("bigint")} as int)", $"({A()} % 7)"),
            "bigint" => Pick($"({A()} + {A("int")})", $"({A()} - {A()})", $"({A()} * {A("int")})",
                $"length({A("string")})",
                $"year({A("date")})", $"instr({A("string")}, {A("string")})", $"@int_div({A()}, {A("int")})",
                $"@date_diff_days({A("date")}, {A("timestamp")})", $"cast({A("int")} as bigint)", $"mod({A()}, 1000)",
                $"@iso_dow({A("date")})", $"hour({A("timestamp")})", $"@parse_bigint({A("string")})"),
            "double" => Pick($"({A()} + {A()})", $"({A()} - {A("int")})", $"({A()} * {A()})",
                $"({A()} / nullif({A()}, 0))",
                $"floor({A()})", $"round({A()})", $"round({A()}, 2)", $"abs({A()})", $"sqrt(abs({A()}))",
                $"cast({A("int")} as double)", $"ceil({A("int")})", $"({A()} % 3)"),
            "decimal" => Pick($"({A()} + {A()})", $"({A()} - {A()})", $"({A()} * {A()})", $"({A()} + {A("int")})",
                $"({A("bigint")} * {A()})", $"- {A()}", $"abs({A()})", $"round({A()}, 1)", $"floor({A()})",
                $"cast({A("int")} as decimal(18,2))", $"cast({A()} as decimal(20,3))",
                    $"@parse_decimal({A("string")}, 18, 4)",
                $"@div_dec(cast({A()} as decimal(20,4)), {A("int")}, 18, 5)",
                    $"try_cast({A("double")} as decimal(18,3))"),
            "string" => Text(depth),
            "date" => Pick($"date_add({A()}, {random.Next(-900, 900)})", $"@month({A("timestamp")})",
                $"@add_months({A()}, {random.Next(-30, 30)})", $"last_day({A()})", $"cast({A("timestamp")} as date)",
                $"@parse_date({A("string")})", $"({A()} + {random.Next(50)})"),
            _ => Pick($"date_trunc('{Pick("week", "month", "hour", "second")}', {A()})",
                $"@add_seconds({A()}, {random.Next(-100000, 100000)})", $"cast({A("date")} as timestamp)",
                $"@to_zone({A()}, 'Europe/Berlin')", $"@parse_timestamp({A("string")})"),
        };
    }

    private string Boolean(int depth)
    {
        string type = Pick(Types);
        string A(string? other = null) => Of(other ?? type, depth - 1);
        return random.Next(9) switch
        {
            0 => $"({A("boolean")} and {A("boolean")})",
            1 => $"({A("boolean")} or not {A("boolean")})",
            2 => $"({A()} is null)",
            3 => $"({A()} is not distinct from {A()})",
            4 => $"({A()} in ({A()}, {A()}))",
            5 => $"({A()} between {A()} and {A()})",
            6 => $"({A("string")} like {A("string")})",
            7 => $"contains({A("string")}, {A("string")})",
            _ => $"({A()} {Pick("=", "<>", "<", "<=", ">", ">=")} {A()})",
        };
    }

    private string Text(int depth)
    {
        string A(string other = "string") => Of(other, depth - 1);
        return Pick($"({A()} || {A()})", $"lower({A()})", $"upper({A()})",
            $"substr({A()}, {random.Next(1, 5)}, {random.Next(4)})",
            $"left({A()}, {random.Next(6)})", $"right({A()}, {random.Next(6)})", $"trim({A()})",
            $"replace({A()}, {Literal("string")}, {A()})", $"concat_ws('-', {A()}, {A()})",
                $"cast({A("int")} as string)",
            $"cast({A("decimal")} as string)", $"cast({A("date")} as string)", $"cast({A("boolean")} as string)",
            $"lpad({A()}, {random.Next(9)}, 'xé')", $"split_part({A()}, 'a', {random.Next(1, 4)})",
            $"translate({A()}, 'ab', 'é')", $"@re_replace({A()}, '[a-m]+', '#')",
                $"@re_extract({A()}, '([a-z])(.)', 2)",
            $"@format_date({A("timestamp")}, 'yyyy-MM-dd HH:mm:ss')", $"md5({A()})", $"({A("bigint")} || {A()})");
    }

    private string Column(string type) => "t." + type switch
    {
        "boolean" => "o",
        "decimal" => Pick("p", "q"),
        "double" => "x",
        "timestamp" => "k",
        _ => type[..1] == "b" ? "l" : type[..1],
    } + random.Next(1, 3).ToString(CultureInfo.InvariantCulture);

    private string Literal(string type) => type switch
    {
        "boolean" => Pick("true", "false", "null"),
        "int" => $"{random.Next(-10, 100)}",
        "bigint" => $"cast({random.Next(-10, 100)} as bigint)",
        "double" => $"cast({Pick("0.1", "-2.5", "3", "1e10")} as double)",
        "decimal" => Pick("0.1", "-2.50", "12345.678", "7.0"),
        "string" => Pick("'a'", "''", "'é%'", "'it''s'", "'B_'"),
        "date" => Pick("date '2024-02-29'", "date '0001-01-01'", "date '1999-12-31'"),
        _ => Pick("timestamp '2024-02-29 12:34:56.789'", "timestamp '1970-01-01 00:00:00'"),
    };

    private T Pick<T>(params T[] choices) => choices[random.Next(choices.Length)];
}
