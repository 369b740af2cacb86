using System.Runtime.InteropServices;
using Landfall.Estate;

namespace Landfall.DuckDb.Interop;

/// <summary>Where the native library may be: pure but for asking whether a file exists.</summary>
/// <param name="folders">Where the runtime looks for native libraries, in its order.</param>
/// <param name="platform">The runtime identifier of this machine, such as <c>linux-x64</c>.</param>
/// <param name="exists">Whether a file is there.</param>
internal sealed class LibraryLocator(IReadOnlyList<string> folders, string platform, Func<string, bool> exists)
{
    /// <summary>
    /// Looks where the runtime does, which takes the folders from the program's <c>.deps.json</c>, then beside the
    /// program.
    /// </summary>
    public static LibraryLocator FromRuntime()
    {
        string known = AppContext.GetData("NATIVE_DLL_SEARCH_DIRECTORIES") as string ?? "";
        string[] folders = known.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return new([.. folders, AppContext.BaseDirectory], RuntimeInformation.RuntimeIdentifier, File.Exists);
    }

    /// <summary>The library's path, or <c>LF4101</c> with the places looked at and how to get it.</summary>
    public string Find()
    {
        string name = platform.StartsWith("osx", StringComparison.Ordinal) ? "libduckdb.dylib" : "libduckdb.so";
        string? found = folders.Select(folder => Path.Combine(folder, name)).FirstOrDefault(exists);
        return found ?? throw new LandfallException(
            DuckDbCodes.LibraryMissing,
            $"The DuckDB library {name} for {platform} is missing. Looked in {string.Join(", ", folders)}. Nothing was "
            + $"read or written. {DuckDbLibrary.HowToGet}");
    }
}
