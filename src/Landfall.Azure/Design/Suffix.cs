using System.Security.Cryptography;
using System.Text;

namespace Landfall.Azure.Design;

/// <summary>The end of names that must be unique in all of Azure.</summary>
internal static class Suffix
{
    private const string Digits = "abcdefghijklmnopqrstuvwxyz234567";

    /// <summary>Six letters and digits that depend on the parts only: 30 bits of their SHA-256 in base 32.</summary>
    public static string Of(params IEnumerable<string> parts)
    {
        byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('/', parts)));
        return string.Concat(hash.Take(6).Select(b => Digits[b & 31]));
    }
}
