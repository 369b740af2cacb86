namespace Landfall.Cli.Tests;

/// <summary>The repository's folder, found as the program finds it.</summary>
internal static class Repository
{
    public static string Root { get; } =
        Installation.Root is { } root && File.Exists(Path.Combine(root, "Landfall.slnx")) ? root
        : Installation.Upwards(Environment.CurrentDirectory, "Landfall.slnx")
          ?? throw new InvalidOperationException("Set LANDFALL_ROOT to the repository's folder.");
}
