using System.Security.Cryptography;
using System.Text;
using Landfall.Estate;

namespace Landfall.Serving.Servers;

/// <summary>Names of the server's roles. PostgreSQL keeps 63 bytes of a name.</summary>
internal static class RoleNames
{
    /// <summary>Every login of a person or application that reads.</summary>
    public const string Users = "landfall_users";

    /// <summary>Every login that publishes.</summary>
    public const string Publishers = "landfall_publishers";

    private const int MostBytes = 63;
    private const int HashLength = 8;

    /// <summary>The login that publishes a zone and owns its database.</summary>
    public static string PublisherOf(string zone) => $"landfall_publisher_{TableName.SqlName(zone)}";

    /// <summary>A role of a zone, <c>billing/analyst</c>; a long one ends in a hash.</summary>
    public static string Of(string zone, string role)
    {
        string name = $"{zone}/{role}";
        return name.Length <= MostBytes ? name
            : $"{name[..(MostBytes - HashLength - 1)]}~{Hash(name)}";
    }

    /// <summary>Whether a user's id can be the name of a login.</summary>
    public static bool CanLogIn(string user) => Encoding.UTF8.GetByteCount(user) <= MostBytes;

    private static string Hash(string name) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)))[..HashLength];
}
