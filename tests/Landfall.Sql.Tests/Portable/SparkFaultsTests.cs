namespace Landfall.Sql.Tests.Portable;

/// <summary>
/// The faults of docs/engine-faults.md that are Spark's: what it answers by itself. A failure means that one is mended:
/// take what is done about it and its section away.
/// </summary>
[Collection(PortableCollection.Name)]
public sealed class SparkFaultsTests(PortableEngines engines)
{
    [SparkTheory]
    [InlineData("-cast('12345678901234567890123456789012345678' as decimal(38,0))",
        "-12345678901234567890123456789012350000")]
    [InlineData("abs(cast('-12345678901234567890123456789012345678' as decimal(38,0)))",
        "12345678901234567890123456789012350000")]
    [InlineData("3 in (select v.a from (values (1), (null)) as v(a))", "False")]
    [InlineData("'it''s'", "it''s")]
    [InlineData("cast('10000000000000000000' as decimal(38,0)) div 1", "-8446744073709551616")]
    [InlineData("cast('0.005' as decimal(3,3)) = cast('0' as decimal(38,0))", "True")]
    [InlineData("datediff(date_add(date '1970-01-02', 2147483647), date '1970-01-01')", "-2147483648")]
    public async Task Spark_ByItself_IsStillWrong(string expression, string answer)
    {
        (IReadOnlyList<object?[]>? rows, string problem) = await engines.AskSparkAsync($"select {expression} as v");

        Assert.Equal(answer, rows is null ? problem : Answers.Text(rows[0]));
    }

    [SparkFact]
    public async Task Spark_CorrelationWithAConstant_StillFails()
    {
        (IReadOnlyList<object?[]>? rows, string problem) = await engines.AskSparkAsync(
            "select corr(v.x, v.y) as v from (values (1, 1D, 2D), (1, 1D, 3D)) as v(g, x, y) group by v.g");

        Assert.Null(rows);
        Assert.Contains("DIVIDE_BY_ZERO", problem, StringComparison.Ordinal);
    }

    /// <summary>The setting that is pinned keeps the server's environment out of texts.</summary>
    [SparkFact]
    public async Task Spark_VariableInAText_StaysAsItIs()
    {
        (IReadOnlyList<object?[]>? rows, _) = await engines.AskSparkAsync("select '${env:HOME}' as v");

        Assert.Equal("${env:HOME}", Answers.Text(Assert.Single(rows!)));
    }
}
