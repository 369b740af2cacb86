namespace Landfall.Bench.Tests;

/// <summary>The benchmark of deployments to Azure, which starts a compiler many times.</summary>
public sealed class AzureBenchTests
{
    internal const string Name = "azure";

    private static readonly string[] Generated =
    [
        "Relecloud, generated in process",
        "Relecloud, landfall azure generate",
        "2 zones, generated in process",
        "2 zones, landfall azure generate",
    ];

    private static readonly string[] Checked =
    [
        "2 zones, check, cold",
        "2 zones, check, compiler's share of processor time",
        "2 zones, check, evaluation's share of time",
        "2 zones, check, all known",
        "2 zones, landfall azure check, cold",
        "2 zones, bicep snapshot of each deployment",
        "2 zones, ratio bicep snapshot / landfall azure check",
        "2 zones, check, one deployment changed",
        "2 zones, check, ratio one changed / cold",
        "2 zones, 8 policies",
        "2 zones, 8 policies, memory",
        "2 zones, ratio policies / azure check, cold",
    ];

    /// <summary>Without a compiler estates are generated alone, and standard error says why.</summary>
    [Fact]
    public Task Azure_Tiny_HasEveryFigure() => BenchProgram.AssertRowsAsync(
        [Name], AzureBench.HasCompiler(out _) ? [.. Generated, .. Checked] : Generated);
}
