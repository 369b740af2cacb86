namespace Landfall.Sql.Tests;

public sealed class TableReferencesTests(SqlFixture fixture) : IClassFixture<SqlFixture>
{
    [Theory]
    [InlineData("select t.a from Z.U.T as t", "z.u.t")]
    [InlineData("select t.a from \"z\".\"u\".\"t\" as t join z.u.t as s on s.a = t.a", "z.u.t")]
    [InlineData("with t as (select x.a from z.u.x as x) select t.a from t", "z.u.x")]
    [InlineData("with x as (select x.a from z.u.x as x) select x.a from X as x", "z.u.x")]
    [InlineData("with a as (select t.a from z.u.t as t), b as (select a.a from a) select b.a from b", "z.u.t")]
    [InlineData(
        "with a as (select t.a from z.u.t as t) select q.a from (with a as (select s.a from z.u.s as s)"
        + " select a.a from a) as q join a on a.a = q.a", "z.u.t z.u.s")]
    [InlineData("select q.a from (select r.a from (select t.a from z.u.t as t) as r) as q", "z.u.t")]
    [InlineData(
        "select t.a from z.u.t as t left join z.u.s as s on s.a = t.a full join z.v.r as r on r.a ="
        + " t.a", "z.u.t z.u.s z.v.r")]
    [InlineData("select t.a from z.u.t as t union all select s.a from z.u.s as s", "z.u.t z.u.s")]
    [InlineData("with c as (select t.a from z.u.t as t) select c.a from c intersect select c.a from c", "z.u.t")]
    [InlineData("select t.a from z.u.t as t where t.a in (select s.a from z.u.s as s where s.b = t.b)", "z.u.t z.u.s")]
    [InlineData(
        "select (select max(s.a) from z.u.s as s) as m from z.u.t as t having exists (select 1 as o from"
        + " z.u.r as r)", "z.u.t z.u.s z.u.r")]
    [InlineData(
        "select t.a from z.u.t as t join z.u.s as s on s.a = (select max(r.a) from z.u.r as r)", "z.u.t z.u.s z.u.r")]
    [InlineData(
        "select case when t.a > (select min(s.a) from z.u.s as s) then 1 end as c from z.u.t as t", "z.u.t z.u.s")]
    [InlineData(
        "select sum((select min(s.a) from z.u.s as s)) over (partition by (select min(r.a) from z.u.r as"
        + " r)) as c from z.u.t as t", "z.u.t z.u.s z.u.r")]
    [InlineData(
        "select t.a from z.u.t as t order by (select min(s.a) from z.u.s as s) nulls first limit (select 1"
        + " as o from z.u.r as r)", "z.u.t z.u.s z.u.r")]
    [InlineData("select @div_dec(t.a, (select sum(s.a) from z.u.s as s), 18, 2) as q from z.u.t as t", "z.u.t z.u.s")]
    [InlineData("select 'from z.u.x' as a /* z.u.y */ from z.u.t as t -- join z.u.w", "z.u.t")]
    public void Analyze_Query_FindsItsTables(string sql, string expected)
    {
        SqlAnalysis analysis = fixture.Analyze(sql);

        Assert.DoesNotContain(analysis.Diagnostics, d => d.Code is SqlCodes.TableName or SqlCodes.Syntax);
        Assert.Equal(expected.Split(' ').Order(), analysis.Inputs.Select(i => i.Name.ToString()).Order());
    }

    [Theory]
    [InlineData("with a as (select b.x from b), b as (select t.x from z.u.t as t) select a.x from a")]
    [InlineData("with a as (select a.x from a) select a.x from a")]
    [InlineData("select q.x from (with a as (select t.x from z.u.t as t) select a.x from a) as q join a on a.x = q.x")]
    [InlineData("select t.x from a.b.c.t as t")]
    public void Analyze_CteOutOfScope_IsNoTable(string sql) => Assert.True(fixture.Analyze(sql).HasErrors);

    [Fact]
    public void Analyze_TableNamedTwice_HasItsFirstPlace()
    {
        TableReference input = Assert.Single(
            fixture.Analyze("select a.x\nfrom z.u.t as a\njoin z.u.t as b on b.x = a.x").Inputs);

        Assert.Equal("model.sql:2:6", input.Location.ToString());
    }

    [Theory]
    [InlineData("select t.a, t.b as c, @month(t.d) as month from z.u.t as t", "a c month")]
    [InlineData("select t.a as x from z.u.t as t union all select s.b from z.u.s as s", "x")]
    [InlineData("select t.* from z.u.t as t", "")]
    public void Analyze_Query_NamesItsColumns(string sql, string expected) =>
        Assert.Equal(expected, string.Join(' ', fixture.Analyze(sql).OutputColumns));
}
