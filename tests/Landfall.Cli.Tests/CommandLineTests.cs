using System.CommandLine;
using System.Text.Json;
using Landfall.Cli.Commands;

namespace Landfall.Cli.Tests;

/// <summary>The manners of the command line, on the program as a process.</summary>
public sealed class CommandLineTests
{
    public static TheoryData<string> Commands() =>
        [.. CommandList.All.Where(c => !c.Hidden).SelectMany(c => Paths(c, c.Name))];

    [Fact]
    public async Task Program_WithoutArguments_ShowsHelp()
    {
        CliResult result = await CliProgram.RunAsync();

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("landfall [command] [options]", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("\n  worker", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void Help_OfEveryCommand_HasExamplesThatParse(string path)
    {
        StringWriter output = new();
        int exitCode = CliApplication.CreateRoot().Parse([.. path.Split(' '), "--help"])
            .Invoke(new InvocationConfiguration { Output = output });

        string[] examples =
            [.. output.ToString().Split("Examples:")[1].Split('\n').Where(l => l.Contains("landfall "))];
        Assert.Equal(0, exitCode);
        Assert.NotEmpty(examples);
        Assert.All(examples, e => Assert.Empty(ShellLine.Parse(e.Trim()).Errors));
        Assert.Contains(examples, e => e.Contains("landfall " + path, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("qeury", "query")]
    [InlineData("staus", "status")]
    public async Task Program_MisspeltCommand_SuggestsTheNearest(string given, string meant)
    {
        CliResult result = await CliProgram.RunAsync(given);

        Assert.Equal(2, result.ExitCode);
        Assert.Empty(result.Output);
        Assert.Contains($"Did you mean {meant}?", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("show")]
    [InlineData("run", "--selct", "x")]
    [InlineData("validate", "--format", "xml")]
    [InlineData("demo")]
    [InlineData("validate", "--estate", "no-such-folder")]
    [InlineData("status", "--target", "moon")]
    [InlineData("plan", "--location", "telemetry")]
    [InlineData("plan", "--location", "telemetri=.")]
    [InlineData("plan", "--location", "telemetry=no-such-folder")]
    [InlineData("logs", "../secrets/NAME")]
    public async Task Program_Misuse_EndsWithTwoAndSaysWhy(params string[] arguments)
    {
        using TemporaryFolder home = new();
        CliResult result = await CliProgram.RunAsync([.. arguments, "--home", home.Path]);

        Assert.Equal(2, result.ExitCode);
        Assert.Empty(result.Output);
        Assert.NotEmpty(result.Error);
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("version")]
    [InlineData("doctor")]
    public async Task Json_OfACommand_IsAnObjectALine(string command)
    {
        CliResult result = await CliProgram.RunAsync(command, "--format", "json");

        Assert.Equal(0, result.ExitCode);
        Assert.NotEmpty(result.Lines);
        Assert.All(result.Lines, l => Assert.Equal(JsonValueKind.Object, JsonDocument.Parse(l).RootElement.ValueKind));
    }

    [Fact]
    public async Task Output_WithoutTerminal_HasNoEscapes()
    {
        CliResult result = await CliProgram.RunAsync("doctor");

        Assert.DoesNotContain('\e', result.Output + result.Error);
    }

    [Fact]
    public async Task Validate_ShippedEstate_IsValid()
    {
        CliResult result = await CliProgram.RunAsync("validate");

        Assert.Equal("", result.Output);
        Assert.Equal(0, result.ExitCode);
    }

    [Fact]
    public async Task Validate_BrokenEstate_ReportsEveryProblemWithItsPlace()
    {
        using TemporaryFolder folder = new();
        folder.Write("estate.yaml", "apiVersion: landfall/v1\nkind: Estate\nname: NotAnId\nnickname: x\n");

        CliResult result = await CliProgram.RunAsync("validate", "--estate", folder.Path, "--format", "json");

        Assert.Equal(1, result.ExitCode);
        JsonElement[] problems = [.. result.Lines.Select(l => JsonDocument.Parse(l).RootElement)];
        Assert.True(problems.Length >= 2);
        Assert.All(
            problems, p => Assert.StartsWith("LF1", p.GetProperty("code").GetString(), StringComparison.Ordinal));
        Assert.Contains(
            problems,
            p => p.GetProperty("file").GetString() == "estate.yaml" && p.GetProperty("line").GetInt32() == 4);
    }

    private static IEnumerable<string> Paths(Command command, string path) =>
        command.Subcommands.SelectMany(c => Paths(c, $"{path} {c.Name}")).Prepend(path);
}
