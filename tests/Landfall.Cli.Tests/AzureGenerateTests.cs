using System.Text.Json;
using Landfall.Testing;

namespace Landfall.Cli.Tests;

/// <summary><c>azure generate</c> on the program as a process.</summary>
public sealed class AzureGenerateTests : IDisposable
{
    private static readonly string Relecloud = Path.Combine(RepositoryRoot.Folder, "estates", "relecloud");

    private readonly TemporaryFolder _folder = new();

    private string Out => Path.Combine(_folder.Path, "out");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Generate_Twice_WritesDeploymentsAndThenNothing()
    {
        CliResult first = await RunAsync("--environment", "dev");
        CliResult again = await RunAsync("--environment", "dev", "--format", "json");

        Assert.Equal(0, first.ExitCode);
        Assert.Contains("10 deployments in", first.Error, StringComparison.Ordinal);
        Assert.Contains("azure check", first.Error, StringComparison.Ordinal);
        Assert.Contains("0 files changed", again.Error, StringComparison.Ordinal);
        Assert.Equal(
            [
                "policies.management", "policies.billing", "policies.operations", "management", "billing",
                "operations", "operations.cloud-accounts",
                "operations.cloud-service-recommender", "operations.recommender-revenue", "links",
            ],
            again.Lines.Select(l => JsonDocument.Parse(l).RootElement.GetProperty("deployment").GetString()));
        Assert.True(File.Exists(Path.Combine(Out, "README.md")));
    }

    [Fact]
    public async Task Generate_OfAnotherEnvironment_KeepsTheFirst()
    {
        Assert.Equal(0, (await RunAsync("--environment", "dev")).ExitCode);
        Assert.Equal(0, (await RunAsync("--environment", "prod")).ExitCode);

        Assert.True(File.Exists(Path.Combine(Out, "links", "main.dev.bicepparam")));
        Assert.True(File.Exists(Path.Combine(Out, "deployments.prod.json")));
    }

    [Theory]
    [InlineData("LF5001", "--environment", "staging")]
    [InlineData("LF5001", "--environment", "dv")]
    public async Task Generate_OfNoSuchEnvironment_IsMisuse(string code, params string[] arguments)
    {
        CliResult result = await RunAsync(arguments);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains($"error {code}:", result.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Out));
    }

    [Fact]
    public async Task Generate_IntoAFolderOfSomethingElse_IsMisuseAndTouchesNothing()
    {
        Directory.CreateDirectory(Out);
        await File.WriteAllTextAsync(Path.Combine(Out, "mine.txt"), "mine", TestContext.Current.CancellationToken);

        CliResult result = await RunAsync("--environment", "dev");

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("error LF5006:", result.Error, StringComparison.Ordinal);
        Assert.Equal(["mine.txt"], Directory.EnumerateFileSystemEntries(Out).Select(f => Path.GetFileName(f)));
    }

    private Task<CliResult> RunAsync(params string[] arguments) =>
        CliProgram.RunAsync(["azure", "generate", "--estate", Relecloud, "--out", Out, .. arguments]);
}
