using System.Diagnostics;

namespace Landfall.Testing.Delta;

/// <summary>
/// Starts the harness program, which writes tables in a process of its own so that a test can kill it.
/// </summary>
public static class HarnessProcess
{
    /// <summary>Starts it; its standard output is for the caller to read.</summary>
    public static Process Start(params IEnumerable<string> arguments) => StartUnder([], arguments);

    /// <summary>Starts it under another program, for example a tracer, with that program's arguments.</summary>
    public static Process StartUnder(IReadOnlyList<string> program, IEnumerable<string> arguments)
    {
        string[] command =
        [
            .. program, DotnetHost.Path, Path.Combine(AppContext.BaseDirectory, "Landfall.Engine.Harness.dll"),
        ];
        var start = new ProcessStartInfo(command[0])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (string argument in command.Skip(1).Concat(arguments))
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["DOTNET_TieredPGO"] = "0";
        return Process.Start(start) ?? throw new InvalidOperationException("The harness does not start.");
    }
}
