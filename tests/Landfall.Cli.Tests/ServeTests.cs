using System.Net;

namespace Landfall.Cli.Tests;

/// <summary><c>serve</c> and <c>recommender keys</c> as a person runs them.</summary>
public sealed class ServeTests
{
    private const string Name = "cloud-service-recommender";

    [Fact]
    public async Task Serve_WithoutAModel_SaysSoAnswers404AndStopsInPeace()
    {
        using TemporaryFolder home = new();
        using ServerProcess server = await ServerProcess.StartAsync(home.Path);

        using HttpResponseMessage response = await server.PostAsync("""{"services":["a"]}""");
        string rest = await server.StopAsync();

        Assert.Contains("has no model yet", rest, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Contains("answered 0 requests", rest, StringComparison.Ordinal);
        Assert.Equal(0, server.ExitCode);
    }

    [Fact]
    public async Task Serve_EstateWithoutEndpoint_IsRefused()
    {
        using TemporaryFolder home = new();

        CliResult result = await CliProgram.RunAsync("serve", "--estate", "estates/focus", "--home", home.Path);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("LF4435", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--port", "65536")]
    [InlineData("--address", "here")]
    public async Task Serve_BadAddress_IsMisuse(string option, string value)
    {
        CliResult result = await CliProgram.RunAsync("serve", option, value);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains(option, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keys_Rotated_ReplacesOneAndKeepsTheOther()
    {
        using TemporaryFolder home = new();

        string before = (await Keys()).Output;
        string after = (await Keys("--rotate", "primary")).Output;

        Assert.Equal(Value(before, "secondary"), Value(after, "secondary"));
        Assert.NotEqual(Value(before, "primary"), Value(after, "primary"));
        Assert.Equal(after, (await Keys()).Output);

        Task<CliResult> Keys(params string[] options) =>
            CliProgram.RunAsync(["recommender", "keys", "--format", "csv", "--home", home.Path, .. options]);

        static string Value(string csv, string key) => csv.Split('\n')
            .Single(l => l.StartsWith($"{Name},{key},", StringComparison.Ordinal)).Trim();
    }
}
