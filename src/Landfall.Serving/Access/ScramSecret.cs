using System.Security.Cryptography;
using System.Text;

namespace Landfall.Serving.Access;

/// <summary>
/// What a server keeps of a password (RFC 5802, RFC 7677): with it the password itself never crosses to the server or
/// into its log. Passwords here are ASCII, so that no preparation of them is needed.
/// </summary>
internal static class ScramSecret
{
    private const int Iterations = 4096;
    private const int SaltBytes = 16;
    private const string Letters = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789";

    /// <summary>A new password of 24 letters and digits that people can tell apart, some 139 bits.</summary>
    public static string NewPassword() => RandomNumberGenerator.GetString(Letters, 24);

    /// <summary>
    /// The secret of a password as PostgreSQL takes it, <c>SCRAM-SHA-256$4096:salt$stored:server</c>.
    /// </summary>
    public static string Of(string password)
    {
        byte[] salt = RandomNumberGenerator.GetBytes(SaltBytes);
        byte[] salted = Rfc2898DeriveBytes.Pbkdf2(
            Encoding.ASCII.GetBytes(password), salt, Iterations, HashAlgorithmName.SHA256, SHA256.HashSizeInBytes);
        byte[] stored = SHA256.HashData(HMACSHA256.HashData(salted, "Client Key"u8));
        byte[] server = HMACSHA256.HashData(salted, "Server Key"u8);
        return $"SCRAM-SHA-256${Iterations}:{Convert.ToBase64String(salt)}"
            + $"${Convert.ToBase64String(stored)}:{Convert.ToBase64String(server)}";
    }
}
