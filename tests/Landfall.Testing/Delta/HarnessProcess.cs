using System.Diagnostics;

namespace Landfall.Testing.Delta;

/// <summary>
/// Starts the harness program, which writes tables in a process of its own so that a test can kill it.
/// </summary>
public static class HarnessProcess
{
    /// <summary>Starts it; its standard output is for the caller to read.</summary>
    public static Process Start(params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(
            Environment.ProcessPath is { } host && Path.GetFileName(host) == "dotnet" ? host : "dotnet")
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "Landfall.Engine.Harness.dll"));
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["DOTNET_TieredPGO"] = "0";
        return Process.Start(start) ?? throw new InvalidOperationException("The harness does not start.");
    }
}
