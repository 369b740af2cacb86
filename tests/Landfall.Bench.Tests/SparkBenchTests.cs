using Landfall.Testing;

namespace Landfall.Bench.Tests;

/// <summary>The benchmark of Spark, where there is one.</summary>
public sealed class SparkBenchTests
{
    internal const string Name = "spark";

    private static readonly string[] Rows =
    [
        "ingest, DuckDB", "ingest, Spark, cold", "ingest, Spark, warm", "ingest, ratio Spark warm / DuckDB",
        "product, DuckDB", "product, Spark, cold", "product, Spark, warm", "product, ratio Spark warm / DuckDB",
        "small step, DuckDB", "small step, Spark, cold", "small step, Spark, warm",
        "small step, ratio Spark warm / DuckDB", "ingest, rows of both alike", "product, rows of both alike",
        "client, a bare call", "client, select 1, warm", "client, 1,000 rows written, warm",
    ];

    [Fact]
    public async Task Spark_Tiny_HasEveryFigure()
    {
        Assert.SkipWhen(SharedSparkServer.Missing is not null, SharedSparkServer.Missing ?? "");
        SharedSparkServer server = await SharedSparkServer.GetAsync();
        Environment.SetEnvironmentVariable("LANDFALL_SPARK", server.Address);

        await BenchProgram.AssertRowsAsync([Name], [.. Rows.Select(r => $"scale 0.001 {r}")]);
    }

    [Fact]
    public async Task Spark_WithoutAddress_SaysThatItIsLeftOut()
    {
        Assert.SkipWhen(
            Environment.GetEnvironmentVariable("LANDFALL_SPARK") is { Length: > 0 }, "LANDFALL_SPARK has an address.");

        (int code, string output, string error) = await BenchProgram.RunAsync(Name);

        Assert.Equal(0, code);
        Assert.Empty(output);
        Assert.Contains("LANDFALL_SPARK", error, StringComparison.Ordinal);
    }
}
