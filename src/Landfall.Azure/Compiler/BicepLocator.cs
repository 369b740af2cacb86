using Landfall.Estate;

namespace Landfall.Azure.Compiler;

/// <summary>Finds the Bicep compiler.</summary>
public static class BicepLocator
{
    private const string Package = "azure.bicep.commandline.linux-x64";

    /// <summary>
    /// The path of the compiler: the given one, that of <c>LANDFALL_BICEP</c>, the newest of the NuGet folder, or the
    /// one on the <c>PATH</c>.
    /// </summary>
    /// <param name="given">Path from the command line; null where there is none.</param>
    /// <param name="variable">Gives an environment variable.</param>
    /// <exception cref="LandfallException">LF5150 where there is none.</exception>
    public static string Find(string? given, Func<string, string?> variable)
    {
        string? named = given ?? NullIfEmpty(variable("LANDFALL_BICEP"));
        if (named is not null)
        {
            return File.Exists(named)
                ? Path.GetFullPath(named)
                : throw Missing($"There is no Bicep compiler at {named}.");
        }

        return InPackages(variable) ?? OnPath(variable) ?? throw Missing("There is no Bicep compiler on this machine.");
    }

    private static LandfallException Missing(string what) => new(
        CheckCodes.NoCompiler,
        $"{what} Nothing was checked. Install Bicep 0.49 or newer, or name it with --bicep PATH or LANDFALL_BICEP.");

    private static string? InPackages(Func<string, string?> variable)
    {
        string packages = NullIfEmpty(variable("NUGET_PACKAGES"))
            ?? Path.Combine(variable("HOME") ?? "", ".nuget", "packages");
        string folder = Path.Combine(packages, Package);
        return !Directory.Exists(folder)
            ? null
            : Directory.EnumerateDirectories(folder)
                .Select(d => (Folder: d, Version: Version.TryParse(Path.GetFileName(d), out Version? v) ? v : null))
                .Where(d => d.Version is not null)
                .OrderByDescending(d => d.Version)
                .Select(d => Path.Combine(d.Folder, "tools", "bicep"))
                .FirstOrDefault(File.Exists);
    }

    private static string? OnPath(Func<string, string?> variable) => (variable("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Select(folder => Path.Combine(folder, "bicep"))
        .FirstOrDefault(File.Exists);

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
