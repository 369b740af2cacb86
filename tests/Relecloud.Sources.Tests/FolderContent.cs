using System.Security.Cryptography;

namespace Relecloud.Sources.Tests;

/// <summary>What files a folder holds, to the byte and the second.</summary>
internal static class FolderContent
{
    public static SortedDictionary<string, string> Of(string folder)
    {
        SortedDictionary<string, string> files = new(StringComparer.Ordinal);
        foreach (string file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            string name = Path.GetRelativePath(folder, file);
            string hash = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file)));
            bool source = name.StartsWith("telemetry", StringComparison.Ordinal)
                || name.StartsWith("cloud-accounts", StringComparison.Ordinal)
                || name.StartsWith("application", StringComparison.Ordinal);
            files[name] = source ? $"{hash} {File.GetLastWriteTimeUtc(file):O}" : hash;
        }

        return files;
    }
}
