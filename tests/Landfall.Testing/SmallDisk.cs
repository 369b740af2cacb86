using System.Diagnostics;

namespace Landfall.Testing;

/// <summary>A small file system that a test mounts in a namespace of its own.</summary>
public static class SmallDisk
{
    private static readonly Lazy<string?> Problem = new(Try);

    /// <summary>Why none can be mounted; null where one can.</summary>
    public static string? Missing => Problem.Value;

    /// <summary>
    /// The program under which another finds <paramref name="folder"/> to be a file system of so many bytes and files.
    /// </summary>
    public static string[] Mount(string folder, int bytes, int files = 100_000) =>
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

        using var folder = new Delta.TemporaryFolder();
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
