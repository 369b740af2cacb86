using System.Collections.Immutable;
using Landfall.Estate;
using Landfall.Estate.Contracts;
using Landfall.Estate.Diagnostics;

namespace Landfall.Sql.Tests;

/// <summary>
/// Queries of a table by month whose rows depend on their own month only pass; what reads other months is refused. The
/// inputs a and b are incremental, c is not.
/// </summary>
public sealed class IncrementAnalyzerTests(SqlFixture fixture) : IClassFixture<SqlFixture>
{
    private static readonly Dictionary<TableName, ContractTable> Tables = new()
    {
        [new("z", "u", "a")] = SqlFixture.Table("a", "id bigint", "sold_at timestamp", "item string", "qty bigint"),
        [new("z", "u", "b")] = SqlFixture.Table("b", "id bigint", "month date", "item string", "qty bigint"),
        [new("z", "u", "c")] = SqlFixture.Table("c", "month date", "item string", "name string"),
    };

    private static readonly Dictionary<TableName, string> Inputs = new()
    {
        [new("z", "u", "a")] = "@month(sold_at)",
        [new("z", "u", "b")] = "month",
    };

    private const string Grouped = " group by @month(a.sold_at)";

    public static TheoryData<string> Parts { get; } =
    [
        "select @month(a.sold_at) as month, a.qty as n from z.u.a as a",
        "select @month(sold_at) as month, qty as n from z.u.a",
        "select @month(u.a.sold_at) as month, qty as n from z.u.a",
        "select cast(@month(a.sold_at) as date) as month, sum(a.qty) as n from z.u.a as a group by 1",
        "select @month(a.sold_at) as month, sum(a.qty) as n from z.u.a as a group by month",
        "select b.month, sum(b.qty) as n from z.u.b as b group by b.month having sum(b.qty) > 3",
        "select b.month, sum(b.qty) as n from z.u.b as b group by grouping sets ((b.month, b.item), (b.month))",
        "select a.m as month, a.n from (select @month(x.sold_at) as m, x.qty as n from z.u.a as x) as a",
        "with x(m, n) as (select @month(a.sold_at), a.qty from z.u.a as a) select x.m as month, sum(x.n) as "
            + "n from x group by x.m",
        "with x as (select distinct a.id, a.sold_at, a.qty from z.u.a as a)\n"
            + "select @month(x.sold_at) as month, sum(x.qty) as n from x group by @month(x.sold_at)",
        "select @month(a.sold_at) as month, sum(b.qty) as n from z.u.a as a\n"
            + "join z.u.b as b on b.month = @month(a.sold_at) and b.item = a.item" + Grouped,
        "select b.month, a.qty as n from z.u.a as a, z.u.b as b where @month(a.sold_at) = b.month and a.id = b.id",
        "select b.month, c.name as n from z.u.b as b left join z.u.c as c on c.item = b.item",
        "select x.month, y.qty as n from z.u.b as x join z.u.b as y using (month)",
        "select x.month, y.qty as n from z.u.b as x left join z.u.b as y on y.month = x.month and y.id > x.id",
        "select month, y.qty as n from z.u.b as x full join z.u.b as y using (month, id)",
        "select coalesce(x.month, y.month) as month, y.qty as n from z.u.b as x full join z.u.b as y\n"
            + "on x.month = y.month",
        "select coalesce(x.month, y.month, v.month) as month, y.qty as n from z.u.b as x\n"
            + "full join z.u.b as y on x.month = y.month full join z.u.b as v on v.month = coalesce(x.month, y.month)",
        "select c.month, b.qty as n from z.u.c as c left join z.u.b as b on b.month = c.month",
        "select b.month, b.qty as n from z.u.c as c right join z.u.b as b on b.item = c.item",
        "select b.month, b.qty as n from z.u.b as b semi join z.u.a as a on @month(a.sold_at) = b.month",
        "select b.month, b.qty as n from z.u.b as b anti join z.u.a as a on @month(a.sold_at) = b.month and "
            + "a.id = b.id",
        "select b.month, b.qty as n from z.u.b as b where exists (select 1 from z.u.c as c where c.item = b.item)",
        "select b.month, b.qty as n from z.u.b as b\n"
            + "where not exists (select 1 from z.u.b as o where o.month = b.month and o.id < b.id)",
        "select b.month, b.qty as n from z.u.b as b where b.month in (select @month(a.sold_at) from z.u.a as a)",
        "select b.month, (select count(*) from z.u.a as a where @month(a.sold_at) = b.month) as n from z.u.b as b",
        "select c.month, (select max(a.qty) from z.u.a as a where @month(a.sold_at) = c.month) as n from z.u.c as c",
        "select b.month, row_number() over (partition by b.item, b.month order by b.id nulls last) as n "
            + "from z.u.b as b",
        "select @month(a.sold_at) as month, a.qty as n from z.u.a as a union all select b.month, b.qty from z.u.b as b",
        "select b.month, b.qty as n from z.u.b as b except select @month(a.sold_at), a.qty from z.u.a as a",
        "select date '2026-01-01' as month, sum(b.qty) as n from z.u.b as b where b.month = date '2026-01-01'",
        "with x as (select b.month, sum(b.qty) as n from z.u.b as b group by b.month)\n"
            + "select @month(a.sold_at) as month, a.qty * x.n as n from z.u.a as a join x on x.month = "
            + "@month(a.sold_at)",
    ];

    public static TheoryData<string> Wholes { get; } =
    [
        "select b.month, b.qty as n from z.u.b as b\n"
            + "where not exists (select 1 from z.u.b as o where o.id = b.id and o.month < b.month)",
        "select b.month, b.qty as n from z.u.b as b where exists (select 1 from z.u.a as a where a.id = b.id)",
        "select b.month, b.qty as n from z.u.b as b where b.id not in (select a.id from z.u.a as a)",
        "select b.month, b.qty as n from z.u.b as b where b.id in (select a.id from z.u.a as a)",
        "select b.month, b.qty as n from z.u.b as b where b.month not in (select @month(a.sold_at) from z.u.a as a)",
        "select b.month, b.qty as n from z.u.b as b where b.qty > (select min(a.qty) from z.u.a as a)",
        "select b.month, (select sum(a.qty) from z.u.a as a where a.item = b.item) as n from z.u.b as b",
        "select x.month, y.qty as n from z.u.b as x join z.u.b as y on y.id = x.id",
        "select x.month, y.qty as n from z.u.b as x left join z.u.b as y on y.id = x.id and y.month < x.month",
        "select x.month, y.qty as n from z.u.b as x left join z.u.b as y on y.id = x.id where y.month = x.month",
        "select x.month, x.qty as n from z.u.b as x anti join z.u.b as y on y.id = x.id and y.month <> x.month",
        "select coalesce(x.month, y.month) as month, y.qty as n from z.u.b as x full join z.u.b as y on x.id = y.id",
        "select x.month, y.qty as n from z.u.b as x full join z.u.b as y on x.month = y.month",
        "select b.month, b.qty as n from z.u.c as c left join z.u.b as b on b.item = c.item",
        "select x.month, y.qty as n from z.u.b as x cross join z.u.b as y",
        "select @month(a.sold_at) as month, sum(b.qty) as n from z.u.a as a join z.u.b as b on b.item = "
            + "a.item" + Grouped,
        "select max(b.month) as month, sum(b.qty) as n from z.u.b as b group by b.item",
        "select max(b.month) as month, sum(b.qty) as n from z.u.b as b",
        "select b.month, sum(b.qty) as n from z.u.b as b group by rollup(b.month, b.item) having count(*) > 0",
        "select b.month, sum(b.qty) as n from z.u.b as b group by grouping sets ((b.month), (b.item))",
        "select @add_months(b.month, 1) as month, b.qty as n from z.u.b as b",
        "select cast(a.sold_at as date) as month, a.qty as n from z.u.a as a",
        "select c.month, b.qty as n from z.u.b as b join z.u.c as c on c.item = b.item",
        "with t as (select sum(b.qty) as n from z.u.b as b) select b.month, b.qty * t.n as n from z.u.b as "
            + "b cross join t",
        "with x as (select b.id, min(b.month) as month from z.u.b as b group by b.id) select x.month, x.id as n from x",
        "select b.month, b.qty as n from z.u.b as b union all select c.month, a.qty from z.u.a as a cross "
            + "join z.u.c as c",
        "select b.month, b.qty as n from z.u.b as b except select c.month, b.qty from z.u.b as b\n"
            + "join z.u.c as c on c.item = b.item",
        "select y.month, sum(x.qty) over (partition by y.month) as n from z.u.c as y join z.u.b as x on "
            + "x.item = y.item",
    ];

    [Theory]
    [MemberData(nameof(Parts))]
    public void Analyze_RowsOfTheirOwnMonthOnly_Pass(string sql) => Assert.Equal([], Problems(sql));

    [Theory]
    [MemberData(nameof(Wholes))]
    public void Analyze_RowsOfOtherMonths_AreRefused(string sql)
    {
        Diagnostic found = Assert.Single(Problems(sql));

        Assert.Equal((SqlCodes.AcrossIncrement, Severity.Error), (found.Code, found.Severity));
        Assert.Contains("month", found.Message);
        Assert.Contains("in full", found.Hint!);
    }

    [Fact]
    public void Analyze_SubqueryOfOtherMonths_IsReportedAtItsPlace()
    {
        Diagnostic found = Assert.Single(Problems(
            "select b.month, b.qty as n\nfrom z.u.b as b\nwhere exists (\n  select a.id from z.u.a as a)"));

        Assert.Equal(new SourceLocation("model.sql", 4, 10), found.Location);
    }

    private ImmutableArray<Diagnostic> Problems(string sql)
    {
        SqlAnalysis analysis = fixture.Analyze(sql, "month");
        ContractTable contract = SqlFixture.Table("out", "month date", "n bigint");
        return [
            .. analysis.Diagnostics,
            .. SqlBinder.Bind(fixture.FrontEnd, analysis, Tables, null).Diagnostics,
            .. IncrementAnalyzer.Analyze(fixture.Parser, analysis, contract, "month", Inputs, Tables)];
    }
}
