using Landfall.Estate;
using Landfall.Estate.Contracts;

namespace Landfall.Sql.Tests;

/// <summary>What is written for Spark, and the way back from it to the model.</summary>
public sealed class SparkQueryTests(SqlFixture fixture) : IClassFixture<SqlFixture>
{
    private static readonly Dictionary<TableName, ContractTable> Inputs = new()
    {
        [new("z", "u", "t")] = SqlFixture.Table("t", "a decimal(18,2)", "n int", "s string", "x double", "d date"),
        [new("z", "u", "r")] = SqlFixture.Table("r", "n int"),
    };

    [Theory]
    [InlineData("select t.n from z.u.t as t", "select `t`.`n` as `n` from `z.u.t` as `t`")]
    [InlineData("select z.u.t.n, u.t.s, t.\"a\" from z.u.t;",
        "select `t`.`n` as `n`, `t`.`s` as `s`, `t`.`a` as `a` from `z.u.t` as `t`")]
    [InlineData("select n from Z . \"u\" /* . */ . T", "select `n` as `n` from `z.u.t` as `T`")]
    [InlineData("from z.u.t as q select q.n + 1 as \"a`b\"", "select (`q`.`n` + 1) as `a``b` from `z.u.t` as `q`")]
    [InlineData("select 'it''s ${x}' as v -- it's", "select ('it' || char(39) || 's $' || '{x}') as `v`")]
    [InlineData("select t.n::bigint as v from z.u.t as t", "select cast(`t`.`n` as bigint) as `v` from `z.u.t` as `t`")]
    [InlineData("select sum(t.n) filter (where t.n > 1) as v from z.u.t as t",
        "select cast(sum(`t`.`n`) filter (where (`t`.`n` > 1)) as decimal(20,0)) as `v` from `z.u.t` as `t`")]
    [InlineData("select count(*) over (partition by t.s order by t.n desc nulls last rows 1 preceding) as v from "
        + "z.u.t as t",
        "select count(*) over (partition by `t`.`s` order by `t`.`n` desc nulls last rows between 1 preceding and "
            + "current row) "
        + "as `v` from `z.u.t` as `t`")]
    [InlineData("select -t.a as v, -t.n as w, 1.50 as c, -5 as e, 1e3 as f from z.u.t as t",
        "select (0 - `t`.`a`) as `v`, (-`t`.`n`) as `w`, 1.50 as `c`, (-5) as `e`, 1.0000000000000000E+003D as `f` "
            + "from `z.u.t` as `t`")]
    [InlineData("with q(a) as (select t.n from z.u.t as t) select q.a from q order by q.a nulls first limit 3",
        "with `q`(`a`) as (select `t`.`n` as `n` from `z.u.t` as `t`) select `q`.`a` as `a` from `q` as `q` "
        + "order by `q`.`a` asc nulls first limit 3")]
    [InlineData("select t.n from z.u.t as t semi join z.u.r as r using (n) union all (select r.n from z.u.r as r)",
        "(select `t`.`n` as `n` from `z.u.t` as `t` left semi join `z.u.r` as `r` using (`n`)) union all "
        + "(select `r`.`n` as `n` from `z.u.r` as `r`)")]
    [InlineData("select v.a from (values (1), (2)) as v(a)",
        "select `v`.`a` as `a` from (select * from (values (1), (2)) as `valueslist`(`col0`)) as `v`(`a`)")]
    public void Bind_Query_IsWrittenForSpark(string sql, string spark) => Assert.Equal(spark, Bind(sql).Text);

    [Fact]
    public void With_OtherRelations_KeepsThePlaces()
    {
        SparkQuery query = Bind("select\n  t.n,\n  r.n as m\nfrom z.u.t as t\njoin z.u.r as r\non r.n = t.n");

        SparkQuery named = query.With(new Dictionary<TableName, string>
        {
            [new("z", "u", "t")] = "a_much_longer_name",
            [new("z", "u", "r")] = "s",
        });

        Assert.Equal(
            "select `t`.`n` as `n`, `r`.`n` as `m` from a_much_longer_name as `t` inner join s as `r` on (`r`.`n` = "
                + "`t`.`n`)",
            named.Text);
        Assert.Equal(["a_much_longer_name", "s"], named.Tables.Select(t => named.Text.Substring(t.At, t.Length)));
        Assert.Equal(new("model.sql", 3, 3), named.Locate(named.Text.IndexOf("`r`.`n` as", StringComparison.Ordinal)));
        Assert.Equal(new("model.sql", 6, 10), named.Locate(named.Text.LastIndexOf("`t`", StringComparison.Ordinal)));
        Assert.Equal(query.Text, named.With(query.Tables.ToDictionary(t => t.Table, t =>
            SparkQuery.RelationOf(t.Table))).Text);
    }

    [Fact]
    public void Compile_OfOtherRelations_LeadsBackToTheModel()
    {
        EngineQuery query = SqlCompiler.Compile(
            Bind("select t.n,\n  t.n / nullif(t.x, 0) as m from z.u.t as t"),
            Inputs[new("z", "u", "t")].Columns.Where(c => c.Name == "n").Select(c => (c.Name, c.Type)),
            new Dictionary<TableName, string> { [new("z", "u", "t")] = "view1" });

        Assert.Equal(
            new("model.sql", 2, 9), query.Locate(query.Text.IndexOf("nullif", StringComparison.Ordinal) + 3));
        Assert.Null(query.Locate(query.Text.IndexOf("cast(", StringComparison.Ordinal)));
        Assert.Contains("from view1 as `t`", query.Text);
    }

    [Theory]
    [InlineData("@month(d)", "cast(trunc(cast(`d` as date), 'MM') as date)")]
    [InlineData("coalesce(t.n, 0) % 7", "(coalesce(`n`, 0) % 7)")]
    public void SparkExpression_OfATable_NamesItsColumnsAlone(string expression, string spark) => Assert.Equal(
        spark, SqlBinder.SparkExpression(
            fixture.FrontEnd, fixture.Analyze($"select {expression} as value from z.u.t"), Inputs));

    private SparkQuery Bind(string sql)
    {
        SqlBinding binding = SqlBinder.Bind(fixture.FrontEnd, fixture.Analyze(sql), Inputs, null);
        Assert.Equal([], binding.Diagnostics.Select(d => d.ToString()));
        return binding.SparkQuery!;
    }
}
