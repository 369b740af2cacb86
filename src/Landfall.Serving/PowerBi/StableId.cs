using System.Security.Cryptography;
using System.Text;

namespace Landfall.Serving.PowerBi;

/// <summary>Ids that are made of names, so that a project that is written again has the same.</summary>
internal static class StableId
{
    /// <summary>A UUID of version 8 of the names.</summary>
    public static string Uuid(params IEnumerable<string> names)
    {
        byte[] hash = Hash(names)[..16];
        hash[6] = (byte)((hash[6] & 0x0f) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3f) | 0x80);
        return new Guid(hash, bigEndian: true).ToString();
    }

    /// <summary>Twenty hexadecimal digits of the names, as Power BI names visuals.</summary>
    public static string Short(params IEnumerable<string> names) => Convert.ToHexStringLower(Hash(names))[..20];

    /// <summary>Lengths go first, so that no two lists of names give one text.</summary>
    private static byte[] Hash(IEnumerable<string> names) =>
        SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(names.Select(n => $"{n.Length}:{n}"))));
}
