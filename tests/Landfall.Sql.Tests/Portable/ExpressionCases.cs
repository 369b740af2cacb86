namespace Landfall.Sql.Tests.Portable;

/// <summary>Expressions that every engine answers alike on each row: functions, operators, casts and macros.</summary>
public static class ExpressionCases
{
    private static readonly string[] Types =
        ["boolean", "int", "bigint", "double", "decimal(18,3)", "string", "date", "timestamp"];

    /// <summary>The cases over these tables.</summary>
    public static IReadOnlyList<PortableCase> Of(PortableTables tables) =>
    [
        .. Numbers(tables), .. Decimals(tables), .. Texts(tables), .. Times(tables), .. Casts(tables),
        .. Parsing(tables),
        .. Patterns(tables), .. Conditions(tables),
    ];

    private static IEnumerable<PortableCase> On(PortableTable table, params string[] expressions) =>
        expressions.Select(e => new PortableCase(table, e));

    private static IEnumerable<PortableCase> Numbers(PortableTables tables) =>
    [
        .. On(tables.Ints,
            "t.a + t.b", "t.a - t.b", "t.a * t.b", "-t.a", "+t.a", "abs(t.a)", "greatest(t.a, t.b)",
            "least(t.a, t.b, 3)", "case when t.b <> -1 then t.a % nullif(t.b, 0) end",
            "case when t.b <> -1 then mod(t.a, nullif(t.b, 0)) end", "coalesce(t.a, t.b)", "nullif(t.a, t.b)",
            "ifnull(t.a, t.b)", "cast(t.a as double) / nullif(t.b, 0)", "round(t.a)", "round(t.a, 2)", "ceil(t.a)",
            "floor(t.a)", "power(t.a, 2)", "sqrt(abs(t.a))", "t.a + 1.5", "t.a * 1.5", "t.a + 3000000000",
            "case when t.a > 0 then t.a else 0.5 end", "@int_div(t.a, t.b)", "@div_dec(t.a, t.b, 18, 6)", "t.a || 'x'",
            "cast(t.a as bigint) * t.b", "2147483647 + t.a", "-2147483648 - t.a", "0.1 + t.a",
            "t.a * 9223372036854775808", "1e3 * t.a", "t.a - -2"),
        .. On(tables.BigInts,
            "t.a + t.b", "t.a - t.b", "t.a * t.b", "-t.a", "abs(t.a)", "greatest(t.a, t.b)",
            "case when t.b <> -1 then t.a % nullif(t.b, 0) end", "cast(t.a as double) / nullif(t.b, 0)", "ceil(t.a)",
            "t.a + 1.5", "t.a * 0.5", "round(t.a, 2)", "floor(t.a)", "@int_div(t.a, t.b)", "@div_dec(t.a, t.b, 18, 0)",
            "t.a = cast(t.b as double)", "t.a > 1.5", "power(t.a, t.b)"),
        .. On(tables.Reals,
            "-t.x", "abs(t.x)", "round(t.x)", "round(t.x, 1)", "round(t.x, 2)", "round(t.x, 6)", "round(t.x, 20)",
            "ceil(t.x)", "ceiling(t.x)", "floor(t.x)", "sqrt(t.x)", "exp(t.x)", "ln(t.x)", "log10(t.x)", "log2(t.x)",
            "degrees(t.x)", "radians(t.x)", "sin(t.x)", "cos(t.x)", "tan(t.x)", "asin(t.x)", "acos(t.x)", "atan(t.x)",
            "pi() * t.x", "t.x % 7", "mod(t.x, 2)", "t.x + 1", "t.x * 2", "t.x + cast(0.1 as decimal(9,2))",
            "t.x = 0.1", "t.x = cast(0.3 as decimal(18,3))", "t.x > 1", "t.x = cast('NaN' as double)",
            "t.x < cast('-Infinity' as double)", "cast(floor(t.x) as bigint)", "cast(round(t.x) as int)",
            "cast(ceil(t.x) as int)", "try_cast(floor(t.x) as bigint)", "t.x is distinct from t.x", "coalesce(t.x, 0)",
            "nullif(t.x, t.x)", "case when t.x > 0 then t.x else 0 end", "t.x / 3", "1 / nullif(t.x, 0)",
            "cast(t.x as decimal(9,2))", "cast(t.x as decimal(18,0))", "cast(t.x as decimal(18,6))",
            "cast(t.x as decimal(18,12))", "try_cast(t.x as decimal(9,2))", "try_cast(t.x as decimal(18,6))",
            "try_cast(t.x as decimal(4,4))"),
        .. On(tables.Doubles,
            "t.x + t.y", "t.x - t.y", "t.x * t.y", "t.x / nullif(t.y, 0)", "t.x % nullif(t.y, 0)", "greatest(t.x, t.y)",
            "least(t.x, t.y)", "power(t.x, t.y)", "pow(t.x, t.y)", "atan2(t.x, t.y)", "nullif(t.x, t.y)",
            "mod(t.x, nullif(t.y, 0))"),
        .. On(tables.Zeros,
            "t.x = t.y", "t.x < t.y", "t.x is distinct from t.y", "greatest(t.x, t.y) = least(t.x, t.y)", "t.x = 0",
            "t.x in (0, t.y)", "nullif(t.x, t.y)", "t.y / nullif(t.x, 0)", "cast(t.x as decimal(9,2))", "floor(t.x)"),
    ];

    private static IEnumerable<PortableCase> Decimals(PortableTables tables)
    {
        string[] columns = [.. Enumerable.Range(0, PortableTables.DecimalTypes.Length).Select(i => $"t.d{i}")];
        string[] pairs =
        [
            "{0} + {1}", "{0} - {1}", "{0} * {1}", "{0} = {1}", "{0} < {1}", "{0} % nullif({1}, 0)",
            "coalesce({0}, {1})", "greatest({0}, {1})", "case when {0} > {1} then {0} else {1} end", "{0} in ({1}, 1)",
        ];
        string[] single =
        [
            "-{0}", "abs({0})", "round({0})", "round({0}, 1)", "round({0}, 3)", "ceil({0})", "floor({0})", "{0} + 1",
            "{0} * 2", "{0} - 0.5", "{0} * 0.01", "{0} + cast(7 as bigint)", "0 - {0}", "cast({0} as string)",
            "{0} || ''", "cast({0} as double)", "cast({0} as boolean)", "cast({0} as decimal(9,1))",
            "cast({0} as decimal(38,6))", "try_cast({0} as decimal(5,3))", "cast(round({0}) as bigint)",
            "cast(floor({0}) as int)", "try_cast(ceil({0}) as int)", "{0} = cast({0} as double)", "sqrt(abs({0}))",
            "power({0}, 2)", "-(-{0})", "{0} between -1 and 1", "@div_dec(cast({0} as decimal(18,3)), 3, 18, 6)",
        ];
        return On(
            tables.Decimals,
            [
                .. pairs.SelectMany(p => columns.SelectMany(a => columns.Select(
                    b => p.Replace("{0}", a, StringComparison.Ordinal).Replace("{1}", b, StringComparison.Ordinal)))),
                .. single.SelectMany(s => columns.Select(c => s.Replace("{0}", c, StringComparison.Ordinal))),
                "@div_dec(t.d4, t.d5, 18, 6)", "@div_dec(t.d5, t.d4, 18, 12)", "@div_dec(t.d7, t.d2, 18, 2)",
                "@div_dec(t.d4, cast(t.d7 as decimal(18,2)), 18, 4)",
            ]);
    }

    private static IEnumerable<PortableCase> Texts(PortableTables tables) =>
    [
        .. On(tables.Texts,
            "lower(t.s)", "upper(t.s)", "trim(t.s)", "ltrim(t.s)", "rtrim(t.s)", "length(t.s)", "char_length(t.s)",
            "character_length(t.s)", "md5(t.s)", "@sha256(t.s)", "@utf8(t.s)", "t.s || '!'", "repeat(t.s, 2)",
            "repeat(t.s, 0)", "repeat(t.s, -1)", "concat_ws('-', t.s, 'x')", "concat_ws('', t.s, t.s, null)",
            "translate(t.s, 'ab😀', 'x')", "translate(t.s, 'aa', 'xy')", "translate(t.s, '', 'xy')",
            "lpad(t.s, 3, '*')",
            "rpad(t.s, 3, '*')", "lpad(t.s, 8, 'ab')", "rpad(t.s, 8, 'é😀')", "left(t.s, 2)", "right(t.s, 2)",
            "left(t.s, 0)", "substr(t.s, 2)", "substr(t.s, 2, 2)", "substring(t.s from 2 for 3)",
            "split_part(t.s, ',', 2)", "split_part(t.s, 'aX', 1)", "split_part(t.s, ',', 9)", "replace(t.s, 'a', 'bb')",
            "replace(t.s, '', 'x')", "replace(t.s, 'a', '')", "contains(t.s, 'a')", "contains(t.s, '')",
            "instr(t.s, 'l')", "instr(t.s, '')", "position('l' in t.s)", "t.s like '%a%'", "t.s like 'a_b'",
            "t.s like '_'", "t.s like ''", "t.s like '%'", "t.s not like 'a%'", "t.s like '%''%'", "t.s like '[x]'",
            "t.s ilike 'A%'", "t.s ilike '%i%'", "t.s ilike 'İ%'", "t.s not ilike '%ß%'", "t.s ilike '_stanbul'",
            "t.s ilike '%σ%'", "t.s > 'a'", "t.s < 'é'", "greatest(t.s, 'b')", "nullif(t.s, '')",
            "t.s in ('a', 'A', 'it''s')", "t.s between 'a' and 'z'", "case when t.s = 'a' then 'one' else 'it''s' end",
            "length(t.s) * 100000000", "coalesce(t.s, '${env:HOME}')", "'a''b' || t.s", "lower(upper(t.s))",
            "left(t.s, length(t.s))", "substr(t.s, length(t.s) + 1)", "t.s || null"),
        .. On(tables.Parts,
            "replace(t.s, t.t, 'z')", "contains(t.s, t.t)", "instr(t.s, t.t)", "position(t.t in t.s)", "t.s like t.t",
            "t.s not like t.t", "t.s ilike t.t", "t.s not ilike t.t", "translate(t.s, t.t, 'zy')",
            "concat_ws(t.t, t.s, 'b')", "concat_ws(t.t, t.s, t.s)", "t.s || t.t", "t.s < t.t", "t.s = t.t",
            "t.s <= t.t", "t.s is distinct from t.t", "greatest(t.s, t.t)", "least(t.s, t.t)",
            "t.s like '%' || t.t || '%'", "left(t.s, length(t.t))", "trim(t.s) = t.t", "replace(t.s, 'a', t.t)",
            "substr(t.s, position(t.t in t.s) + 1, 2)", "left(t.s, greatest(instr(t.s, t.t) - 1, 0))"),
        .. On(tables.Positions,
            "left(t.s, greatest(t.n, 0))", "right(t.s, greatest(t.n, 0))", "substr(t.s, greatest(t.n, 1))",
            "substr(t.s, greatest(t.n, 1), greatest(t.m, 0))", "substring(t.s, greatest(t.n, 2))",
            "repeat(t.s, least(t.n, 7))", "lpad(t.s, greatest(least(t.n, 9), 0), 'xy')",
            "rpad(t.s, least(greatest(t.n, 0), 9), 'é')", "split_part(t.s, 'l', greatest(t.n, 1))",
            "split_part('a,b,c', ',', greatest(t.n, 1))"),
    ];

    private static IEnumerable<PortableCase> Times(PortableTables tables)
    {
        string[] both =
        [
            "year({0})", "month({0})", "quarter({0})", "day({0})", "dayofmonth({0})", "dayofyear({0})",
            "weekofyear({0})", "hour({0})", "minute({0})", "second({0})", "last_day({0})", "extract(year from {0})",
            "extract(quarter from {0})", "extract(month from {0})", "date_part('day', {0})", "date_part('hour', {0})",
            "date_part('minute', {0})",
            .. "year quarter month week day hour minute second millisecond microsecond".Split(' ')
                .Select(p => $"date_trunc('{p}', {{0}})"),
            "cast(date_trunc('week', {0}) as date)", "cast({0} as date)", "cast({0} as timestamp)", "@month({0})",
            "@iso_dow({0})", "@format_date({0}, 'yyyy-MM-dd')", "@format_date({0}, 'yyyyMM')",
            "@format_date({0}, 'yyyy-MM-dd HH:mm:ss')", "@format_date({0}, 'yyyy-MM-dd HH:mm:ss.SSSSSS')",
            "@format_date({0}, 'HH:mm:ss')", "@format_date({0}, 'yyyy')", "@add_seconds({0}, -1)",
            "year({0}) * 1000000000", "{0} > date '2024-01-01'", "{0} = timestamp '2024-02-29 00:00:00'",
            "{0} in (date '1582-10-10', date '2024-02-29')", "greatest({0}, date '2000-01-01')", "{0} = '2024-02-29'",
            "{0} < timestamp '1582-10-10 12:00:00'", "coalesce({0}, date '9999-12-31')",
            "case when {0} > date '2000-01-01' then {0} else date '1582-10-10' end",
            "{0} between '1600-01-01' and '2024-03-01'", "@date_diff_days({0}, date '2024-02-29')",
            "@to_zone({0}, 'Europe/Berlin')", "@to_zone({0}, 'America/New_York')", "@to_zone({0}, 'Asia/Kolkata')",
            "@to_zone({0}, 'UTC')", "@to_zone({0}, 'Australia/Lord_Howe')", "@to_zone({0}, 'Pacific/Apia')",
        ];
        string On(string form, string column) => form.Replace("{0}", column, StringComparison.Ordinal);
        return
        [
            .. ExpressionCases.On(tables.Days, [.. both.Select(f => On(f, "t.d")),
                "cast(t.d as string)", "t.d || ''", "cast(date_add(t.d, 29) as string)",
                "cast(date_add(t.d, -400) as string)", "date_add(t.d, 40000000) || ''",
                "concat_ws('-', date_add(t.d, -40000000), t.d)", "@format_date(date_add(t.d, 40000000), 'yyyy-MM-dd')",
                "@format_date(date_add(t.d, -40000000), 'yyyyMM')", "@format_date(date_add(t.d, -400), 'yyyyMMdd')",
                "@format_date(date_add(t.d, -400), 'HH:mm:ss')",
                "date_add(t.d, t.n)", "date_add(t.d, 29)", "date_add(t.d, -400)",
                "t.d + 1", "t.d - 1", "t.d + t.n", "@add_months(t.d, t.n)", "@add_months(t.d, 1)",
                "@add_months(t.d, -13)", "make_date(2024, t.n, 1)", "make_date(2023, 2, t.n)",
                "make_date(year(t.d), month(t.d), 29)", "make_date(t.n, 1, 31)", "date_add(t.d, cast(t.n as bigint))",
                "t.d - t.n"]),
            .. ExpressionCases.On(tables.DayPairs,
                "t.d < t.e", "t.d = t.e", "@date_diff_days(t.d, t.e)", "greatest(t.d, t.e)", "least(t.d, t.e)",
                "nullif(t.d, t.e)"),
            .. ExpressionCases.On(tables.Instants, [.. both.Select(f => On(f, "t.k")),
                "@to_zone(t.k, 'America/Sao_Paulo')", "@to_zone(t.k, 'Asia/Kathmandu')",
                "@to_zone(t.k, 'Europe/London')", "@date_diff_days(t.k, t.k)", "@add_months(t.k, 1)",
                "date_add(cast(t.k as date), 1)", "t.k = timestamp '1970-01-01 00:00:00.000001'",
                "cast(t.k as timestamp) = t.k"]),
            .. ExpressionCases.On(tables.InstantSteps, "@add_seconds(t.k, t.n)"),
        ];
    }

    private static IEnumerable<PortableCase> Casts(PortableTables tables)
    {
        // Every pair of types; those that are refused are left out by the tests, which count them.
        foreach (string type in Types)
        {
            foreach (string column in new[] { "o1", "i1", "l1", "x1", "p1", "q1", "s1", "d1", "k1" })
            {
                yield return new(tables.Wide, $"cast(t.{column} as {type})");
                yield return new(tables.Wide, $"try_cast(t.{column} as {type})");
            }
        }

        foreach (string literal in new[]
        {
            "cast('2024-02-29' as date)", "cast('2024-02-29 12:34:56.789' as timestamp)", "cast('-12' as int)",
            "cast('12.345' as decimal(9,2))", "cast('-Infinity' as double)", "cast(null as date)",
            "cast(null as string)", "date '0001-01-01'", "timestamp '9999-12-31 23:59:59.999999'", "t.i1::bigint",
            "cast(true as string)", "null", "1.50", "-0.05", "9223372036854775808", "1e-300", "'it''s'", "true",
            "cast(0.1 as double)", "00012", ".5", "5.", "123456789012345678901234567890.12345678", "not true",
            "true and null", "false or null", "2 - -3",
        })
        {
            yield return new(tables.Wide, literal);
        }
    }

    private static IEnumerable<PortableCase> Parsing(PortableTables tables) =>
    [
        .. On(tables.Texts,
            "@parse_int(t.s)", "@parse_bigint(t.s)", "@parse_double(t.s)", "@parse_decimal(t.s, 9, 2)",
            "@parse_decimal(t.s, 38, 10)", "@parse_decimal(t.s, 18, 0)", "@parse_date(t.s)", "@parse_timestamp(t.s)",
            "@parse_int(trim(t.s))"),
        .. On(tables.Json,
            "@json_str(t.j, '$.a')", "@json_str(t.j, '$.a.b')", "@json_str(t.j, '$.a.b.c')",
            "@json_dec(t.j, '$.a', 18, 6)", "@json_dec(t.j, '$.a.b', 9, 2)", "@json_dec(t.j, '$.a', 38, 0)"),
    ];

    private static IEnumerable<PortableCase> Patterns(PortableTables tables)
    {
        string[] patterns =
        [
            "a+", "a|b", "(a)|(b)", "(a)?b", "^a", "a$", ".", "..", "[^a]", "[^a-c]+", "(a|ab)(c|bcd)?", "a{2}",
            "a{1,2}?", "[a-c]+?", "[a-]", "[-a]", "[a^]", "a{2,}", "(^a)", "(a$)", "a$|b", "[0-9]{1,3}", "[ -~]+",
            "[.]", "[{}]", "x.*1", "(x)(y)?", "([a-z]+)([0-9]+)", "[$]", "(a(b(c)))",
        ];
        return patterns.SelectMany(p => On(tables.Patterns,
            $"@re_like(t.s, '{p}')", $"@re_extract(t.s, '{p}', 0)", $"@re_replace(t.s, '{p}', '<>')"))
            .Concat(On(tables.Patterns,
                "@re_like(t.s, '^$')", "@re_like(t.s, 'x*')", "@re_extract(t.s, '(x)?', 1)",
                "@re_extract(t.s, '(a)|(b)', 2)", "@re_extract(t.s, '([a-z]+)([0-9]+)', 2)",
                "@re_replace(t.s, 'a', 'it''s')", "@re_extract(t.s, 'a*', 0)", "@re_extract(t.s, '(x)(y)?', 2)"))
            .Concat(On(tables.Texts, "@re_like(t.s, '[a-z]+@')", "@re_replace(t.s, '[^A-Za-z0-9]', '_')"));
    }

    private static IEnumerable<PortableCase> Conditions(PortableTables tables)
    {
        string[] comparisons =
        [
            "{0} = {1}", "{0} <> {1}", "{0} < {1}", "{0} <= {1}", "{0} > {1}", "{0} >= {1}", "{0} is distinct from {1}",
            "{0} is not distinct from {1}", "{0} in ({1}, {0})", "{0} not in ({1})", "{0} between {1} and {1}",
            "{0} not between {1} and {0}", "{0} is null", "{0} is not null", "nullif({0}, {1})", "coalesce({0}, {1})",
            "greatest({0}, {1})", "least({0}, {1})", "case when {0} = {1} then {0} end", "{0} in ({1}, null)",
        ];
        string[] letters = ["o", "i", "l", "x", "p", "q", "s", "d", "k"];
        foreach (string form in comparisons)
        {
            foreach ((string one, string other) in letters.Select(l => ($"t.{l}1", $"t.{l}2"))
                .Concat([("t.i1", "t.l1"), ("t.i1", "t.p1"), ("t.l1", "t.q1"), ("t.p1", "t.q1"), ("t.x1", "t.i1"),
                    ("t.x1", "t.p1"),
                    ("t.d1", "t.k1")]))
            {
                yield return new(tables.Wide, form.Replace("{0}", one, StringComparison.Ordinal)
                    .Replace("{1}", other, StringComparison.Ordinal));
            }
        }

        foreach (string condition in new[]
        {
            "t.o1 and t.o2", "t.o1 or t.o2", "not t.o1", "t.o1 is true", "t.o1 is not false", "t.o1 is unknown",
            "t.o1 = (t.i1 > 0)", "case when t.o1 then 1 when t.o2 then 2 else 3 end",
            "case t.i1 when 1 then 'a' when 2 then 'b' end", "not (t.i1 = 1 and t.s1 = 'a')",
            "t.i1 = 1 or t.s1 = 'a' and t.o1",
        })
        {
            yield return new(tables.Wide, condition);
        }
    }
}
