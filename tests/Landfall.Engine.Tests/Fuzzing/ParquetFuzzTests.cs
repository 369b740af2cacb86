using System.Diagnostics;
using System.Globalization;
using Landfall.Testing;
using Landfall.Testing.Delta;
using Landfall.Testing.Fuzzing;

namespace Landfall.Engine.Tests.Fuzzing;

/// <summary>
/// Parquet files with random changes in pages, dictionaries and footers: each is left out and named, or gives rows, and
/// the file beside it lands. Without checksums of pages nothing in a file tells changed values.
/// </summary>
public sealed class ParquetFuzzTests(ITestOutputHelper output)
{
    private const int Inputs = 100;

    [Fact]
    public async Task Parquet_WithRandomChanges_IsLeftOutOrGivesRows()
    {
        TestSeed seed = TestSeed.Fresh();
        int inputs = FuzzCount.Of(Inputs);
        using Process process = HarnessProcess.Start(
            "parquet", seed.Value.ToString(CultureInfo.InvariantCulture),
            inputs.ToString(CultureInfo.InvariantCulture));
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string[] lines = (await process.StandardOutput.ReadToEndAsync()).Split(
            '\n', StringSplitOptions.RemoveEmptyEntries);
        await process.WaitForExitAsync();
        string[] findings = [.. lines.Where(l => l.StartsWith("FINDING", StringComparison.Ordinal))];
        int Count(string outcome) => lines.Count(l => l == outcome);

        output.WriteLine($"{seed}: {Count("out")} left out, {Count("same")} the same, {Count("other")} other rows");
        Assert.True(findings.Length == 0, string.Join("\n", findings));
        Assert.True(lines[^1] == "END", $"{seed}: the process ended at {lines[^1]}. {await errors}");
        Assert.InRange(Count("out"), inputs / 3, inputs - 1);
    }
}
