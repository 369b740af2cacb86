using System.Runtime.InteropServices;
using Landfall.DuckDb.Interop;
using Landfall.Estate;

namespace Landfall.DuckDb;

/// <summary>The native library behind this binding. Thread-safe.</summary>
/// <remarks>
/// It is found below the folder that <c>LANDFALL_NATIVE</c> names, below <c>native</c> of the folder that
/// <c>LANDFALL_ROOT</c> names, or below <c>native</c> of the nearest folder above the program's; in each as
/// <c>node_modules/@duckdb/node-bindings-&lt;platform&gt;/libduckdb.so</c> (<c>.dylib</c> on macOS).
/// </remarks>
public static unsafe class DuckDbLibrary
{
    /// <summary>The version this binding is written and tested for.</summary>
    public const string ExpectedVersion = "v1.5.6";

    private static readonly Lazy<string> LoadedVersion = new(Load);

    /// <summary>
    /// The version of the loaded library, as DuckDB writes it: <c>v1.5.6</c>. Loads the library on first use.
    /// </summary>
    /// <exception cref="LandfallException"><c>LF4101</c>: it is missing; <c>LF4102</c>: it is of another version.
    /// </exception>
    public static string Version => LoadedVersion.Value;

    internal static void CheckVersion(string found, string path)
    {
        if (found != ExpectedVersion)
        {
            throw new LandfallException(
                DuckDbCodes.LibraryVersion,
                $"The DuckDB library {path} is {found}, but Landfall is made for {ExpectedVersion}. Nothing was "
                + "read or written. Run './landfall up' or 'npm ci --prefix native' to fetch the pinned version.");
        }
    }

    private static string Load()
    {
        string path = LibraryLocator.FromEnvironment().Find();
        if (!NativeLibrary.TryLoad(path, out IntPtr handle))
        {
            throw new LandfallException(
                DuckDbCodes.LibraryMissing,
                $"The DuckDB library {path} is there but does not load: it may be cut short, for another processor, or "
                + "need a newer C library than this system's. Run 'npm ci --prefix native' to fetch it again.");
        }

        NativeLibrary.SetDllImportResolver(
            typeof(DuckDbLibrary).Assembly, (name, _, _) => name == NativeMethods.Library ? handle : IntPtr.Zero);
        string version = NativeText.Read(NativeMethods.LibraryVersion()) ?? "of no version";
        CheckVersion(version, path);
        return version;
    }
}
