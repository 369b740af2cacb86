using Landfall.Estate;
using Landfall.Estate.Contracts;
using Landfall.Estate.Diagnostics;

namespace Landfall.Sql.Tests;

public sealed class SqlBinderTests(SqlFixture fixture) : IClassFixture<SqlFixture>
{
    private static readonly Dictionary<TableName, ContractTable> Inputs = new()
    {
        [new("z", "u", "t")] = SqlFixture.Table(
            "t", "a decimal(18,2)", "b bigint", "c string", "d timestamp", "e double", "f int", "g decimal(12,2)",
            "h decimal(18,6)"),
    };

    private SqlBinding Bind(string sql, params string[] contract) => SqlBinder.Bind(
        fixture.FrontEnd,
        fixture.Analyze(sql), Inputs, contract.Length == 0 ? null : SqlFixture.Table("out", contract));

    /// <summary>Queries inside queries are followed once each, and not twice as often at every level.</summary>
    [Fact]
    public void Bind_ManyNestedSubqueries_ComesToAnEnd()
    {
        const int Levels = 40;
        string sql = string.Concat(Enumerable.Repeat("select (", Levels)) + "select max(t.b) as x from z.u.t as t"
            + string.Concat(Enumerable.Repeat(") as x", Levels));

        SqlBinding binding = Bind($"select cast(({sql}) as double) as x", "x double");

        Assert.Equal(SqlCodes.LossyType, Assert.Single(binding.Diagnostics).Code);
    }

    [Fact]
    public void Bind_Query_KnowsItsColumnsAndTypes()
    {
        SqlBinding binding = Bind(
            "select sum(t.a) as s, count(*) as n, @month(t.d) as m, max(t.d) as l, sum(t.b) as h,\n"
            + "@div_dec(sum(t.a), sum(t.b), 18, 6) as q from z.u.t as t group by @month(t.d);");

        Assert.Empty(binding.Diagnostics);
        Assert.Equal(
            ["s DECIMAL(38,2)", "n BIGINT", "m DATE", "l TIMESTAMP WITH TIME ZONE", "h HUGEINT", "q DECIMAL(18,6)"],
            binding.Columns.Select(c => $"{c.Name} {c.EngineType}"));
    }

    [Theory]
    [InlineData("select t.b as x from z.u.t as t", "x bigint", null)]
    [InlineData("select t.b as X from z.u.t as t", "x int", SqlCodes.LossyType)]
    [InlineData("select t.f as x from z.u.t as t", "x bigint", null)]
    [InlineData("select t.f as x from z.u.t as t", "x double", null)]
    [InlineData("select t.g as x from z.u.t as t", "x double", null)]
    [InlineData("select t.b as x from z.u.t as t", "x double", SqlCodes.LossyType)]
    [InlineData("select sum(t.f) as x from z.u.t as t", "x double", SqlCodes.LossyType)]
    [InlineData("select sum(t.g) as x from z.u.t as t", "x double", SqlCodes.LossyType)]
    [InlineData("select count(*) as x from z.u.t as t", "x double", SqlCodes.LossyType)]
    [InlineData("select sum(t.f) as x from z.u.t as t", "x int", null)]
    [InlineData("select sum(t.a) as x from z.u.t as t", "x decimal(18,2)", null)]
    [InlineData("select t.a as x from z.u.t as t", "x decimal(12,2)", SqlCodes.LossyType)]
    [InlineData("select t.b as x from z.u.t as t", "x decimal(18,2)", SqlCodes.LossyType)]
    [InlineData("select t.f as x from z.u.t as t", "x decimal(12,2)", null)]
    [InlineData("select t.f as x from z.u.t as t", "x decimal(11,2)", SqlCodes.LossyType)]
    [InlineData("select cast(t.b as double) as x from z.u.t as t", "x double", SqlCodes.LossyType)]
    [InlineData("select cast(t.a as double) as x from z.u.t as t", "x double", SqlCodes.LossyType)]
    [InlineData("select max(cast(s.n as double)) as x from (select sum(t.g) as n from z.u.t as t) as s", "x double",
        SqlCodes.LossyType)]
    [InlineData("select cast(coalesce(t.b, 0) + 1 as double) as x from z.u.t as t", "x double", SqlCodes.LossyType)]
    [InlineData("select cast(t.g as double) as x from z.u.t as t", "x double", null)]
    [InlineData("select cast(cast(sum(t.g) as decimal(15,2)) as double) as x from z.u.t as t", "x double", null)]
    [InlineData("select cast(cast(t.b as int) as double) as x from z.u.t as t", "x double", null)]
    [InlineData("select cast(t.a as double) / 3 as x from z.u.t as t", "x double", null)]
    [InlineData("select avg(cast(t.b as double)) as x from z.u.t as t", "x double", null)]
    [InlineData("select sum(t.g * 1.25) as x from z.u.t as t", "x decimal(38,4)", null)]
    [InlineData("select t.a * t.b as x from z.u.t as t", "x decimal(38,2)", null)]
    [InlineData("select cast(t.a as decimal(19,2)) * t.h as x from z.u.t as t", "x decimal(38,8)", null)]
    [InlineData("select t.f * t.f as x from z.u.t as t", "x bigint", null)]
    [InlineData("select sum(t.b) as x from z.u.t as t", "x bigint", null)]
    [InlineData("select t.a as x from z.u.t as t", "x double", SqlCodes.LossyType)]
    [InlineData("select t.a as x from z.u.t as t", "x decimal(18,3)", SqlCodes.LossyType)]
    [InlineData("select t.a as x from z.u.t as t", "x decimal(19,3)", null)]
    [InlineData("select t.d as x from z.u.t as t", "x timestamp", null)]
    [InlineData("select t.a as x from z.u.t as t", "x decimal(18,1)", SqlCodes.LossyType)]
    [InlineData("select t.c as x from z.u.t as t", "x decimal(18,2)", SqlCodes.LossyType)]
    [InlineData("select t.e as x from z.u.t as t", "x decimal(18,2)", SqlCodes.LossyType)]
    [InlineData("select t.a as x from z.u.t as t", "x bigint", SqlCodes.LossyType)]
    [InlineData("select t.d as x from z.u.t as t", "x date", SqlCodes.LossyType)]
    [InlineData("select t.b as x from z.u.t as t", "x string", SqlCodes.LossyType)]
    [InlineData("select t.b as y from z.u.t as t", "x bigint", SqlCodes.MissingColumn)]
    public void Bind_AgainstContract_ReportsWhatDoesNotFit(string sql, string column, string? code) =>
        Assert.Equal(code, Bind(sql, column).Diagnostics.Select(d => d.Code).FirstOrDefault());

    [Theory]
    [InlineData("select t.a * t.h as x from z.u.t as t", "select t.a *! t.h as x from z.u.t as t")]
    [InlineData("select sum(t.a * 1.25) as x from z.u.t as t", "select sum(t.a *! 1.25) as x from z.u.t as t")]
    [InlineData("select t.a * t.f as x from z.u.t as t", "select t.a *! t.f as x from z.u.t as t")]
    [InlineData("select t.a * t.h * t.g as x from z.u.t as t", "select t.a *! t.h * t.g as x from z.u.t as t")]
    [InlineData("select t.b as x from z.u.t as t where t.g * t.h > 3",
        "select t.b as x from z.u.t as t where t.g *! t.h > 3")]
    [InlineData("with s as (select t.a as p, t.h as q from z.u.t as t) select s.p * s.q as x from s",
        "with s as (select t.a as p, t.h as q from z.u.t as t) select s.p *! s.q as x from s")]
    [InlineData("select @div_dec(t.a * t.h, t.b, 18, 6) as x from z.u.t as t",
        "select @div_dec(t.a *! t.h, t.b, 18, 6) as x from z.u.t as t")]
    [InlineData("select sum(t.g * 1.25) as x from z.u.t as t", null)]
    [InlineData("select t.a * t.b as x from z.u.t as t", null)]
    [InlineData("select sum(t.a) * 2 as x from z.u.t as t", null)]
    [InlineData("select cast(t.a as decimal(19,2)) * t.h as x from z.u.t as t", null)]
    [InlineData("select t.f * t.f as x from z.u.t as t", null)]
    public void Bind_ProductOfDecimals_IsWidenedForDuckDbWhereItWouldBeNarrow(string sql, string? widened)
    {
        SqlBinding binding = Bind(sql, "x decimal(38,8)");

        Assert.DoesNotContain(binding.Diagnostics, d => d.Severity == Severity.Error);
        Assert.Equal(
            widened?.Replace("!", " cast(1 as decimal(20, 0)) *", StringComparison.Ordinal), binding.DuckDbQuery);
    }

    [Fact]
    public void Engine_WidenedProduct_IsThatOfTheStandard() => Assert.Equal(
        "13580246791.10000000",
        fixture.Row("select cast(cast(12345678901.00 as decimal(18,2)) * cast(1 as decimal(20, 0)) * "
            + "cast(1.1 as decimal(18,6)) as varchar)"));

    [Fact]
    public void Bind_ExtraColumn_IsReportedWithItsPlaceAndName()
    {
        Diagnostic found = Assert.Single(
            Bind("select t.b as x,\n  t.c as extra\nfrom z.u.t as t", "x bigint").Diagnostics);

        Assert.Equal(SqlCodes.ExtraColumn, found.Code);
        Assert.Contains("extra", found.Message);
        Assert.Equal("model.sql:2:3", found.Location.ToString());
    }

    [Fact]
    public void Bind_UnknownTable_SaysWhatItMayMean()
    {
        Diagnostic found = Assert.Single(Bind("select t.a\nfrom z.u.tt as t").Diagnostics);

        Assert.Equal((SqlCodes.UnknownTable, "Did you mean z.u.t?"), (found.Code, found.Hint));
        Assert.Equal(2, found.Location.Line);
    }

    [Theory]
    [InlineData("select t.a,\n  t.nope\nfrom z.u.t as t", 2, 3)]
    [InlineData(
        "select @month(t.d) as m, @month(t.d) as n, @month(t.d) as o, @month(t.d) as p,\n  1 as one,"
        + " upper(t.nope) as q\nfrom z.u.t as t", 2, 19)]
    [InlineData("select @div_dec(t.a,\n t.b, 18, 6) as q,\n\n  t.nope from z.u.t as t", 4, 3)]
    [InlineData("select t.c + t.d as x\nfrom z.u.t as t", 1, 12)]
    [InlineData("select sum(t.a) as s, t.c\nfrom z.u.t as t", 1, 23)]
    public void Bind_WhatDoesNotBind_IsReportedAtItsPlace(string sql, int line, int column)
    {
        Diagnostic found = Assert.Single(Bind(sql).Diagnostics);

        Assert.Equal(SqlCodes.Binding, found.Code);
        Assert.Equal(new SourceLocation("model.sql", line, column), found.Location);
        Assert.DoesNotContain("LINE", found.Message);
    }
}
