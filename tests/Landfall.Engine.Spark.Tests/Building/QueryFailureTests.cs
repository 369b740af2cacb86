using System.Collections.Immutable;
using Landfall.Engine.DuckDb;
using Landfall.Engine.Engines;
using Landfall.Engine.Spark.Tests.Connect;
using Landfall.Testing.Engines;

namespace Landfall.Engine.Spark.Tests.Building;

/// <summary>Where a model failed is told in the model's own lines, and no value of a row with it.</summary>
[Collection(SparkCollection.Name)]
public sealed class QueryFailureTests(SparkFixture spark)
{
    private const string Value = "4711x";

    [SparkTheory]
    [InlineData("1 / t.zero", "ops/products/p/model.sql:3:7", "DIVIDE_BY_ZERO", "22012")]
    [InlineData("t.big % t.zero + 1 / t.zero", "ops/products/p/model.sql:3:5", "REMAINDER_BY_ZERO", "22012")]
    [InlineData("cast(t.big + t.big as double)", "ops/products/p/model.sql:3:10", "ARITHMETIC_OVERFLOW", "22003")]
    [InlineData("cast(t.big as int)", "ops/products/p/model.sql:3:5", "CAST_OVERFLOW", "22003")]
    [InlineData("@int_div(cast(t.big as int), 2)", "ops/products/p/model.sql:3:5", "CAST_OVERFLOW", "22003")]
    [InlineData("case when sqrt(t.zero - 1) > 0 then 1 end", "ops/products/p/model.sql:3:15", "USER_RAISED_EXCEPTION",
        "P0001")]
    [InlineData("sqrt(t.zero) + sqrt(t.zero - 1)",
        "One of ops/products/p/model.sql:3:5, ops/products/p/model.sql:3:20", "USER_RAISED_EXCEPTION", "P0001")]
    [InlineData("t.text", "The column n, double", "CAST_INVALID_INPUT", "22018")]
    public async Task Build_ThatFails_NamesItsPlaceAndNoValue(
        string expression, string place, string errorClass, string sqlState)
    {
        string found = await FailureAsync($"-- one\nselect\n    {expression} as n\nfrom ops.a.t -- unaliased");

        Assert.StartsWith(
            $"failed with LF4346 {place}: Spark failed with {errorClass}", found, StringComparison.Ordinal);
        Assert.Contains($"SQLSTATE {sqlState}", found, StringComparison.Ordinal);
        Assert.DoesNotContain(Value, found, StringComparison.Ordinal);
    }

    /// <summary>What compares must see that nothing fails.</summary>
    [SparkFact]
    public async Task Build_ThatDoesNotFail_IsNoFailure() => Assert.DoesNotContain(
        "failed", await FailureAsync("select t.big as n\nfrom ops.a.t"), StringComparison.Ordinal);

    private async Task<string> FailureAsync(string query)
    {
        using DuckDbLocalEngine local = new();
        using EngineCaseRun run = new(
            new SparkBuildEngine(local.ParquetOf),
            () => new RemoteEngine(
                spark.Server.Address, "", 2, ImmutableSortedDictionary<string, string>.Empty, $"{Guid.NewGuid():d}")
                .ToJson());
        EngineCase @case = new("failure")
        {
            Inputs =
            [
                new("ops.a.t", ["zero int", "big bigint", "text string"],
                    [$"select 0 as zero, 9223372036854775807 as big, '{Value}' as text"]),
            ],
            Query = query, Columns = ["n double"], Rows = "select 1 as n where false",
        };
        return string.Join('\n', await run.DifferencesAsync(@case));
    }
}
