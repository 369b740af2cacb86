using System.Collections.Immutable;
using Landfall.Estate.Contracts;
using Landfall.Estate.Diagnostics;

namespace Landfall.Testing.Engines;

/// <summary>What every engine builds alike: the one list that the tests of each engine run.</summary>
public static class EngineCases
{
    private const string Sale = "ops.shop.sale";

    private static readonly ImmutableArray<string> SaleColumns =
        ["id int", "sold_at timestamp", "shop string", "amount decimal(18,2)"];

    /// <summary>The cases.</summary>
    public static ImmutableArray<EngineCase> All { get; } = [.. Whole(), .. Partitioned(), .. Changed(), .. Ruled()];

    private static IEnumerable<EngineCase> Whole() =>
    [
        new("every type, with nulls")
        {
            Inputs =
            [
                new("ops.a.t",
                    [
                        "b boolean", "i int", "l bigint", "d double", "n decimal(38,10)", "s string", "x binary",
                        "day date", "ts timestamp",
                    ],
                    [
                        "select true as b, -2147483648 as i, 9223372036854775807 as l, 'nan'::double as d, "
                        + "-1234567890123456789012345678.0123456789::decimal(38,10) as n, 'ü''\\' as s, "
                        + "'\\x00\\xFF'::blob as x, "
                        + "date '0001-01-01' as day, timestamptz '1582-10-10 23:59:59.999999+00' as ts",
                        "select null::boolean as b, null::int as i, null::bigint as l, 'infinity'::double as d, "
                        + "null::decimal(38,10) as n, '' as s, null::blob as x, date '9999-12-31' as day, "
                        + "timestamptz '1969-12-31 23:59:59.999999+00' as ts",
                    ]),
            ],
            Query = "select t.b, t.i, t.l, t.d, t.n, t.s, t.x, t.day, t.ts from ops.a.t as t",
            Columns =
            [
                "b boolean", "i int", "l bigint", "d double", "n decimal(38,10)", "s string", "x binary", "day date",
                "ts timestamp",
            ],
            Rows = "from (values (true, -2147483648, 9223372036854775807, 'nan'::double, "
                + "-1234567890123456789012345678.0123456789::decimal(38,10), 'ü''\\', '\\x00\\xFF'::blob, "
                + "date '0001-01-01', timestamptz '1582-10-10 23:59:59.999999+00'), (null, null, null, "
                + "'infinity'::double, null, '', null, date '9999-12-31', timestamptz '1969-12-31 23:59:59.999999+00')"
                + ") r(b, i, l, d, n, s, x, day, ts)",
        },
        new("names: a CTE of a table's name, tables without alias, columns by table and in full")
        {
            Inputs =
            [
                new("ops.a.t", ["id int", "v int"], ["select 1 as id, 10 as v union all select 2, 20"]),
                new("ops.b.t", ["id int", "v int"], ["select 2 as id, 200 as v union all select 3, 300"]),
                new("ops.b.u", ["id int"], ["select 3 as id"]),
            ],
            Query = """
                with t as (select ops.a.t.id, t.v from ops.a.t where t.id > 0 -- the table, not this
                )
                select t.id, t.v, b.v as w, "ops"."b"."u".id as lone
                from t
                left join ops.b.t as b on b.id = t.id
                left join ops.b.u on u.id = b.id + 1
                """,
            Columns = ["id int", "v int", "w int", "lone int"],
            Rows = "from (values (1, 10, null, null), (2, 20, 200, 3)) r(id, v, w, lone)",
        },
        new("a file without a column of the table, another column besides")
        {
            Inputs =
            [
                new("ops.a.t", ["id int", "v string"], ["select 1 as id", "select 2 as id, 'x' as v"]),
            ],
            Query = "select t.id, t.v from ops.a.t as t",
            Columns = ["id int", "v string"],
            Rows = "from (values (1, null), (2, 'x')) r(id, v)",
        },
        new("no file, no row")
        {
            Inputs = [new("ops.a.t", ["id int"], [])],
            Query = "select t.id from ops.a.t as t",
            Columns = ["id int"],
            Required = ["id"],
            Rows = "select 1 as id where false",
        },
        new("sums of decimals and counts, cast to the contract")
        {
            Inputs = [new(Sale, SaleColumns, [Sales(1, 40)])],
            Query = "select s.shop, sum(s.amount) as amount, count(*) as n from ops.shop.sale as s group by s.shop",
            Columns = ["shop string", "amount decimal(18,2)", "n bigint"],
            Required = ["shop", "amount"],
            Rows = $"select shop, sum(amount) as amount, count(*) as n from ({Sales(1, 40)}) group by shop",
        },
        new("nulls in required columns")
        {
            Inputs = [new("ops.a.t", ["id int", "v string"], ["select 1 as id, null::varchar as v"])],
            Query = "select t.id, t.v from ops.a.t as t",
            Columns = ["id int", "v string"],
            Required = ["id", "v"],
            Rows = "from (values (1, null)) r(id, v)",
            NullColumns = ["v"],
        },
        Failing(
            "a number that is no int", "select cast(t.l as int) as n from ops.a.t as t", "n int",
            "LF4100", "LF4346"),
        Failing(
            "a number beyond its column", "select t.l * 10 as n from ops.a.t as t", "n decimal(18,2)",
            "LF4100", "LF4346"),
        Failing("a date beyond the year 9999", "select date_add(t.day, 40) as n from ops.a.t as t", "n date", "LF4220"),
    ];

    private static EngineCase Failing(string name, string query, string column, params ImmutableArray<string> codes) =>
        new(name)
        {
            Inputs =
            [
                new("ops.a.t", ["s string", "l bigint", "day date"],
                    ["select 'x1' as s, 1234567890123456789 as l, date '9999-12-01' as day"]),
            ],
            Query = query, Columns = [column], Failure = codes,
        };

    private static IEnumerable<EngineCase> Partitioned() =>
    [
        new("partitioned by month, null among them")
        {
            Inputs =
            [
                new(Sale, SaleColumns,
                    [Sales(1, 90), "select 91 as id, null::timestamptz as sold_at, 'n' as shop, 1.00 as amount"]),
            ],
            Query = ByMonth,
            Columns = ["month date", "amount decimal(18,2)"],
            Column = "month",
            Rows = $"select date_trunc('month', sold_at)::date as month, sum(amount) as amount from ({Sales(1, 90)}) "
                + "group by 1 union all select null, 1.00",
        },
        new("partitioned by texts that names of folders do not hold")
        {
            Inputs =
            [
                new("ops.a.t", ["k string", "v int"],
                    ["from (values ('a/b=c%41', 1), ('Zürich ☂', 2), ('__HIVE_DEFAULT_PARTITION__', 3), (null, 4), "
                    + "(' ', 5), ('..', 6), ('q\"''\\', 7)) r(k, v)"]),
            ],
            Query = "select t.k, t.v from ops.a.t as t",
            Columns = ["k string", "v int"],
            Column = "k",
            Rows = "from (values ('a/b=c%41', 1), ('Zürich ☂', 2), ('__HIVE_DEFAULT_PARTITION__', 3), (null, 4), "
                + "(' ', 5), ('..', 6), ('q\"''\\', 7)) r(k, v)",
        },
        new("an empty text in the partition column")
        {
            Inputs = [new("ops.a.t", ["k string", "v int"], ["select '' as k, 1 as v"])],
            Query = "select t.k, t.v from ops.a.t as t",
            Columns = ["k string", "v int"],
            Column = "k",
            Failure = ["LF2037"],
        },
    ];

    private static IEnumerable<EngineCase> Changed() =>
    [
        new("a file came: its months are built anew, others stay")
        {
            Inputs =
            [
                new(Sale, SaleColumns, [Sales(1, 60), Sales(32, 33)]) { Expression = "@month(sold_at)", Added = 1 },
            ],
            Query = ByMonth,
            Columns = ["month date", "amount decimal(18,2)"],
            Column = "month",
            Existing = "from (values (date '2024-01-01', 7.77), (date '2024-02-01', 8.88)) r(month, amount)",
            Rules = [Rule("rows", "rowCount", []) with { Value = 2 }],
            Rows = $"select date '2024-02-01' as month, sum(amount) as amount from "
                + $"(select * from ({Sales(1, 60)}) union all select * from ({Sales(32, 33)})) "
                + "where date_trunc('month', sold_at) = date '2024-02-01'",
            Values = ["2024-02-01"],
            Quality = ["rows 2 holds"],
        },
        new("a file was rewritten: rows that are as they were count for nothing")
        {
            Inputs =
            [
                new(Sale, SaleColumns, [$"{Sales(1, 59)} union all {Sales(70, 70)}"])
                {
                    Expression = "@month(sold_at)", Added = 1, Removed = [Sales(1, 60)],
                },
            ],
            Query = ByMonth,
            Columns = ["month date", "amount decimal(18,2)"],
            Column = "month",
            Existing = "from (values (date '2024-01-01', 7.77), (date '2024-02-01', 8.88)) r(month, amount)",
            Rows = "select date_trunc('month', sold_at)::date as month, sum(amount) as amount from "
                + $"({Sales(32, 59)} union all {Sales(70, 70)}) "
                + "where sold_at >= timestamptz '2024-02-01 00:00:00+00' group by 1",
            Values = ["2024-02-01", "2024-03-01"],
        },
        new("nulls and numbers as values of the incremental column")
        {
            Inputs =
            [
                new("ops.a.t", ["k int", "v int"],
                    ["from (values (1, 1), (-7, 2)) r(k, v)", "from (values (null, 3), (-7, 4)) r(k, v)"])
                {
                    Expression = "k", Added = 1,
                },
            ],
            Query = "select t.k, sum(t.v) as v from ops.a.t as t group by t.k",
            Columns = ["k int", "v bigint"],
            Column = "k",
            Existing = "from (values (1, 1), (-7, 2)) r(k, v)",
            Rows = "from (values (-7, 6), (null, 3)) r(k, v)",
            Values = [null, "-7"],
        },
        new("every row of a value went")
        {
            Inputs =
            [
                new("ops.a.t", ["k string", "v int"], ["from (values ('a', 1)) r(k, v)"])
                {
                    Expression = "k", Removed = ["from (values ('b', 2)) r(k, v)"],
                },
            ],
            Query = "select t.k, t.v from ops.a.t as t",
            Columns = ["k string", "v int"],
            Column = "k",
            Existing = "from (values ('a', 1), ('b', 2)) r(k, v)",
            Rules = [Rule("rows", "rowCount", []) with { Value = 1 }],
            Rows = "select 'a' as k, 1 as v where false",
            Values = ["b"],
            Quality = ["rows 1 holds"],
        },
    ];

    private static IEnumerable<EngineCase> Ruled() =>
    [
        new("rules of every kind")
        {
            Inputs =
            [
                new("ops.a.t", ["id int", "v string", "day date"],
                    ["from (values (1, 'a1', date '2024-01-01'), (1, 'b2', null), (2, '', date '2024-01-02'), "
                    + "(3, null, date '2024-01-03'), (4, 'A1' || chr(10), null)) r(id, v, day)"]),
            ],
            Query = "select t.id, t.v, t.day from ops.a.t as t",
            Columns = ["id int", "v string", "day date"],
            Rules =
            [
                Rule("rows", "rowCount", []) with { Operator = "mustBeGreaterThan", Value = 5 },
                Rule("twice", "duplicateValues", ["id"]) with { Value = 1 },
                Rule("nulls", "nullValues", ["day"]) with { Percent = true, Value = 40 },
                Rule("missing", "missingValues", ["v"]) with { Value = 2 },
                Rule("listed missing", "missingValues", ["v"]) with { Value = 2, MissingValues = ["b2"] },
                Rule("valid", "invalidValues", ["day"]) with { ValidValues = ["2024-01-01", "2024-01-02"], Value = 1 },
                Rule("pattern", "invalidValues", ["v"]) with
                {
                    Pattern = @"[a-z]\d$", MissingValues = [""], Operator = "mustBeBetween", Value = 0, UpperValue = 1,
                },
                Rule("sql", "sql", []) with
                {
                    Query = "select max(id) - min(id) from ${table}", Operator = "mustNotBe", Value = 4,
                },
                Rule("no number", "sql", []) with
                {
                    Query = "select id from ${table} where id > 3 and id < 3", Value = 0,
                },
            ],
            Rows = "from (values (1, 'a1', date '2024-01-01'), (1, 'b2', null), (2, '', date '2024-01-02'), "
                + "(3, null, date '2024-01-03'), (4, 'A1' || chr(10), null)) r(id, v, day)",
            Quality =
            [
                "rows 5 broken", "twice 1 holds", "nulls 40 holds", "missing 2 holds", "listed missing 2 holds",
                "valid 1 holds", "pattern 1 holds", "sql 3 holds", "no number none broken",
            ],
        },
    ];

    private const string ByMonth =
        "select @month(s.sold_at) as month, sum(s.amount) as amount from ops.shop.sale as s group by @month(s.sold_at)";

    /// <summary>A sale a day from the first days of 2024 on.</summary>
    private static string Sales(int first, int last) =>
        $"select i::int as id, timestamptz '2023-12-31 12:00:00+00' + to_days(i::int) as sold_at, "
        + $"'shop ' || i % 3 as shop, (i * 1.01)::decimal(18,2) as amount from range({first}, {last + 1}) r(i)";

    private static QualityRule Rule(string name, string metric, ImmutableArray<string> columns) => new()
    {
        Name = name, Metric = metric, Columns = columns, Query = "", ValidValues = [], Pattern = "",
        Operator = "mustBe", Value = 0, UpperValue = 0, Percent = false, Severity = Severity.Error,
    };
}
