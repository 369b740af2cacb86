using System.Runtime.InteropServices;
using Landfall.Estate;

namespace Landfall.DuckDb.Interop;

/// <summary>Where the native library may be: pure but for asking whether a file exists.</summary>
internal sealed class LibraryLocator(
    string? nativeFolder, string? rootFolder, string programFolder, string platform, Func<string, bool> exists)
{
    public static LibraryLocator FromEnvironment() => new(
        Environment.GetEnvironmentVariable("LANDFALL_NATIVE"),
        Environment.GetEnvironmentVariable("LANDFALL_ROOT"),
        AppContext.BaseDirectory,
        CurrentPlatform(),
        File.Exists);

    /// <summary>npm's words for this system: <c>linux-x64</c>.</summary>
    public static string CurrentPlatform()
    {
        string system = OperatingSystem.IsMacOS() ? "darwin" : OperatingSystem.IsLinux() ? "linux" : "unsupported";
        return $"{system}-{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}";
    }

    /// <summary>The library's path, or <c>LF4101</c> with the places looked at and how to fetch it.</summary>
    public string Find()
    {
        string[] candidates = [.. Candidates()];
        return Array.Find(candidates, path => exists(path)) ?? throw new LandfallException(
            DuckDbCodes.LibraryMissing,
            $"The DuckDB library for {platform} is missing. Looked for {string.Join(", ", Shown(candidates))}. Nothing "
            + "was read or written. Run './landfall up' or 'npm ci --prefix native' to fetch it, or set "
            + "LANDFALL_NATIVE to a folder with node_modules.");
    }

    /// <summary>A named folder is the only one looked at: a stale library elsewhere must not stand in for it.</summary>
    private IEnumerable<string> Candidates()
    {
        if (!string.IsNullOrEmpty(nativeFolder))
        {
            return [InNative(nativeFolder)];
        }

        if (!string.IsNullOrEmpty(rootFolder))
        {
            return [InNative(Path.Combine(rootFolder, "native"))];
        }

        return Upwards(programFolder).Select(folder => InNative(Path.Combine(folder, "native")));
    }

    private static IEnumerable<string> Upwards(string folder)
    {
        for (string? at = Path.TrimEndingDirectorySeparator(folder); at is not null; at = Path.GetDirectoryName(at))
        {
            yield return at;
        }
    }

    private static string[] Shown(string[] candidates) =>
        candidates.Length <= 2 ? candidates : [candidates[0], $"and {candidates.Length - 1} folders above"];

    private string InNative(string folder) => Path.Combine(
        folder, "node_modules", "@duckdb", $"node-bindings-{platform}",
        platform.StartsWith("darwin", StringComparison.Ordinal) ? "libduckdb.dylib" : "libduckdb.so");
}
