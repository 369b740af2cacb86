using System.Text.Json;

namespace Landfall.Cli.Tests;

/// <summary><c>azure check</c> and <c>azure plan</c> on the program as a process, with the real compiler.</summary>
public sealed class AzureCommandsTests : IDisposable
{
    private const string Clean =
        """
        resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = {
          name: 'id-a'
          location: resourceGroup().location
        }
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Check_OfACleanFolder_EndsWithZeroAndIsCachedThen()
    {
        Write("one", Clean);

        CliResult cold = await RunAsync("check", "one");
        CliResult warm = await RunAsync("check", "one", "--unknown");

        Assert.Equal((0, ""), (cold.ExitCode, cold.Output));
        Assert.Contains("Evaluating main.bicepparam", cold.Error, StringComparison.Ordinal);
        Assert.Contains(
            "1 deployment (0 from the cache), 1 resource, 0 unknown values: 0 errors, 0 warnings, 0 notes.", cold.Error,
            StringComparison.Ordinal);
        Assert.Contains("(1 from the cache)", warm.Error, StringComparison.Ordinal);
        Assert.Equal(0, warm.ExitCode);
    }

    [Fact]
    public async Task Check_OfAFolderWithMistakes_EndsWithOneAndSaysWhere()
    {
        Write("one", Clean.Replace("2024-11-30", "2018-11-30", StringComparison.Ordinal) + "\nparam x int\n");

        CliResult text = await RunAsync("check", "one");
        CliResult json = await RunAsync("check", "one", "--format", "json", "--quiet");

        Assert.Equal((1, 1), (text.ExitCode, json.ExitCode));
        Assert.Contains("main: main.bicepparam:1:7: error LF5101: BCP258:", text.Output, StringComparison.Ordinal);
        Assert.Empty(json.Error);
        JsonElement[] rows = [.. json.Lines.Select(l => JsonDocument.Parse(l).RootElement)];
        Assert.Contains(rows, r => r.GetProperty("place").GetString() == "main.bicep:5:7");
        Assert.All(rows, r => Assert.Equal("LF5101", r.GetProperty("code").GetString()));
    }

    [Theory]
    [InlineData("LF5150", "check", "one", "--bicep", "no-such-compiler")]
    [InlineData("LF5125", "check", "two")]
    [InlineData("LF5125", "plan", "one", "two")]
    [InlineData("LF5203", "plan", "one", "one", "--accept", "/some/id")]
    public async Task Command_ThatCannotRun_EndsWithTwo(string code, params string[] arguments)
    {
        Write("one", Clean);

        CliResult result = await RunAsync(arguments);

        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Contains($"error {code}:", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Plan_OfALoss_IsRefusedUntilAccepted()
    {
        const string id = "/subscriptions/00000000-0000-0000-0000-000000000002/resourceGroups/resource-group/providers/"
            + "Microsoft.OperationalInsights/workspaces/logs";
        Write("old", Clean
            + """

            resource logs 'Microsoft.OperationalInsights/workspaces@2025-02-01' = {
              name: 'logs'
              location: resourceGroup().location
            }
            """);
        Write("new", Clean);

        CliResult refused = await RunAsync("plan", "old", "new", "--markdown");
        CliResult accepted = await RunAsync("plan", "old", "new", "--accept", id, "--format", "json");

        Assert.Equal((1, 0), (refused.ExitCode, accepted.ExitCode));
        Assert.Contains($"error LF5201: {id} loses the logs.", refused.Error, StringComparison.Ordinal);
        Assert.StartsWith("### Azure: 0 added, 0 changed, 1 removed\n", refused.Output, StringComparison.Ordinal);
        JsonElement row = JsonDocument.Parse(Assert.Single(accepted.Lines)).RootElement;
        Assert.Equal(("removed", id), (row.GetProperty("change").GetString(), row.GetProperty("id").GetString()));
    }

    private void Write(string folder, string template)
    {
        _folder.Write($"{folder}/main.bicep", template);
        _folder.Write($"{folder}/main.bicepparam", "using 'main.bicep'\n");
    }

    private Task<CliResult> RunAsync(params string[] arguments) =>
        CliProgram.RunInAsync(_folder.Path, ["azure", .. arguments, "--home", "home"]);
}
