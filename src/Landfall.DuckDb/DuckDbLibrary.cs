using System.Runtime.InteropServices;
using Landfall.DuckDb.Interop;
using Landfall.Estate;

namespace Landfall.DuckDb;

/// <summary>The native library behind this binding. Thread-safe.</summary>
/// <remarks>
/// It comes from the package DuckDB.NET.Bindings.Full, whose hash the lock files pin. Builds and publishing put it
/// where the runtime looks for native libraries: below <c>runtimes</c> in the program's folder, or beside the program.
/// </remarks>
public static unsafe class DuckDbLibrary
{
    /// <summary>The version this binding is written and tested for.</summary>
    public const string ExpectedVersion = "v1.5.6";

    internal const string HowToGet =
        "Delete the clone's folder 'artifacts' and run './landfall up': it fetches the library and builds anew.";

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
                + $"read or written. {HowToGet}");
        }
    }

    private static string Load()
    {
        string path = LibraryLocator.FromRuntime().Find();
        if (!NativeLibrary.TryLoad(path, out IntPtr handle))
        {
            throw new LandfallException(
                DuckDbCodes.LibraryMissing,
                $"The DuckDB library {path} is there but does not load: it may be cut short, for another processor, or "
                + $"need a newer C library than this system's. {HowToGet}");
        }

        NativeLibrary.SetDllImportResolver(
            typeof(DuckDbLibrary).Assembly, (name, _, _) => name == NativeMethods.Library ? handle : IntPtr.Zero);
        string version = NativeText.Read(NativeMethods.LibraryVersion()) ?? "of no version";
        CheckVersion(version, path);
        return version;
    }
}
