using System.Globalization;
using Landfall.DuckDb;
using Landfall.Engine.Quality;
using Landfall.Engine.Engines;
using Landfall.Estate.Contracts;
using Landfall.Estate.Diagnostics;

namespace Landfall.Engine.DuckDb.Tests.Quality;

/// <summary>The one number of an <c>sql</c> rule, and queries that give something else.</summary>
public sealed class MeasuredNumberTests
{
    [Theory]
    [InlineData("select null", "gives null")]
    [InlineData("select max(a) from ${table} where a > 9", "gives null")]
    [InlineData("select a from ${table} where a > 9", "gives no row")]
    [InlineData("select 0 from ${table}", "gives several rows")]
    [InlineData("select 0, 1", "gives several columns")]
    [InlineData("select 'hunter2'", "gives text")]
    [InlineData("select ''", "gives text")]
    [InlineData("select b from ${table} limit 1", "gives text")]
    [InlineData("select date '2026-01-31'", "gives no number")]
    [InlineData("select [1, 2]", "gives no number")]
    [InlineData("select interval 1 day", "gives no number")]
    [InlineData("select 'nan'::double", "gives NaN")]
    [InlineData("select 'inf'::double", "gives an infinite number")]
    [InlineData("select '-inf'::float", "gives an infinite number")]
    [InlineData("select 1e300", "gives a number of more than 28 digits")]
    [InlineData("select 100000000000000000000000000000::hugeint", "gives a number of more than 28 digits")]
    [InlineData("select 12345678901234567890.1234567890::decimal(38,10)", "gives a number of more than 28 digits")]
    [InlineData("select cast(b as integer) from ${table} limit 1",
        "cannot be measured (an error of the kind Conversion)")]
    [InlineData("select sum(c) from ${table}", "cannot be measured (Binder Error: ")]
    [InlineData("selec 1 from ${table}", "cannot be measured (Parser Error: ")]
    [InlineData("select count(*) from ${table}; drop table ${table}", "cannot be measured (Parser Error: ")]
    [InlineData("select count(*) from nowhere", "cannot be measured (Catalog Error: ")]
    public void Check_WithoutOneNumber_NeverHoldsAndQuotesNoValue(string query, string problem)
    {
        using QualityBench bench = new("a integer, b varchar", "(1, 'hunter2')", "(2, 'hunter2')");
        foreach (string name in (string[])["mustBe", "mustNotBe", "mustBeLessThan", "mustNotBeBetween"])
        {
            QualityRule rule = QualityBench.Sql(query) with { Operator = name, Value = 1, UpperValue = 2 };

            QualityResult result = bench.Check(rule);

            Assert.False(result.Passed);
            Assert.StartsWith(problem, result.Problem, StringComparison.Ordinal);
            Assert.StartsWith($"rule {problem}", QualityReport.Blocking([result]), StringComparison.Ordinal);
            Assert.DoesNotContain("hunter2", QualityReport.Blocking([result]), StringComparison.Ordinal);
            Assert.DoesNotContain('\n', QualityReport.Blocking([result])!);
        }
    }

    [Fact]
    public void Check_WithoutOneNumber_AsAWarningDoesNotBlock()
    {
        using QualityBench bench = new("a integer", "(1)");

        QualityResult result = bench.Check(QualityBench.Sql("select null") with { Severity = Severity.Warning });

        Assert.Null(QualityReport.Blocking([result]));
        Assert.Equal(["rule gives null and must be 0"], QualityReport.Warnings([result]));
    }

    [Theory]
    [InlineData("select true", "1")]
    [InlineData("select count(*) = 0 from ${table}", "0")]
    [InlineData("select 7::utinyint", "7")]
    [InlineData("select -7::tinyint", "-7")]
    [InlineData("select 9007199254740993::bigint", "9007199254740993")]
    [InlineData("select 9007199254740993::hugeint", "9007199254740993")]
    [InlineData("select sum(a) from ${table}", "3")]
    [InlineData("select 18446744073709551615::ubigint", "18446744073709551615")]
    [InlineData("select 1.50::decimal(18,2)", "1.5")]
    [InlineData("select 1000000000000000000.000000001::decimal(38,9)", "1000000000000000000.000000001")]
    [InlineData("select 1.5::decimal(38,30)", "1.5")]
    [InlineData("select 0.1::double", "0.1")]
    [InlineData("select 0.1::float", "0.1")]
    [InlineData("select 1e20", "100000000000000000000")]
    [InlineData("select avg(a) from ${table}", "1.5")]
    [InlineData("select count(*) from ${table};", "2")]
    [InlineData("select count(*) from ${table} -- all of them", "2")]
    [InlineData("with x as (select a from ${table}) select count(*) from x /* so */ ; ", "2")]
    public void Check_OneNumber_IsReadExactly(string query, string expected)
    {
        using QualityBench bench = new("a integer", "(1)", "(2)");
        decimal value = decimal.Parse(expected, CultureInfo.InvariantCulture);
        QualityRule rule = QualityBench.Sql(query);

        Assert.Equal(value, bench.Measure(rule));
        Assert.True(bench.Check(rule with { Value = value }).Passed);
        Assert.False(bench.Check(rule with { Operator = "mustNotBe", Value = value }).Passed);
    }

    [Theory]
    [InlineData("select 1e-300", true)]
    [InlineData("select -1e-300", false)]
    public void Check_ATinyDouble_IsNotZero(string query, bool positive)
    {
        using QualityBench bench = new("a integer");

        Assert.False(bench.Check(QualityBench.Sql(query)).Passed);
        Assert.Equal(positive, bench.Check(QualityBench.Sql(query) with { Operator = "mustBeGreaterThan" }).Passed);
    }

    [Fact]
    public void Check_FailingWithoutTextOfTheAuthor_FailsTheTask()
    {
        using QualityBench bench = new("a integer", "(1)");
        QualityRule rule = QualityBench.Sql("select error('out') from ${table}");

        Assert.Equal("cannot be measured (an error of the kind InvalidInput)", bench.Check(rule).Problem);
        DuckDbException failure = Assert.Throws<DuckDbException>(
            () => bench.Check(QualityBench.Rule("nullValues", "nowhere")));
        Assert.Equal(DuckDbErrorType.Binder, failure.ErrorType);
    }
}
