using Landfall.Engine.Running;

namespace Landfall.Cli.Tests.Estates;

/// <summary>Pools of Spark: they may wait for it as long as nothing uses them, and then say where it is.</summary>
public sealed class EnginesTests
{
    private const string Zone = "ops/zone.yaml";
    private const string Daily = "ops/products/daily/product.yaml";

    [Theory]
    [InlineData("validate")]
    [InlineData("plan")]
    [InlineData("run")]
    [InlineData("run", "--select", "inbox")]
    public async Task Command_ProductInAPoolWithoutItsSpark_IsRefusedAtItsPlace(params string[] arguments)
    {
        using SmallEstate home = WithSparkPool();
        home.Change(Daily, "pool: shared", "pool: lake");

        CliResult result = await home.TryAsync(arguments);

        Assert.Equal(ExitCodes.Failure, result.ExitCode);
        Assert.Contains(
            "error LF1087: The pool 'lake' has the engine spark and does not say where it is.",
            result.Output + result.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(home.Lake));
    }

    [Fact]
    public async Task Run_PoolWithoutSparkThatNothingUses_RunsTheRest()
    {
        using SmallEstate home = WithSparkPool();

        Assert.Equal(ExitCodes.Success, (await home.TryAsync("validate")).ExitCode);
        RunSummary summary = await home.RunWellAsync();

        Assert.Equal(RunState.Succeeded, summary.State);
        string[] metered = await home.RowsAsync("management.platform.meters");
        Assert.NotEmpty(metered);
        Assert.DoesNotContain(metered, m => m.Contains("spark", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("sc://elsewhere.example:15002", "LF3010")]
    [InlineData("sc://localhost:15002/;token=${secret:TOKEN}", "LF1039")]
    [InlineData("sc://spark.example/;token=plain", "LF1089")]
    [InlineData("http://localhost:15002", "LF1014")]
    public async Task Validate_AddressThatThePoolMayNotUse_IsRefused(string address, string code)
    {
        using SmallEstate home = WithSparkPool($"spark: {{ address: \"{address}\" }},");

        CliResult result = await home.TryAsync("validate");

        Assert.Contains($"error {code}: ", result.Output + result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Validate_SettingThatLandfallPins_IsRefusedAtItsPlace()
    {
        using SmallEstate home = WithSparkPool(
            "spark: { address: \"sc://localhost\", configuration: { spark.sql.ANSI.enabled: \"false\" } },");

        CliResult result = await home.TryAsync("validate");

        Assert.Contains(
            "error LF1088: The setting spark.sql.ANSI.enabled is Landfall's own", result.Output + result.Error,
            StringComparison.Ordinal);
    }

    /// <summary>Months are cut by a function whose name differs.</summary>
    [Theory]
    [InlineData("shared", null, "date_trunc")]
    [InlineData("shared", "spark", "trunc(")]
    [InlineData("lake", null, "trunc(")]
    [InlineData("lake", "duckdb", "date_trunc")]
    public async Task Compile_Table_IsForThePoolsEngineOrTheOneAskedFor(string pool, string? dialect, string word)
    {
        using SmallEstate home = WithSparkPool("spark: { address: \"sc://localhost\" },");
        home.Change(Daily, "pool: shared", $"pool: {pool}");

        CliResult result = await home.TryAsync(
            ["compile", "by_item", .. dialect is null ? Array.Empty<string>() : ["--dialect", dialect]]);

        Assert.Equal(ExitCodes.Success, result.ExitCode);
        Assert.Contains(word, result.Output, StringComparison.Ordinal);
        Assert.Equal(word == "date_trunc", result.Output.Contains("date_trunc", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Compile_ComputedTableForSpark_SaysThatThereIsNone()
    {
        CliResult result = await CliProgram.RunAsync(
            "compile", "operations.cloud_service_recommender.gram", "--dialect", "spark", "--estate",
            Path.Combine(Repository.Root, "estates", "relecloud"));

        Assert.Equal(ExitCodes.Misuse, result.ExitCode);
        Assert.Contains("LF4905", result.Error, StringComparison.Ordinal);
        Assert.Contains("--dialect duckdb", result.Error, StringComparison.Ordinal);
    }

    private static SmallEstate WithSparkPool(string spark = "")
    {
        SmallEstate home = EvolvingEstate.Create();
        home.Change(Zone, "engines: [duckdb]", "engines: [duckdb, spark]");
        home.Change("management/zone.yaml", "egress: []",
            "egress: [{ name: here, host: localhost }, { name: spark, host: spark.example }]");
        home.Change(
            Zone,
            "roles: []",
            "  - { id: lake, engine: spark, memory: 1GiB, threads: 1, concurrency: 2, timeout: 1h,\n"
            + $"      {spark} price: {{ cpuHour: 0.10 }} }}\nroles: []");
        return home;
    }
}
