namespace Landfall.Sql.Tests;

/// <summary>A call of every function of the portable subset, over the columns of <see cref="Facts"/>.</summary>
public static class FunctionCases
{
    /// <summary>The rows that the calls read.</summary>
    public const string Facts =
        """
        (select w.n, w.s, w.x, cast(w.d as date) as d, cast(w.ts as timestamp) as ts,
            cast(w.dec as decimal(18,3)) as dec
        from (values
            (1, 'Ab,cd', cast(0.5 as double), '2024-02-29', '2024-02-29 23:59:58', '12.345'),
            (2, ' é x ', cast(-0.25 as double), '2023-12-31', '2023-12-31 00:00:01', '-0.005'),
            (3, null, cast(0.75 as double), '2024-01-01', '2024-01-01 12:30:00', '7.000'),
            (null, 'Z', null, null, null, null)) as w(n, s, x, d, ts, dec)) as f
        """;

    /// <summary>Scalar calls whose text is the same.</summary>
    public static IReadOnlyList<string> Exact { get; } =
    [
        "abs(f.n - 2)", "abs(f.dec)", "ceil(f.dec)", "ceiling(f.dec)", "floor(f.dec)", "round(f.dec, 2)",
        "round(f.dec)",
        "mod(f.n - 5, 3)", "f.n % 2", "greatest(f.n, 2)", "least(f.n, 2)", "coalesce(f.s, 'none')", "nullif(f.n, 2)",
        "ifnull(f.n, 0)", "lower(f.s)", "upper(f.s)", "trim(f.s)", "ltrim(f.s)", "rtrim(f.s)", "length(f.s)",
        "char_length(f.s)", "character_length(f.s)", "substr(f.s, 2)", "substr(f.s, 2, 2)",
        "substring(f.s from 2 for 3)",
        "replace(f.s, 'x', 'yy')", "split_part(f.s, ',', 2)", "left(f.s, 2)", "right(f.s, 2)", "lpad(f.s, 8, '*')",
        "rpad(f.s, 3, '*')", "reverse(f.s)", "repeat(f.s, 2)", "concat_ws('-', f.s, 'x')", "md5(f.s)",
        "translate(f.s, 'Ax', 'a')", "contains(f.s, 'x')", "instr(f.s, 'c')", "position('c' in f.s)",
        "f.s || '!'", "f.s like '%x%'", "f.s not like 'A%'", "f.s ilike 'a%'", "f.s not ilike 'a%'",
        "year(f.d)", "month(f.d)", "quarter(f.d)", "day(f.d)", "hour(f.ts)", "minute(f.ts)", "second(f.ts)",
        "dayofmonth(f.d)", "dayofyear(f.d)", "weekofyear(f.d)", "cast(date_trunc('week', f.d) as date)",
        "cast(date_trunc('hour', f.ts) as timestamp)", "extract(year from f.ts)", "date_part('hour', f.ts)",
        "date_add(f.d, 2)", "date_add(f.d, -60)", "make_date(2024, f.n, 3)", "last_day(f.d)",
        "f.n + 1", "f.n - 1", "f.n * 2", "-f.n", "f.dec * f.n", "cast(f.dec as decimal(18,2))",
        "cast(f.dec as decimal(9,1))",
        "try_cast(f.s as int)", "cast(f.n as string)", "cast(f.d as string)", "f.n is distinct from 2", "f.n in (1, 2)",
        "f.n between 2 and 3", "case when f.n > 1 then 'many' when f.n = 1 then 'one' end", "f.d > date '2024-01-01'",
    ];

    /// <summary>Scalar calls that answer doubles, compared to nine decimals.</summary>
    public static IReadOnlyList<string> Doubles { get; } =
    [
        "power(f.x, 2)", "pow(f.n, 3)", "sqrt(f.n)", "exp(f.x)", "ln(f.n)", "log10(f.n)", "log2(f.n)", "degrees(f.x)",
        "radians(f.x)", "sin(f.x)", "cos(f.x)", "tan(f.x)", "asin(f.x)", "acos(f.x)", "atan(f.x)", "atan2(f.x, 2)",
        "pi()",
        "cast(f.n as double) / nullif(f.n - 1, 0)",
    ];

    /// <summary>Aggregates whose text is the same.</summary>
    public static IReadOnlyList<string> Aggregates { get; } =
    [
        "count(f.n)", "count(*)", "count(distinct f.s)", "sum(f.n)", "sum(f.dec)", "min(f.s)", "max(f.d)",
        "count_if(f.n > 1)", "bool_and(f.n > 0)", "bool_or(f.n > 2)", "@min_by(f.s, f.n)",
        "@max_by(f.s, f.x)", "@min_by(f.x, f.s)",
        "sum(f.n) filter (where f.n > 1)",
    ];

    /// <summary>Aggregates that answer doubles, compared to nine decimals.</summary>
    public static IReadOnlyList<string> DoubleAggregates { get; } =
    [
        "avg(cast(f.x as double))", "median(f.x)", "percentile_cont(0.25) within group (order by f.x)", "stddev(f.x)",
        "stddev_samp(f.x)",
        "stddev_pop(f.x)", "variance(f.x)", "var_samp(f.x)", "var_pop(f.x)", "corr(f.x, f.n)", "covar_pop(f.x, f.n)",
        "covar_samp(f.x, f.n)",
    ];

    /// <summary>Windows; doubles among them are halves and quarters.</summary>
    public static IReadOnlyList<string> Windows { get; } =
    [
        "row_number() over (order by f.n nulls last)", "rank() over (order by f.x > 0 nulls first)",
        "dense_rank() over (order by f.x > 0 desc nulls last)", "ntile(2) over (order by f.n nulls first)",
        "lag(f.s) over (order by f.n nulls first)", "lead(f.n, 1, 0) over (order by f.n nulls first)",
        "first_value(f.s) over (order by f.n nulls first)",
        "last_value(f.s) over (order by f.n nulls first rows between current row and 1 following)",
        "nth_value(f.n, 2) over (order by f.n nulls last)", "cume_dist() over (order by f.n nulls first)",
        "cast(round(percent_rank() over (order by f.n nulls first), 9) as decimal(18,9))",
        "sum(f.n) over (partition by f.x > 0 order by f.n nulls first rows between 1 preceding and current row)",
    ];

    /// <summary>All of them as written.</summary>
    public static IEnumerable<string> All => [.. Exact, .. Doubles, .. Aggregates, .. DoubleAggregates, .. Windows];

    /// <summary>One query of columns i and v: the number of a row and its answer.</summary>
    public static string Query()
    {
        IEnumerable<string> rows = Exact.Concat(Windows).Concat(Doubles.Select(Rounded))
            .Select(e => ($"coalesce(f.n, 0)", e))
            .Concat(Aggregates.Concat(DoubleAggregates.Select(Rounded)).Select(e => ("0", e)))
            .Select((r, i) => $"select {(i + 1) * 10} + {r.Item1} as i, cast({r.Item2} as string) as v from {Facts}");
        return string.Join("\nunion all ", rows) + "\norder by i";
    }

    private static string Rounded(string expression) => $"cast(round({expression}, 9) as decimal(28,9))";
}
