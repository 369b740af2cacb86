using System.Diagnostics;
using System.Globalization;
using Landfall.Testing;
using Landfall.Testing.Delta;
using Landfall.Testing.Fuzzing;

namespace Landfall.Engine.Tests.Fuzzing;

/// <summary>
/// The shipped SQL with random changes: parsing, binding, linting and compiling it gives diagnostics only, and the
/// process that does so lives on.
/// </summary>
public sealed class SqlFuzzTests(ITestOutputHelper output)
{
    private const int Inputs = 250;

    [Fact]
    public async Task Sql_WithRandomChanges_GivesDiagnosticsOnly()
    {
        string[] lines = await RunAsync(FuzzCount.Of(Inputs), "whole");

        string[] findings = [.. lines.Where(l => l.StartsWith("FINDING", StringComparison.Ordinal))];
        Assert.True(findings.Length == 0, string.Join("\n", findings));
        Assert.True(lines[^1] == "END", $"The process ended at input {lines[^1]}.");
    }

    [Fact]
    public async Task Parser_ThatCrashes_NegativeControl_IsFound()
    {
        string[] lines = await RunAsync(10, "dies");

        Assert.Equal("5", lines[^1]);
    }

    private async Task<string[]> RunAsync(int inputs, string end)
    {
        TestSeed seed = TestSeed.Fresh();
        output.WriteLine($"{seed}");
        using Process process = HarnessProcess.Start(
            "sql", Path.Combine(RepositoryRoot.Folder, "estates", "relecloud"),
            seed.Value.ToString(CultureInfo.InvariantCulture), inputs.ToString(CultureInfo.InvariantCulture), end);
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string lines = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        output.WriteLine(await errors);
        return lines.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
