namespace Landfall.Cli.Tests;

/// <summary>How a process ended and what it wrote.</summary>
internal sealed record CliResult(int ExitCode, string Output, string Error)
{
    public string[] Lines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
