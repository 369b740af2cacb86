using System.Collections;

namespace Landfall.Workers;

/// <summary>The environment of workers: what the runtime and the system's libraries need, and no more.</summary>
internal static class WorkerEnvironment
{
    private static readonly HashSet<string> Kept =
    [
        "PATH", "HOME", "LANG", "TZ", "LD_LIBRARY_PATH", "SSL_CERT_FILE", "SSL_CERT_DIR",
    ];

    /// <summary>The variables of a worker.</summary>
    /// <param name="variables">Those of this process.</param>
    /// <param name="scratchFolder">The folder for temporary files.</param>
    /// <param name="memoryBytes">What the managed heap may grow to.</param>
    public static Dictionary<string, string> Of(IDictionary variables, string scratchFolder, long memoryBytes)
    {
        Dictionary<string, string> environment = [];
        foreach (DictionaryEntry variable in variables)
        {
            string name = (string)variable.Key;
            if (Kept.Contains(name) || name.StartsWith("DOTNET_", StringComparison.Ordinal)
                || name.StartsWith("LC_", StringComparison.Ordinal))
            {
                environment[name] = (string)variable.Value!;
            }
        }

        environment["TMPDIR"] = scratchFolder;

        // Nothing may look into a worker's memory, and its socket would be outside of its folders.
        environment["DOTNET_EnableDiagnostics"] = "0";
        environment["DOTNET_gcServer"] = "0";
        environment["DOTNET_gcConcurrent"] = "0";
        environment["DOTNET_TieredPGO"] = "0";
        environment["DOTNET_GCHeapHardLimit"] = $"0x{memoryBytes:x}";
        return environment;
    }
}
