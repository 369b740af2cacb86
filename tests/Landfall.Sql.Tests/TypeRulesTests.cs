using Landfall.Estate;
using Landfall.Estate.Contracts;
using Landfall.Estate.Diagnostics;

namespace Landfall.Sql.Tests;

/// <summary>What is refused because of the types of a query's tables.</summary>
public sealed class TypeRulesTests(SqlFixture fixture) : IClassFixture<SqlFixture>
{
    private static readonly Dictionary<TableName, ContractTable> Inputs = new()
    {
        [new("z", "u", "t")] = SqlFixture.Table(
            "t", "i int", "l bigint", "x double", "p decimal(18,2)", "q decimal(18,6)", "w decimal(38,0)",
            "v decimal(4,4)", "s string", "d date", "k timestamp", "o boolean", "y binary"),
    };

    [Theory]
    [InlineData("t.s = t.i", SqlCodes.MixedKinds)]
    [InlineData("t.s in (1, 2)", SqlCodes.MixedKinds)]
    [InlineData("t.i between 1 and '2'", SqlCodes.MixedKinds)]
    [InlineData("t.o = 1", SqlCodes.MixedKinds)]
    [InlineData("t.d = t.s", SqlCodes.MixedKinds)]
    [InlineData("t.d = '2024'", SqlCodes.MixedKinds)]
    [InlineData("t.k > 'epoch'", SqlCodes.MixedKinds)]
    [InlineData("nullif(t.s, 0)", SqlCodes.MixedKinds)]
    [InlineData("(case when t.i then 1 end)", SqlCodes.MixedKinds)]
    [InlineData("(t.i and t.o)", SqlCodes.MixedKinds)]
    [InlineData("(not t.i)", SqlCodes.MixedKinds)]
    [InlineData("t.w = t.v", SqlCodes.MixedKinds)]
    [InlineData("coalesce(t.w, 0.5)", SqlCodes.MixedKinds)]
    [InlineData("t.w + t.v", SqlCodes.MixedKinds)]
    [InlineData("t.v in (t.w, 1)", SqlCodes.MixedKinds)]
    [InlineData("(select max(u.s) from z.u.t as u) = t.i", SqlCodes.MixedKinds)]
    [InlineData("cast(t.s as int)", SqlCodes.DifferingCast)]
    [InlineData("try_cast(t.s as date)", SqlCodes.DifferingCast)]
    [InlineData("t.s::decimal(9,2)", SqlCodes.DifferingCast)]
    [InlineData("cast('2024' as date)", SqlCodes.DifferingCast)]
    [InlineData("cast(t.x as string)", SqlCodes.DifferingCast)]
    [InlineData("cast(t.k as string)", SqlCodes.DifferingCast)]
    [InlineData("cast(t.v as string)", SqlCodes.DifferingCast)]
    [InlineData("cast(t.y as string)", SqlCodes.DifferingCast)]
    [InlineData("cast(t.s as binary)", SqlCodes.DifferingCast)]
    [InlineData("cast(t.x as decimal(19,2))", SqlCodes.DifferingCast)]
    [InlineData("cast(t.i as timestamp)", SqlCodes.DifferingCast)]
    [InlineData("cast(t.k as bigint)", SqlCodes.DifferingCast)]
    [InlineData("t.s || t.x", SqlCodes.DifferingCast)]
    [InlineData("concat_ws('-', t.s, t.k)", SqlCodes.DifferingCast)]
    [InlineData("cast(t.x as int)", SqlCodes.IntegerCast)]
    [InlineData("cast(t.p as bigint)", SqlCodes.IntegerCast)]
    [InlineData("cast(floor(t.p) + t.q as bigint)", SqlCodes.IntegerCast)]
    [InlineData("t.d - t.d", SqlCodes.Interval)]
    [InlineData("t.k - t.k", SqlCodes.Interval)]
    [InlineData("@date_diff_days(t.s, t.d)", SqlCodes.DifferingCast)]
    [InlineData("@int_div(t.p, 2)", SqlCodes.IntegerCast)]
    [InlineData("@div_dec(t.x, 2, 18, 2)", SqlCodes.InexactDivision)]
    [InlineData("@add_months(t.d, t.p)", SqlCodes.IntegerCast)]
    public void Bind_ValueThatEnginesTakeDifferently_IsRefused(string expression, string code) =>
        Assert.Equal([code], Codes($"select {expression} as v from z.u.t as t"));

    [Theory]
    [InlineData("select median(t.p) as v from z.u.t as t", SqlCodes.InexactDivision)]
    [InlineData("select percentile_cont(0.5) within group (order by t.p) as v from z.u.t as t",
        SqlCodes.InexactDivision)]
    [InlineData("select median(t.d) as v from z.u.t as t", SqlCodes.MixedKinds)]
    [InlineData("select sum(t.o) as v from z.u.t as t", SqlCodes.MixedKinds)]
    [InlineData("select greatest(sum(t.p), 0.005) as v from z.u.t as t", SqlCodes.MixedKinds)]
    [InlineData("select t.i as v from z.u.t as t union all select u.s as v from z.u.t as u", SqlCodes.MixedKinds)]
    [InlineData("select v.a from (values (1), ('a')) as v(a)", SqlCodes.MixedKinds)]
    [InlineData("select t.i as v from z.u.t as t where t.i", SqlCodes.MixedKinds)]
    [InlineData("select t.i as v from z.u.t as t inner join z.u.t as u on u.s = t.i", SqlCodes.MixedKinds)]
    [InlineData("with q as (select t.x as y from z.u.t as t) select cast(q.y as string) as v from q",
        SqlCodes.DifferingCast)]
    [InlineData("select t.x as r, cast(r as int) as v from z.u.t as t", SqlCodes.IntegerCast)]
    public void Bind_QueryThatEnginesTakeDifferently_IsRefused(string sql, string code) =>
        Assert.Equal([code], Codes(sql));

    [Theory]
    [InlineData("t.d = '2024-02-29' and t.k > '2024-02-29 12:00' and t.d < t.k")]
    [InlineData("t.i = t.p or t.x > t.q or t.l in (1, null, 2.5)")]
    [InlineData("cast(floor(t.x) as int) + cast(round(t.p) as bigint) + cast(ceil(t.x) * 2 as int)")]
    [InlineData("cast(t.i as string) || t.d || t.p || t.o || t.s || null")]
    [InlineData("cast(t.x as decimal(18,6)) + cast('1.5' as decimal(9,2)) + cast('7' as int)")]
    [InlineData("cast('NaN' as double) + cast(t.p as double)")]
    [InlineData("cast(t.o as int) + cast(t.w as int)")]
    [InlineData("date_add(t.d, 1) + 2")]
    [InlineData("@div_dec(t.p, t.i, 18, 2) + @int_div(t.l, t.i)")]
    [InlineData("case when null then 1 when t.o is null then t.p else null end")]
    [InlineData("t.unknown_struct")]
    public void Bind_ValueThatEnginesTakeAlike_IsNotRefused(string expression) => Assert.Empty(
        Codes($"select {expression} as v from z.u.t as t").Except([SqlCodes.Binding]));

    [Fact]
    public void Bind_Refused_SaysThePlaceAndNothingForSpark()
    {
        SqlBinding binding = Bind("select t.i as a,\n  cast(t.s as int) as b from z.u.t as t");

        Assert.Equal(new("model.sql", 2, 8), Assert.Single(binding.Diagnostics).Location);
        Assert.Null(binding.SparkQuery);
    }

    private IEnumerable<string> Codes(string sql)
    {
        SqlAnalysis analysis = fixture.Analyze(sql);
        Assert.Equal([], analysis.Diagnostics.Select(d => d.ToString()));
        return Bind(sql).Diagnostics.Where(d => d.Severity == Severity.Error).Select(d => d.Code).Distinct();
    }

    private SqlBinding Bind(string sql) => SqlBinder.Bind(fixture.FrontEnd, fixture.Analyze(sql), Inputs, null);
}
