using System.Collections.Frozen;
using Landfall.Sql.Syntax;
using Landfall.Sql.Typing;

namespace Landfall.Sql.Spark;

/// <summary>
/// Functions as Spark has to be asked for them to answer what DuckDB answers. Those that are not here are called alike.
/// </summary>
internal static class SparkCalls
{
    /// <summary>Where FILTER and OVER of an aggregate go in a template.</summary>
    public const string Rows = "{rows}";

    private const string Infinite = "cast('Infinity' as double)";

    // What Unicode calls space separators, which DuckDB trims; Spark trims the first only.
    private const string Blanks = "\u0020\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
        + "\u202f\u205f\u3000";

    // Small letters of one capital that Spark writes as several, as ß as SS.
    private const string SmallOfOneCapital = "\u00df"
        + "\u1f80\u1f81\u1f82\u1f83\u1f84\u1f85\u1f86\u1f87\u1f90\u1f91\u1f92\u1f93\u1f94\u1f95\u1f96\u1f97"
        + "\u1fa0\u1fa1\u1fa2\u1fa3\u1fa4\u1fa5\u1fa6\u1fa7\u1fb3\u1fc3\u1ff3";

    private const string Capitals = "\u1e9e"
        + "\u1f88\u1f89\u1f8a\u1f8b\u1f8c\u1f8d\u1f8e\u1f8f\u1f98\u1f99\u1f9a\u1f9b\u1f9c\u1f9d\u1f9e\u1f9f"
        + "\u1fa8\u1fa9\u1faa\u1fab\u1fac\u1fad\u1fae\u1faf\u1fbc\u1fcc\u1ffc";

    // İ has a small letter of its own, and the end of a word does not matter for Σ.
    private const string Lower = "lower(translate({0}, '\u0130\u03a3', 'i\u03c3'))";

    private const string Upper =
        "case when length(upper({0})) = length({0}) then upper({0}) else array_join(transform(split({0}, ''), "
        + "c -> case when length(upper(c)) = 1 then upper(c) else translate(c, '" + SmallOfOneCapital + "', '"
        + Capitals + "') end), '') end";

    // Spark's power knows no IEEE 754 cases of 1 and −1.
    private const string Power =
        "case when {1} is not null and (cast({0} as double) = 1 or (cast({0} as double) = -1"
        + " and abs(cast({1} as double)) = " + Infinite + ")) then cast(1 as double) else power({0}, {1}) end";

    // Spark counts on from the smallest date after the largest.
    private const string DateAdd =
        "case when unix_date({0}) + cast({1} as bigint) not between -2147483646 and 2147483646"
        + " then raise_error('A date is out of range.') else date_add({0}, cast({1} as int)) end";

    private static readonly FrozenDictionary<string, string> Templates = new Dictionary<string, string>
    {
        ["lower"] = Lower,
        ["upper"] = Upper,
        ["trim"] = $"trim(both '{Blanks}' from {{0}})",
        ["ltrim"] = $"trim(leading '{Blanks}' from {{0}})",
        ["rtrim"] = $"trim(trailing '{Blanks}' from {{0}})",
        ["position"] = "cast(instr({0}, {1}) as bigint)",
        ["instr"] = "cast(instr({0}, {1}) as bigint)",
        ["~~*"] = $"({Lower} like {Pattern(Lower.Replace("{0}", "{1}", StringComparison.Ordinal))})",
        ["!~~*"] = $"({Lower} not like {Pattern(Lower.Replace("{0}", "{1}", StringComparison.Ordinal))})",
        ["%"] = "({0} % {1})",
        ["*"] = "({0} * {1})",
        ["/"] = "({0} / {1})",
        ["power"] = Power,
        ["pow"] = Power,
        ["date_trunc"] = "date_trunc({0}, cast({1} as timestamp))",
        ["date_add"] = DateAdd,
        ["make_date"] = "make_date(cast({0} as int), cast({1} as int), cast({2} as int))",
        ["count_star"] = "count(*)" + Rows,
        ["sqrt"] = Guarded("sqrt", "cast({0} as double) < 0", "sqrt takes no negative number."),
        ["ln"] = Guarded("ln", "cast({0} as double) <= 0", "ln takes positive numbers."),
        ["log10"] = Guarded("log10", "cast({0} as double) <= 0", "log10 takes positive numbers."),
        ["log2"] = Guarded("log2", "cast({0} as double) <= 0", "log2 takes positive numbers."),
        ["sin"] = Guarded("sin", $"abs(cast({{0}} as double)) = {Infinite}", "sin takes finite numbers."),
        ["cos"] = Guarded("cos", $"abs(cast({{0}} as double)) = {Infinite}", "cos takes finite numbers."),
        ["tan"] = Guarded("tan", $"abs(cast({{0}} as double)) = {Infinite}", "tan takes finite numbers."),
        ["asin"] = Guarded("asin", "abs(cast({0} as double)) > 1 and not isnan(cast({0} as double))",
            "asin takes numbers from -1 to 1."),
        ["acos"] = Guarded("acos", "abs(cast({0} as double)) > 1 and not isnan(cast({0} as double))",
            "acos takes numbers from -1 to 1."),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    // Spark's are of 32 bits, and would overflow where DuckDB's do not.
    private static readonly FrozenSet<string> OfWholeNumbers = new[]
    {
        "length", "char_length", "character_length", "year", "month", "quarter", "day", "dayofmonth", "dayofyear",
        "weekofyear", "hour", "minute", "second", "row_number", "rank", "dense_rank", "ntile",
    }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> Spreads = new[]
    {
        "stddev", "stddev_samp", "stddev_pop", "variance", "var_samp", "var_pop", "covar_pop", "covar_samp",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The call, with <c>{0}</c> and so on for its arguments and <c>{*}</c> for all of them.</summary>
    /// <param name="call">A function, an operator spelt as one, an aggregate or a window function.</param>
    /// <param name="typeOf">The type of what stands in it.</param>
    public static string Template(SqlExpression call, Func<SqlExpression, ExpressionType> typeOf)
    {
        if (Templates.TryGetValue(call.Name, out string? template))
        {
            return template;
        }

        if (OfWholeNumbers.Contains(call.Name))
        {
            return $"cast({call.Name}({{*}}){Rows} as bigint)";
        }

        ExpressionType first = call.Arguments > 0 ? typeOf(call.Children[0]) : ExpressionType.Unknown;
        return call.Name switch
        {
            "-" when call.Arguments == 1 => first.IsDecimal ? "(0 - {0})" : "(-{0})",
            "+" when call.Arguments == 1 => "{0}",
            "+" or "-" => Sum(call, first, typeOf(call.Children[1])),
            "||" => $"({AsText(first, 0)} || {AsText(typeOf(call.Children[1]), 1)})",
            "~~" or "!~~" => Like(call),
            "concat_ws" => $"concat_ws({string.Join(", ", call.Children.Take(call.Arguments).Select(
                (a, i) => AsText(typeOf(a), i)))})",

            // Spark rounds what it negates to 34 digits.
            "abs" => first.IsDecimal
                ? $"case when {{0}} < cast(0 as decimal(38,{first.Number!.Scale})) then (0 - {{0}}) else {{0}} end"
                : "abs({0})",
            "floor" or "ceil" or "ceiling" => Whole(call.Name, first),
            "round" => Round(call, first),
            "date_part" => $"cast({call.Children[0].Value.ToLowerInvariant()}({{1}}) as bigint)",
            "sum" => SumOf(call, first),
            "count" when call.Arguments == 0 => "count(*)" + Rows,
            _ when Spreads.Contains(call.Name) => Spread(call, typeOf),
            _ => $"{call.Name}({(call.Distinct ? "distinct " : "")}{{*}}){Rows}",
        };
    }

    private static string Guarded(string name, string wrong, string problem) =>
        $"{name}(case when {wrong} then raise_error('{problem}') else {{0}} end)";

    private static string Sum(SqlExpression call, ExpressionType one, ExpressionType other)
    {
        bool isDay = one.Kind == ValueKind.Date || other.Kind == ValueKind.Date;
        string days = one.Kind == ValueKind.Date ? "{1}" : "{0}";
        string date = one.Kind == ValueKind.Date ? "{0}" : "{1}";
        return isDay
            ? DateAdd.Replace("{1}", call.Name == "-" ? "(-cast({n} as bigint))" : "{n}", StringComparison.Ordinal)
                .Replace("{0}", date, StringComparison.Ordinal).Replace("{n}", days, StringComparison.Ordinal)
            : $"({{0}} {call.Name} {{1}})";
    }

    private static string AsText(ExpressionType type, int at) =>
        type.Kind switch
        {
            ValueKind.Text or ValueKind.Binary or ValueKind.Null or ValueKind.Unknown => $"{{{at}}}",
            ValueKind.Date => SqlText.SparkDay($"{{{at}}}"),
            _ => $"cast({{{at}}} as string)",
        };

    private static string Like(SqlExpression call)
    {
        bool isWritten = call.Children[1].Kind == ExpressionKind.Constant;
        return $"({{0}} {(call.Name == "~~" ? "like" : "not like")} {(isWritten ? "{1}" : Pattern("{1}"))})";
    }

    // A backslash means itself.
    private static string Pattern(string pattern) => $"replace({pattern}, char(92), char(92) || char(92))";

    // Spark's are whole numbers of 64 bits, DuckDB's of doubles and whole numbers are doubles.
    private static string Whole(string name, ExpressionType type) =>
        type.IsDouble ? $"case when abs({{0}}) < 9E15D then cast({name}({{0}}) as double) else {{0}} end"
        : type.IsWhole ? "cast({0} as double)"
        : $"{name}({{0}})";

    // Spark goes by a double's shortest text, which 1.005 is and 1.00499… is not.
    private static string Round(SqlExpression call, ExpressionType type)
    {
        string digits = call.Arguments > 1 ? call.Children[1].Value : "0";
        if (!type.IsDouble || digits == "0")
        {
            return $"round({{0}}, {digits})";
        }

        string rounded = $"round({{0}} * 1E{digits}D, 0) / 1E{digits}D";
        return $"case when abs({rounded}) < {Infinite} then {rounded} else {{0}} end";
    }

    private static string SumOf(SqlExpression call, ExpressionType type)
    {
        string sum = $"sum({(call.Distinct ? "distinct " : "")}{{0}}){Rows}";
        return type.IsWhole ? $"cast({sum} as decimal(20,0))" : sum;
    }

    // Infinite values are an error in DuckDB.
    private static string Spread(SqlExpression call, Func<SqlExpression, ExpressionType> typeOf)
    {
        IEnumerable<string> arguments = call.Children.Take(call.Arguments).Select((argument, i) =>
            typeOf(argument) is { IsDouble: true }
                ? $"case when isnan({{{i}}}) or abs({{{i}}}) = {Infinite}"
                    + $" then raise_error('{call.Name} takes finite numbers.') else {{{i}}} end"
                : $"{{{i}}}");
        return $"{call.Name}({string.Join(", ", arguments)}){Rows}";
    }
}
