using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Landfall.Bench.Tests;

/// <summary>Runs the benchmarks tiny, as a process of their own, with the command line beside them.</summary>
internal static partial class BenchProgram
{
    /// <summary>Runs benchmarks; what they wrote and how they ended.</summary>
    public static async Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] names)
    {
        ProcessStartInfo start = new(
            "dotnet", [Beside("Landfall.Bench.dll"), "--tiny", "--program", Beside("Landfall.Cli.dll"), .. names])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        start.Environment["LANDFALL_ROOT"] = Root();
        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await error);
    }

    /// <summary>Asserts that benchmarks end well and write exactly these rows, each with a figure.</summary>
    public static async Task AssertRowsAsync(string[] names, params string[] expected)
    {
        (int code, string output, string error) = await RunAsync(names);
        string[] rows =
        [
            .. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => Spaces().Replace(l.Trim(), " ")),
        ];

        Assert.True(code == 0, $"It ended with {code}:\n{output}{error}");
        Assert.Equal(expected.Length, rows.Length);
        Assert.All(
            expected.Zip(rows),
            pair => Assert.Matches($@"\A{Regex.Escape(pair.First)} \d[\d.,]*(E[+-]\d+)?( |;|\z)", pair.Second));
    }

    private static string Beside(string name) => Path.Combine(AppContext.BaseDirectory, name);

    private static string Root([CallerFilePath] string thisFile = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(thisFile)!, "..", ".."));

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
