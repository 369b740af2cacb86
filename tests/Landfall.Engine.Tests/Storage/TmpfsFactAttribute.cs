using System.Diagnostics;

namespace Landfall.Engine.Tests.Storage;

/// <summary>
/// A test that mounts a small file system in a namespace of its own; skipped where that is not allowed.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class TmpfsFactAttribute : FactAttribute
{
    private static readonly Lazy<string?> Problem = new(Try);

    public TmpfsFactAttribute() => Skip = Problem.Value;

    /// <summary>
    /// The program under which another finds <paramref name="folder"/> to be a file system of so many bytes and files.
    /// </summary>
    internal static string[] Mount(string folder, int bytes, int files = 100_000) =>
    [
        "unshare", "-rm", "sh", "-c",
        $"mount -t tmpfs -o size={bytes},nr_inodes={files} tmpfs \"$0\" && exec \"$@\"", folder,
    ];

    private static string? Try()
    {
        if (!OperatingSystem.IsLinux() || !File.Exists("/usr/bin/unshare"))
        {
            return "There is no unshare here, and no tmpfs without it.";
        }

        using var folder = new Landfall.Testing.Delta.TemporaryFolder();
        string[] command = [.. Mount(folder.Path, 1 << 20), "true"];
        using Process process = Process.Start(new ProcessStartInfo(command[0], command[1..])
        {
            UseShellExecute = false,
            RedirectStandardError = true,
        })!;
        string error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? null : $"A tmpfs cannot be mounted here: {error.Trim()}";
    }
}
