using Landfall.Estate;

namespace Landfall.Azure.Compiler;

/// <summary>Finds the Bicep compiler.</summary>
public static class BicepLocator
{
    /// <summary>How to get one.</summary>
    public const string Advice =
        "Install Bicep 0.49 or newer, with az bicep install or by Landfall's ./test, or name it with --bicep PATH or "
        + "LANDFALL_BICEP.";

    private const string Package = "azure.bicep.commandline.linux-x64";

    /// <summary>
    /// The path of the compiler: the given one, that of <c>LANDFALL_BICEP</c>, the newest of the NuGet folder, the one
    /// on the <c>PATH</c>, or the one that <c>az bicep install</c> wrote.
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

        return InPackages(variable) ?? OnPath(variable) ?? OfAzureCli(variable)
            ?? throw Missing("There is no Bicep compiler on this machine.");
    }

    private static LandfallException Missing(string what) =>
        new(CheckCodes.NoCompiler, $"{what} Nothing was checked. {Advice}");

    private static string? InPackages(Func<string, string?> variable)
    {
        string packages = NullIfEmpty(variable("NUGET_PACKAGES")) ?? InHome(variable, ".nuget", "packages");
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

    private static string? OfAzureCli(Func<string, string?> variable)
    {
        string path = InHome(variable, ".azure", "bin", "bicep");
        return File.Exists(path) ? path : null;
    }

    private static string InHome(Func<string, string?> variable, params string[] path) =>
        Path.Combine([variable("HOME") ?? "", .. path]);

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
