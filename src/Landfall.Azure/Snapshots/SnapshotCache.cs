using System.Security.Cryptography;
using System.Text;

namespace Landfall.Azure.Snapshots;

/// <summary>
/// What the compiler answered, by the content of what it read. An entry starts with the hash of its text: one that was
/// cut off or changed counts as missing. What cannot be read or written, since another process is at it or the disk is
/// full, costs time alone.
/// </summary>
/// <param name="folder">Where the entries are; made when the first is written.</param>
public sealed class SnapshotCache(string folder)
{
    private const int MaximumEntries = 2000;

    /// <summary>The text of an entry; null where there is none that is whole.</summary>
    public string? Read(string key)
    {
        try
        {
            string[] parts = File.ReadAllText(PathOf(key)).Split('\n', 2);
            return parts.Length == 2 && parts[0] == HashOf(parts[1]) ? parts[1] : null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Writes an entry that nobody else may read: parameters may hold what others should not see.</summary>
    public void Write(string key, string text)
    {
        try
        {
            WriteEntry(key, text);
            DropOldest();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // The next check compiles again.
        }
    }

    /// <summary>The hash of a text, in hexadecimal digits.</summary>
    public static string HashOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private void WriteEntry(string key, string text)
    {
        Directory.CreateDirectory(folder);
        FileStreamOptions options = new() { Mode = FileMode.Create, Access = FileAccess.Write, Share = FileShare.Read };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using FileStream file = new(PathOf(key), options);
        file.Write(Encoding.UTF8.GetBytes($"{HashOf(text)}\n{text}"));
    }

    private string PathOf(string key) => Path.Combine(folder, $"{key}.json");

    private void DropOldest()
    {
        FileInfo[] entries = new DirectoryInfo(folder).GetFiles("*.json");
        foreach (FileInfo old in entries.OrderByDescending(e => e.LastWriteTimeUtc).Skip(MaximumEntries))
        {
            old.Delete();
        }
    }
}
