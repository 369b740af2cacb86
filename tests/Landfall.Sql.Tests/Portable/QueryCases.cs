namespace Landfall.Sql.Tests.Portable;

/// <summary>Queries that every engine answers with the same rows: clauses, joins, groups, windows.</summary>
public static class QueryCases
{
    private static readonly string[] Keys = ["i", "x", "s", "p", "d"];

    private static readonly string[] Aggregates =
    [
        "count(*)", "count(t.i)", "count(distinct t.i)", "count(distinct t.f)", "count(distinct t.s)", "sum(t.i)",
        "sum(t.l)", "sum(distinct t.i)", "sum(t.x)", "sum(t.f)", "sum(t.p)", "sum(distinct t.p)", "sum(t.w)",
        "sum(t.p * 2)", "sum(-t.p)", "sum(t.p * t.p)", "sum(t.p + t.p)", "sum(cast(t.i as bigint) * 2)",
        "sum(case when t.o then 1 else 0 end)", "min(t.i)", "max(t.l)", "max(t.f)", "min(t.f)", "max(t.p)", "min(t.s)",
        "max(t.s)", "min(t.d)", "max(t.t)", "min(t.o)", "max(t.o)", "count_if(t.o)", "count_if(t.f > 1)",
        "bool_and(t.o)", "bool_or(t.o)", "bool_and(t.i > 0)", "avg(cast(t.x as double))", "avg(cast(t.i as double))",
        "avg(cast(t.f as double))", "median(t.x)", "median(t.i)", "median(t.f)", "median(cast(t.p as double))",
        "percentile_cont(0.25) within group (order by t.x)", "percentile_cont(0.9) within group (order by t.i desc)",
        "percentile_cont(1.0) within group (order by t.f)", "stddev(t.x)", "stddev_samp(t.i)", "stddev_pop(t.x)",
        "variance(t.x)", "var_samp(t.i)", "var_pop(t.x)", "covar_pop(t.x, t.i)", "covar_samp(t.x, t.i)", "stddev(t.l)",
        "@max_by(t.s, t.k)", "@min_by(t.x, t.k)", "@string_agg(t.s, '-', t.k)", "@string_agg(t.s, '''', t.k)",
        "sum(t.i) filter (where t.o)", "count(*) filter (where t.i > 0)", "max(t.s) filter (where t.s > 'a')",
        "count_if(t.o) filter (where t.i > 0)", "sum(t.x) / nullif(cast(count(*) as double), 0)",
        "@div_dec(sum(t.p), count(*), 18, 6)", "sum(t.i) * 3", "@int_div(sum(t.i), count(*))", "sum(t.i) - sum(t.l)",
        "-sum(t.w)", "abs(sum(t.w))", "cast(sum(t.p) as double)",
    ];

    private static readonly string[] OfPeers =
    [
        "rank()", "dense_rank()", "percent_rank()", "cume_dist()", "count(*)", "sum(t.i)", "min(t.s)", "max(t.f)",
        "sum(t.p)",
    ];

    private static readonly string[] OfRows =
    [
        "sum(t.i)", "count(*)", "count_if(t.o)", "min(t.x)", "max(t.p)", "avg(cast(t.x as double))", "sum(t.p)",
        "bool_or(t.o)", "stddev(t.i)", "sum(t.l) filter (where t.o)", "@max_by(t.s, t.id)",
    ];

    private static readonly string[] Frames =
    [
        "", "rows between 1 preceding and current row", "rows between unbounded preceding and unbounded following",
        "rows between current row and unbounded following", "rows between 2 preceding and 1 preceding",
        "rows between 1 following and 2 following", "range between unbounded preceding and current row",
        "range between 1 preceding and 1 following", "range between current row and unbounded following",
        "rows 2 preceding", "range between 1 following and 2 following",
        "rows between 2 following and unbounded following",
    ];

    /// <summary>The queries, each with the tables of its own names.</summary>
    public static IReadOnlyList<string> All { get; } =
        [.. Grouped(), .. Windowed(), .. Joined(), .. Combined(), .. Sorted(), .. Nested(), .. Names()];

    private static IEnumerable<string> Grouped() =>
    [
        .. Aggregates.Select(a => $"select t.g, {a} as v from z.u.groups as t group by t.g"),
        .. Aggregates.Select(a => $"select {a} as v from z.u.groups as t where t.k > 99"),
        .. new[] { "stddev(v.x)", "var_pop(v.x)", "variance(v.x)" }.SelectMany(a =>
            new[] { "NaN", "Infinity", "1" }.Select(
            x => $"select {a} as v from (values (cast('{x}' as double)), (cast(1 as double)), (cast(3 as double))) "
                + "as v(x)")),
        .. new[]
        {
            "grouping sets ((t.i), (t.s))", "grouping sets ((t.i, t.s), (t.i))", "t.i, t.s",
        }.Select(g => $"select t.i, t.s, count(*) as n, sum(t.k) as m from z.u.groups as t group by {g}"),
        .. new[]
        {
            "rollup (t.i, t.s)", "cube (t.i, t.s)", "t.i, rollup (t.s)", "grouping sets ((t.i), ())",
        }.SelectMany(g =>
            new[] { "", "where t.k > 99 " }.Select(w =>
                "select t.i, t.s, count(*) as n, sum(t.k) as m, grouping(t.i) as gi, grouping(t.s) as gs from "
                + $"(select r.i, r.s, r.k from z.u.groups as r) as t {w}"
                + $"group by {(g.Contains(".s", StringComparison.Ordinal) ? g : g + ", t.s")} having count(*) > 0")),
        "select t.i, count(*) as n from z.u.groups as t where t.k > 99 group by t.i",
        "select t.k % 3 as r, count(*) as n from z.u.groups as t group by t.k % 3 having count(*) > 4",
        "select t.i as j, count(*) as n from z.u.groups as t group by j having n > 1",
        "select t.s, count(*) as n from z.u.groups as t group by 1",
        "select -t.k as i, t.k from z.u.groups as t group by i, t.k", "select distinct t.f, t.s from z.u.groups as t",
        "select count(*) as n, sum(t.i) as m from z.u.groups as t where t.k > 99",
        "select t.i + 1 as j, j * 2 as k from z.u.groups as t",
    ];

    private static IEnumerable<string> Windowed()
    {
        string[] orders =
        [
            "order by t.k nulls first, t.id nulls first", "order by t.k desc nulls last, t.id nulls first",
            "order by t.k nulls last, t.id nulls first", "order by t.k desc nulls first, t.id nulls first",
        ];
        string[] places =
        [
            "row_number()", "rank()", "dense_rank()", "percent_rank()", "cume_dist()", "ntile(3)", "ntile(10)",
            "lag(t.i)", "lag(t.i, 2)", "lag(t.i, 2, 0)", "lead(t.i)", "lead(t.s, 1, 'none')", "lag(t.s, 0)",
            "lead(t.f, 3)", "first_value(t.s)", "last_value(t.s)", "nth_value(t.s, 2)", "nth_value(t.i, 9)",
        ];
        foreach (string order in orders)
        {
            yield return Over(places.Select(p => $"{p} over ({order})"));
            yield return Over(places.Select(p => $"{p} over (partition by t.g {order})"));
            yield return Over(places.Select(p => $"{p} over (partition by t.f, t.s {order})"));
        }

        foreach (string key in new[] { "t.i", "t.f", "t.f desc", "t.s", "t.s desc", "t.p", "t.d", "t.o" })
        {
            foreach (string nulls in new[] { "nulls first", "nulls last" })
            {
                yield return Over(OfPeers.Select(f => $"{f} over (order by {key} {nulls})"));
            }
        }

        foreach (string frame in Frames)
        {
            foreach (string order in frame.StartsWith("range between 1", StringComparison.Ordinal)
                ? ["order by t.k nulls first", "order by t.k desc nulls last"] : orders[..2])
            {
                yield return Over(OfRows.Select(f => $"{f} over (partition by t.g {order} {frame})"));
                if (!frame.StartsWith("range", StringComparison.Ordinal) && frame.Length > 0)
                {
                    yield return Over(new[] { "first_value(t.s)", "last_value(t.s)", "nth_value(t.i, 2)" }
                        .Select(f => $"{f} over (partition by t.g {order} {frame})"));
                }
            }
        }

        yield return Over(["sum(t.i) over ()", "count(*) over (partition by t.g)", "row_number() over w * 100000000",
            "sum(t.k) over w"]) + " window w as (partition by t.g order by t.id nulls first)";
        yield return Over(["sum(t.i) over (order by t.l nulls first range between 1 preceding and current row)",
            "sum(t.i) over (order by t.x nulls first range between 1 preceding and 1 following)",
            "sum(t.i) over (order by t.p nulls first range between 1 preceding and current row)"]);
        yield return "select t.g, sum(sum(t.i)) over (order by t.g nulls first) as v from z.u.groups as t group by t.g";
    }

    private static string Over(IEnumerable<string> windows) =>
        $"select t.id, {string.Join(", ", windows.Select((w, i) => $"{w} as v{i}"))} from z.u.groups as t";

    private static IEnumerable<string> Joined()
    {
        foreach (string key in Keys)
        {
            foreach (string join in new[] { "inner", "left", "right", "full" })
            {
                yield return $"select a.k as p, b.k as q from z.u.lefts as a {join} join z.u.rights as b on a.{key} "
                    + $"= b.{key}";
                yield return $"select a.k as p, b.k as q, {key} as v from z.u.lefts as a {join} join z.u.rights as "
                    + $"b using ({key})";
                yield return $"select a.k as p, b.k as q from z.u.lefts as a {join} join z.u.rights as b "
                    + $"on a.{key} is not distinct from b.{key} and a.k > 2";
            }

            foreach (string join in new[] { "semi", "anti" })
            {
                yield return $"select a.k as p from z.u.lefts as a {join} join z.u.rights as b on a.{key} = b.{key}";
                yield return $"select a.k as p from z.u.lefts as a {join} join z.u.rights as b on a.{key} = b.{key} "
                    + "and b.k <> a.k";
                yield return $"select a.k as p from z.u.lefts as a {join} join z.u.rights as b using ({key})";
            }
        }

        yield return "select a.k as p, b.k as q from z.u.lefts as a cross join z.u.rights as b";
        yield return "select a.k as p, b.k as q from z.u.lefts as a, z.u.rights as b where a.i = b.i";
        yield return "select a.k as p, b.k as q, c.k as r from z.u.lefts as a "
            + "left join (z.u.rights as b inner join z.u.lefts as c on c.i = b.i) on a.k = b.k";
        yield return "select a.k as p, b.k as q from z.u.lefts as a inner join z.u.rights as b on a.i = b.i "
            + "left join z.u.lefts as c on c.k = b.k where c.s is null";
        yield return "select a.k as p, r.two as q from z.u.lefts as a "
            + "full join (select b.k as one, b.i as two from z.u.rights as b) as r on r.one = a.k";
        yield return "select lefts.k as p, z.u.rights.k as q from z.u.lefts join z.u.rights on u.lefts.i = rights.i";
    }

    private static IEnumerable<string> Combined()
    {
        foreach (string operation in new[] { "union", "union all", "except", "intersect", "except all",
            "intersect all" })
        {
            foreach (string key in Keys)
            {
                yield return $"select a.{key} as v from z.u.lefts as a {operation} select b.{key} as v from "
                    + "z.u.rights as b";
            }
        }

        yield return "select a.i as v from z.u.lefts as a union all select b.i as v from z.u.rights as b "
            + "except select c.k as v from z.u.rights as c";
        yield return "select a.i as v from z.u.lefts as a union (select b.i as v from z.u.rights as b "
            + "intersect select c.k as v from z.u.rights as c)";
        yield return "select 1 as v union all select 2.5 as v union all select null as v";
        yield return "select a.i as v from z.u.lefts as a union all select b.x as v from z.u.rights as b";
        yield return "select v.a as p, v.b as q from (values (1, 'x'), (2, null), (null, 'y')) as v(a, b)";
        yield return "select v.a as p from (values (1), (2.5), (3000000000)) as v(a)";
        yield return "(select a.k as v from z.u.lefts as a order by a.k nulls first limit 2) union all "
            + "(select b.k as v from z.u.rights as b order by b.k desc nulls last limit 1)";
    }

    private static IEnumerable<string> Sorted()
    {
        foreach (string key in Keys)
        {
            foreach (string order in new[] { "nulls first", "nulls last", "desc nulls first", "desc nulls last" })
            {
                yield return $"select t.k as p from z.u.lefts as t order by t.{key} {order}, t.k nulls first limit 5";
                yield return $"select t.k as p from z.u.lefts as t order by t.{key} {order}, t.k nulls first limit "
                    + "4 offset 3";
            }
        }

        yield return "select t.i as s, t.s as i, t.k from z.u.lefts as t order by i nulls first, s nulls first, t.k "
            + "nulls first limit 7";
        yield return "select t.k as p from z.u.lefts as t order by 1 nulls first limit 3";
        yield return "select t.k as p from z.u.lefts as t order by t.k nulls first limit 0";
    }

    private static IEnumerable<string> Nested()
    {
        foreach (string key in Keys)
        {
            string same = $"select 1 as one from z.u.rights as b where b.{key} = a.{key}";
            yield return $"select a.k as p from z.u.lefts as a where a.{key} in (select b.{key} from z.u.rights as b)";
            yield return $"select a.k as p from z.u.lefts as a where a.{key} not in (select b.{key} from z.u.rights "
                + "as b)";
            yield return $"select a.k as p from z.u.lefts as a where a.{key} not in "
                + $"(select b.{key} from z.u.rights as b where b.{key} is not null) and a.k > 1";
            yield return $"select a.k as p from z.u.lefts as a where exists ({same})";
            yield return $"select a.k as p from z.u.lefts as a where not exists ({same}) and a.k > 1";
            yield return $"select a.k as p, exists ({same}) as v from z.u.lefts as a";
            yield return $"select a.k as p, (select max(b.k) from z.u.rights as b where b.{key} = a.{key}) as v "
                + "from z.u.lefts as a";
            yield return $"select a.k as p, (select count(*) from z.u.rights as b where b.{key} = a.{key}) as v "
                + "from z.u.lefts as a";
        }

        yield return "select a.k as p from z.u.lefts as a where a.i = (select max(b.i) from z.u.rights as b)";
        yield return "select a.k as p from z.u.lefts as a where a.i in (1, null) or a.i is null";
        yield return "select a.k as p from z.u.lefts as a where a.i not in (1, null)";
        yield return "select a.k as p from z.u.lefts as a where not (a.i = 1)";
        yield return "with q as (select a.k, a.i from z.u.lefts as a), r as (select q.k from q where q.i > 1) "
            + "select r.k as p from r union all select q.k as p from q";
        yield return "with q(a, b) as (select t.k, t.i from z.u.lefts as t) select q.a as p, q.b as r from q";
        yield return "with q as materialized (select t.k from z.u.lefts as t) select q.k from q, q as r where q.k = "
            + "r.k";
        yield return "select t.p from (with q as (select a.k as p from z.u.lefts as a) select q.p from q) as t "
            + "where t.p > 3";
    }

    private static IEnumerable<string> Names() =>
    [
        "select t.k as \"select\", t.i as \"a b\", t.s as \"é\", t.x as minus from z.u.lefts as t",
        "select \"from\".k as \"order\" from z.u.lefts as \"from\"", "from z.u.lefts as t select t.k as p",
        "select t.k p, t.i \"P2\" from z.u.lefts t",
        "select T.K as p, t.I as q from Z.u.Lefts as t -- a comment, it's one\n/* and another */ where t.k > 1;",
        "select minus.k as anti from z.u.lefts as minus",
    ];
}
