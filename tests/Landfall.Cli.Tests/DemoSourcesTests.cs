namespace Landfall.Cli.Tests;

/// <summary>What <c>demo sources</c> takes and refuses before it makes anything.</summary>
public sealed class DemoSourcesTests
{
    [Theory]
    [InlineData("2000-01-01", true)]
    [InlineData("2024-02-29", true)]
    [InlineData("2100-12-31", true)]
    [InlineData("1999-12-31", false)]
    [InlineData("2101-01-01", false)]
    [InlineData("2026-02-29", false)]
    [InlineData("02/06/2026", false)]
    [InlineData("2026-06-02T00:00:00Z", false)]
    public void From_ADay_IsTakenWithinItsLimits(string from, bool taken) =>
        Assert.Equal(taken, ShellLine.Parse($"./landfall demo sources --from {from}").Errors.Count == 0);

    [Theory]
    [InlineData("--from", "2026-06-03")]
    [InlineData("--seed", "8")]
    [InlineData("--scale", "0.003")]
    public async Task Sources_MadeOtherwise_AreLeftAsTheyAre(string option, string value)
    {
        const string state = """{"seed":7,"scale":0.002,"start":"2026-06-02","days":3}""";
        using TemporaryFolder home = new();
        string file = home.Write(Path.Combine("sources", "state.json"), state);

        CliResult result = await CliProgram.RunAsync("demo", "sources", option, value, "--home", home.Path);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("LF4907", result.Error, StringComparison.Ordinal);
        Assert.Contains("--scale 0.002 --seed 7 --from 2026-06-02", result.Error, StringComparison.Ordinal);
        Assert.Equal(state, await File.ReadAllTextAsync(file));
    }
}
