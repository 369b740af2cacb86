namespace Landfall.Sql.Tests;

/// <summary>
/// The faults of docs/engine-faults.md: what the raw engine answers, which tells when an upgrade mends one, and that
/// queries of products and of people do not meet them.
/// </summary>
public sealed class EngineFaultsTests(SqlFixture fixture) : IClassFixture<SqlFixture>
{
    private const string Exists =
        "exists (select 1 from (values (1, 8), (2, 9)) as x(id, w) where x.id = l.id and l.w <> x.w)";

    private const string Rows = "from (values (1, 5), (2, null)) as l(id, w)";

    /// <summary>A failure means that the fault is mended: take LF2038 and its section away.</summary>
    [Fact]
    public void Engine_ExistsWithUnequalAsAValue_IsStillWrong() =>
        Assert.Equal(["1|True", "2|True"], fixture.Rows($"select l.id, {Exists} {Rows} order by 1"));

    /// <summary>What messages say to write instead is right.</summary>
    [Fact]
    public void Engine_WhatIsWrittenInstead_IsRight()
    {
        string count = Exists.Replace("exists (select 1", "(select count(*)", StringComparison.Ordinal) + " > 0";

        Assert.Equal(["1|True", "2|False"], fixture.Rows($"select l.id, {count} {Rows} order by 1"));
        Assert.Equal(["1"], fixture.Rows($"select l.id {Rows} where {Exists} order by 1"));
        Assert.Equal(["2"], fixture.Rows($"select l.id {Rows} where not {Exists} order by 1"));
    }

    /// <summary>A failure means that products are wide now: take the widening and its section away.</summary>
    [Fact]
    public void Engine_ProductOfNarrowDecimals_IsStillNarrow()
    {
        Assert.Equal(
            "DECIMAL(18,8)", fixture.Row("select typeof(cast(1 as decimal(18,2)) * cast(1 as decimal(18,6)))"));
        Assert.Equal(
            "DECIMAL(37,8)", fixture.Row("select typeof(cast(1 as decimal(19,2)) * cast(1 as decimal(18,6)))"));
    }

    /// <summary>A failure means that one is mended: take what is done about it and its section away.</summary>
    [Theory]
    [InlineData("typeof(cast(1 as decimal(18,2)) + cast(1 as decimal(18,6)))", "DECIMAL(18,6)")]
    [InlineData("greatest(cast(0 as decimal(38,2)), 0.005)", "0.01")]
    [InlineData("(select count_if(x) from (values (cast(null as boolean))) as v(x))", "null")]
    [InlineData("round(cast(2147483647 as integer), -1)", "-2147483646")]
    public void Engine_ByItself_IsStillWrong(string expression, string answer) =>
        Assert.Equal(answer, fixture.Row($"select {expression}"));

    /// <summary>A failure means that the remainder is 0 now: take its section away.</summary>
    [Fact]
    public void Engine_RemainderOfTheSmallest_StillFails() => Assert.Throws<Landfall.DuckDb.DuckDbException>(() =>
        fixture.Row("select a % b from (values (cast(-2147483648 as integer), -1)) as v(a, b)"));

    /// <summary>A failure means that sums are checked now: take the guard of builds and its section away.</summary>
    [Fact]
    public void Engine_SumOfWidestDecimals_StillHasADigitTooMany()
    {
        string most = new('9', 38);

        Assert.Equal(
            $"1{new string('0', 38)}|DECIMAL(38,0)",
            fixture.Row($"select cast(sum(v) as varchar), typeof(sum(v)) from (values "
                + $"(cast({most} as decimal(38,0))), (cast(1 as decimal(38,0)))) as t(v)"));
    }

    [Theory]
    [InlineData("select l.id, exists (select 1 from z.u.x as x where x.id = l.id and l.w <> x.w) as e from z.u.l as l",
        true)]
    [InlineData("select l.id from z.u.l as l where l.id = 7\n"
        + "or exists (select 1 from z.u.x as x where x.id = l.id and l.w <> x.w)", true)]
    [InlineData("select case when not exists (select 1 from z.u.x as x where not (x.w = l.w) and x.id = l.id)\n"
        + "then 1 end as e from z.u.l as l", true)]
    [InlineData("select l.id from z.u.l as l left join z.u.x as x on x.id = l.id\n"
        + "and exists (select 1 from z.u.x as y where y.id = l.id and y.w <> l.w)", true)]
    [InlineData("select l.id from z.u.l as l\n"
        + "where not exists (select 1 from z.u.x as x where x.id = l.id and l.w <> x.w) and l.id > 1", false)]
    [InlineData("select l.id, exists (select 1 from z.u.x as x where x.id = l.id and x.w <> 3) as e from z.u.l as l",
        false)]
    [InlineData("select l.id, (select count(*) from z.u.x as x where x.id = l.id and x.w <> l.w) > 0 as e\n"
        + "from z.u.l as l", false)]
    public void Queries_ThatMeetTheFaultOfExists_AreRefused(string sql, bool refused)
    {
        AdHocAnalysis adHoc = AdHocQuery.Analyze(
            fixture.Parser, sql, new HashSet<Landfall.Estate.TableName> { new("z", "u", "x"), new("z", "u", "l") });

        Assert.Equal(refused, fixture.Analyze(sql).Diagnostics.Any(d => d.Code == SqlCodes.EngineFault));
        Assert.Equal(refused, adHoc.Diagnostics.Any(d => d.Code == SqlCodes.EngineFault));
    }
}
