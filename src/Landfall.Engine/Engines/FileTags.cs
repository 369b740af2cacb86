using System.Collections.Immutable;
using System.Security.Cryptography;
using Landfall.Delta;

namespace Landfall.Engine.Engines;

/// <summary>
/// The hash of a data file in its entry of the log, for files whose writer left no room for one in the file itself.
/// </summary>
public static class FileTags
{
    private const string Hash = "landfall.sha256";

    /// <summary>The tags of a file with this hash.</summary>
    public static ImmutableSortedDictionary<string, string?> OfHash(string sha256) =>
        AddFile.NoPartition.Add(Hash, sha256);

    /// <summary>SHA-256 of a file's bytes in lower-case hexadecimal digits.</summary>
    public static string HashOf(string path)
    {
        using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 0);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }

    /// <summary>Whether a file is as it was written; null where its entry has no hash, or it cannot be read.</summary>
    /// <param name="file">The entry.</param>
    /// <param name="path">Absolute path of the file.</param>
    public static bool? Verify(AddFile file, string path)
    {
        if (file.Tags?.GetValueOrDefault(Hash) is not { } written)
        {
            return null;
        }

        try
        {
            return written == HashOf(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Whoever reads it next says so.
            return null;
        }
    }
}
