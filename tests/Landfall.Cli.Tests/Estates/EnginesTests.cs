using Landfall.Engine.Running;

namespace Landfall.Cli.Tests.Estates;

/// <summary>Pools whose engine the program has not: they may be declared ahead, and nothing runs in them.</summary>
public sealed class EnginesTests
{
    private const string Zone = "ops/zone.yaml";
    private const string Daily = "ops/products/daily/product.yaml";

    [Theory]
    [InlineData("validate")]
    [InlineData("plan")]
    [InlineData("run")]
    [InlineData("run", "--select", "inbox")]
    public async Task Command_ProductInAPoolWithoutEngine_IsRefusedAtItsPlace(params string[] arguments)
    {
        using SmallEstate home = WithSparkPool();
        home.Change(Daily, "pool: shared", "pool: lake");

        CliResult result = await home.TryAsync(arguments);

        Assert.Equal(ExitCodes.Failure, result.ExitCode);
        Assert.Contains(
            $"{Daily}:7:7: error LF1055: The pool 'lake' has the engine spark, which this program does not have. "
            + $"Choose a pool with an engine that it has (duckdb), or change engine of 'lake' in {Zone}.",
            result.Output + result.Error,
            StringComparison.Ordinal);
        Assert.False(Directory.Exists(home.Lake));
    }

    [Fact]
    public async Task Validate_IntegrationsAndProductsInAPoolWithoutEngine_EachIsReported()
    {
        using SmallEstate home = WithSparkPool();
        home.Change(Daily, "pool: shared", "pool: lake");
        home.Change("ops/integrations/inbox/integration.yaml", "pool: shared", "pool: lake");

        CliResult result = await home.TryAsync("validate");

        Assert.Equal(2, result.Lines.Count(l => l.Contains(": error LF1055: ", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Run_PoolWithoutEngineThatNothingUses_RunsTheRest()
    {
        using SmallEstate home = WithSparkPool();

        Assert.Equal(ExitCodes.Success, (await home.TryAsync("validate")).ExitCode);
        RunSummary summary = await home.RunWellAsync();

        Assert.Equal(RunState.Succeeded, summary.State);
        string[] metered = await home.RowsAsync("management.platform.meters");
        Assert.NotEmpty(metered);
        Assert.DoesNotContain(metered, m => m.Contains("spark", StringComparison.Ordinal));
    }

    private static SmallEstate WithSparkPool()
    {
        SmallEstate home = EvolvingEstate.Create();
        home.Change(Zone, "engines: [duckdb]", "engines: [duckdb, spark]");
        home.Change(
            Zone,
            "roles: []",
            "  - { id: lake, engine: spark, memory: 1GiB, threads: 1, concurrency: 2, timeout: 1h,\n"
            + "      price: { cpuHour: 0.10 } }\nroles: []");
        return home;
    }
}
