using Landfall.Estate;
using Landfall.Estate.Contracts;
using Landfall.Estate.Diagnostics;

namespace Landfall.Sql.Tests;

public sealed class SqlBinderTests(SqlFixture fixture) : IClassFixture<SqlFixture>
{
    private static readonly Dictionary<TableName, ContractTable> Inputs = new()
    {
        [new("z", "u", "t")] = SqlFixture.Table(
            "t", "a decimal(18,2)", "b bigint", "c string", "d timestamp", "e double"),
    };

    private SqlBinding Bind(string sql, params string[] contract) => SqlBinder.Bind(
        fixture.FrontEnd,
        fixture.Analyze(sql), Inputs, contract.Length == 0 ? null : SqlFixture.Table("out", contract));

    [Fact]
    public void Bind_Model_KnowsItsColumnsAndTypes()
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
    [InlineData("select t.b as X from z.u.t as t", "x int", null)]
    [InlineData("select sum(t.b) as x from z.u.t as t", "x bigint", null)]
    [InlineData("select t.a as x from z.u.t as t", "x double", null)]
    [InlineData("select t.a as x from z.u.t as t", "x decimal(18,3)", null)]
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
