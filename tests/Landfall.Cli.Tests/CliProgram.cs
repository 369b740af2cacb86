using System.Diagnostics;

namespace Landfall.Cli.Tests;

/// <summary>Runs the real program as a process of its own.</summary>
internal static class CliProgram
{
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "Landfall.Cli.dll");

    public static Task<CliResult> RunAsync(params string[] arguments) => RunInAsync(Repository.Root, arguments);

    /// <summary>Runs a command line in a folder; no terminal is attached.</summary>
    public static Task<CliResult> RunInAsync(string folder, params string[] arguments) =>
        StartAsync(folder, "dotnet", [Program, .. arguments], new() { ["LANDFALL_ROOT"] = Repository.Root });

    /// <summary>Runs any program to its end.</summary>
    public static async Task<CliResult> StartAsync(
        string folder, string program, IEnumerable<string> arguments, Dictionary<string, string> environment)
    {
        ProcessStartInfo start = new(program, arguments)
        {
            UseShellExecute = false,
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new(process.ExitCode, await output, await error);
    }
}
