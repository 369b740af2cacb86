namespace Landfall.Engine.Spark.Enriching.Values;

/// <summary>
/// Numbers with an exponent, as DuckDB's casts read them: digit by digit, with bounds on the digits that are looked at.
/// What the casts of Spark make of such a text differs in the last digit and in what is too large, so that its digits
/// are moved here.
/// </summary>
/// <remarks>
/// Expressions take a struct <c>n</c>: <c>m</c> the sign, <c>i</c> the digits before the point without the zeros that
/// begin them, <c>f</c> those behind it, and <c>e</c> the exponent.
/// </remarks>
internal static class Exponents
{
    private const string Long = "decimal(38,0)";
    private const int MostDigits = 38;

    /// <summary>The struct of a number's text.</summary>
    /// <param name="text">An expression that fits <see cref="Spellings.Number"/> and has an exponent.</param>
    public static string Parts(string text)
    {
        string whole = SparkSql.WithoutZeros(SparkSql.Group(text, "([0-9]*)(?:[.][0-9]*)?[eE]", 1));
        return $"named_struct('m', if(startswith(trim(both '\t\n\f\r ' from {text}), '-'), '-', ''), 'i', {whole}, "
            + $"'f', {SparkSql.Group(text, "[.]([0-9]*)", 1)}, "
            + $"'e', cast(try_cast({SparkSql.Group(text, "[eE]([+-]?[0-9]+)", 1)} as smallint) as int))";
    }

    /// <summary>The number as a decimal; null where it is too large for one, or for what is looked at.</summary>
    public static string Decimal(int precision, int scale)
    {
        int most = precision <= 4 ? 4 : precision <= 9 ? 9 : precision <= 18 ? 18 : MostDigits;
        string places = $"least(length(n.f), {most} - length(n.i))";
        string split = $"named_struct('c', {places}, 's', concat(n.i, left(n.f, {places})), "
            + $"'x', greatest({places} - {scale}, 0))";
        string zeros = $"repeat('0', greatest({scale} - d.c, 0))";
        string kept = $"concat(left(d.s, length(d.s) - d.x), {zeros})";
        string full = $"concat(d.s, {zeros})";
        string cut = "length(d.s) - (d.x - n.e)";
        string fits = Fits(Units(kept), precision);
        string down = SparkSql.Let(
            "u", SparkSql.WithoutZeros(kept),
            Rounded(
                "left(u, greatest(length(u) + n.e, 0))", "substr(u, greatest(length(u) + n.e, 0) + 1, 1)"));
        string units = $"""
            case when n.e is null or length(n.i) > {precision - scale} then null
            when n.e < 0 then case when {fits} then {down} end
            when n.e = 0 then {Rounded(kept, $"substr(n.f, {scale + 1}, 1)")}
            when d.x > n.e then {Rounded($"left(d.s, {cut})", $"substr(d.s, {cut} + 1, 1)")}
            when {Units(full)} = 0 then cast(0 as {Long})
            when {Fits(Units(full), precision)} and length(n.i) + n.e - d.x <= {precision - scale}
            then {Units($"concat({full}, repeat('0', n.e - d.x))")} end
            """;
        string digits = $"lpad(cast(u as string), greatest(length(cast(u as string)), {scale + 1}), '0')";
        string text = SparkSql.Let(
            "w", digits, $"concat(n.m, left(w, length(w) - {scale}), '.', right(w, {scale}))");
        string value = $"try_cast({text} as decimal({precision},{scale}))";
        return SparkSql.Let("d", split, SparkSql.Let("u", $"cast({units} as {Long})", value));
    }

    /// <summary>The number as an integer, rounded; null where it is too large for one.</summary>
    /// <param name="type">The type of the integer, as Spark names it.</param>
    public static string Integer(string type)
    {
        const string Longest = "9223372036854775807";
        string significant = SparkSql.WithoutZeros("n.f");
        string looked = SparkSql.Let(
            "g", significant,
            $"if({Units("left(g, 19)")} <= {Longest}, left(g, 19), left(g, 18))");
        string split = SparkSql.Let(
            "h", looked,
            $"named_struct('d', h, 'c', length(n.f) - length({significant}) + length(h))");
        string whole = "case when n.i = '' then 0L when length(n.i) + n.e <= 19 "
            + "then try_cast(concat(n.m, n.i, repeat('0', n.e)) as bigint) end";

        // Ten to the power of 19 is no bigint: it overflows to this negative number there.
        const string Overflown = "8446744073709551616";
        string wraps = $"(d.c - n.e = 19 and {Units("d.d")} >= {Overflown})";
        string part = $"case when d.d = '' then 0L when {wraps} then if(n.m = '-', 1L, -1L) "
            + "when n.e >= d.c then case when length(d.d) + n.e - d.c <= 19 "
            + "then try_cast(concat(n.m, d.d, repeat('0', n.e - d.c)) as bigint) end "
            + $"else {Signed("left(d.d, greatest(length(d.d) + n.e - d.c, 0))")} end";
        string up = $"if(not {wraps} and n.e < d.c and length(d.d) >= d.c - n.e "
            + "and substr(d.d, length(d.d) - (d.c - n.e) + 1, 1) >= '5', cast(concat(n.m, '1') as int), 0)";
        string grown = $"try_add(try_cast(try_add({whole}, {part}) as {type}), {up})";
        const string Tail = "substr(n.i, greatest(length(n.i) + n.e, 0) + 1, 1) >= '5'";
        string shrunk = $"try_add(try_cast({Signed("left(n.i, greatest(length(n.i) + n.e, 0))")} as {type}), "
            + $"if({Tail}, cast(concat(n.m, '1') as int), 0))";
        return SparkSql.Let(
            "d", split,
            $"case when n.e is null or (n.i <> '' and try_cast(concat(n.m, n.i) as bigint) is null) then null "
            + $"when n.e < 0 then {shrunk} else {grown} end");
    }

    private static string Fits(string units, int precision) => precision == MostDigits
        ? $"{units} is not null"
        : $"{units} < cast('1{new string('0', precision)}' as {Long})";

    private static string Units(string digits) => $"try_cast(concat('0', {digits}) as {Long})";

    private static string Rounded(string digits, string next) =>
        $"try_add({Units(digits)}, if({next} >= '5', cast(1 as {Long}), cast(0 as {Long})))";

    private static string Signed(string digits) => $"try_cast(concat(n.m, '0', {digits}) as bigint)";
}
