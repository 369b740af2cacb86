namespace Landfall.Cli.Tests.Estates;

/// <summary>What is missing or wrong is said together, not that all is well.</summary>
public sealed class MissingThingsTests
{
    [Fact]
    public async Task Run_TableOfAnEmptyHomeWithoutItsLanding_SaysWhatIsMissing()
    {
        using SmallEstate home = EvolvingEstate.Create();

        CliResult run = await home.TryAsync("run", "--select", "ops.inbox.event");
        CliResult landed = await home.TryAsync("run", "--select", "+ops.inbox.event");
        CliResult again = await home.TryAsync("run", "--select", "ops.inbox.event");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("LF4011", run.Error, StringComparison.Ordinal);
        Assert.Contains("landfall run --select +ops.inbox.event", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("up to date", run.Output, StringComparison.Ordinal);
        Assert.True(landed.ExitCode == 0, landed.Error);
        Assert.Equal(0, again.ExitCode);
        Assert.Contains("Everything is up to date", again.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Validate_WrongManifestAndWrongSql_ReportsBoth()
    {
        using SmallEstate home = EvolvingEstate.Create();
        home.Change("ops/products/daily/product.yaml", "owner: ops-team", "owner: nobody");
        home.Change(EvolvingEstate.ReportSql, "select", "select now() as at_once,");

        CliResult result = await home.TryAsync("validate");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("nobody", result.Output, StringComparison.Ordinal);
        Assert.Contains("LF2019", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Validate_ManifestThatCannotBeRead_IsNotHeldAgainstSqlThatReadsItsTables()
    {
        using SmallEstate home = EvolvingEstate.Create();
        home.Write(EvolvingEstate.Events, "schema: [");

        CliResult result = await home.TryAsync("validate");

        Assert.Equal(1, result.ExitCode);
        Assert.DoesNotContain("LF20", result.Output, StringComparison.Ordinal);
    }
}
