using System.CommandLine.Parsing;
using System.Text.Json;
using Landfall.Cli.Tests.Estates;

namespace Landfall.Cli.Tests;

/// <summary>The demo from nothing to tables and a day further, on the program as a process.</summary>
public sealed class UpTests : IAsyncLifetime
{
    private readonly TemporaryFolder _home = new();

    public async ValueTask InitializeAsync()
    {
        CliResult made = await RunAsync(
            "demo", "sources", "--scale", "0.002", "--seed", "7", "--days", "45", "--from", DemoHome.FirstDay);
        Assert.True(made.ExitCode == 0, made.Error);
    }

    public async ValueTask DisposeAsync()
    {
        await RunAsync("down");
        _home.Dispose();
    }

    [Fact]
    public async Task Up_TwiceAndADayLater_BuildsOnceAndThenOnlyWhatChanged()
    {
        CliResult first = await RunAsync("up", "--no-serve");
        Assert.True(first.ExitCode == 0, first.Error);
        foreach (string command in Offered(first))
        {
            CliResult answer = await RunAsync([.. CommandLineParser.SplitCommandLine(command)]);
            Assert.True(answer.ExitCode == 0, command + "\n" + answer.Error);
        }

        Dictionary<string, long> versions = await VersionsAsync();
        CliResult second = await RunAsync("up", "--no-serve");
        Assert.Equal(0, second.ExitCode);
        Assert.Contains("Everything is up to date", second.Output, StringComparison.Ordinal);
        Assert.Equal(versions, await VersionsAsync());

        Assert.Equal(0, (await RunAsync("demo", "sources", "--days", "1")).ExitCode);
        CliResult plan = await RunAsync("plan");
        Assert.True(plan.ExitCode == 0, plan.Error);
        Assert.Matches("builds anew: |whole: ", plan.Output);
        Assert.Equal(0, (await RunAsync("run")).ExitCode);
        Assert.NotEqual(versions, await VersionsAsync());
    }

    /// <summary>The command lines that <c>up</c> prints, without the program and the home.</summary>
    private static IEnumerable<string> Offered(CliResult up)
    {
        string[] offered =
        [
            .. up.Lines.Where(l => l.StartsWith("  ", StringComparison.Ordinal))
                .Where(l => l.Contains("landfall ", StringComparison.Ordinal))
                .Select(l => l[(l.IndexOf("landfall ", StringComparison.Ordinal) + 9)..])
                .Select(l => l[..l.IndexOf(" --home", StringComparison.Ordinal)]),
        ];
        Assert.Equal(3, offered.Length);
        return offered;
    }

    /// <summary>Versions of declared tables; that somebody read them is recorded in others.</summary>
    private async Task<Dictionary<string, long>> VersionsAsync()
    {
        CliResult status = await RunAsync("status", "--format", "json");
        return status.Lines.Select(l => JsonDocument.Parse(l).RootElement)
            .Where(t => t.GetProperty("kind").GetString() is "enriched" or "product")
            .ToDictionary(t => t.GetProperty("table").GetString()!, t => t.GetProperty("version").GetInt64());
    }

    private Task<CliResult> RunAsync(params string[] arguments) =>
        CliProgram.RunAsync([.. arguments, "--home", _home.Path]);
}
