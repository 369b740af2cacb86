using System.Security.Cryptography;
using System.Text;

namespace Landfall.Server.Keys;

/// <summary>
/// The two keys of an endpoint; either admits, so that one can be replaced while callers use the other.
/// </summary>
public sealed class EndpointKeys
{
    private const int KeyBytes = 32;
    private const int KeyLengthMax = 256;
    private const string Scheme = "Bearer ";

    private readonly byte[] _primary;
    private readonly byte[] _secondary;

    /// <summary>Takes two keys of 32 to 256 ASCII characters.</summary>
    public EndpointKeys(string primary, string secondary)
    {
        Primary = primary;
        Secondary = secondary;
        _primary = Encoding.ASCII.GetBytes(primary);
        _secondary = Encoding.ASCII.GetBytes(secondary);
    }

    /// <summary>The primary key: a secret.</summary>
    public string Primary { get; }

    /// <summary>The secondary key: a secret.</summary>
    public string Secondary { get; }

    /// <summary>Two new random keys.</summary>
    public static EndpointKeys Create() => new(NewKey(), NewKey());

    /// <summary>The same with a new primary key.</summary>
    public EndpointKeys WithNewPrimary() => new(NewKey(), Secondary);

    /// <summary>The same with a new secondary key.</summary>
    public EndpointKeys WithNewSecondary() => new(Primary, NewKey());

    /// <summary>
    /// Whether the value of an <c>Authorization</c> header has one of the keys. How long it takes says nothing of where
    /// a wrong key differs.
    /// </summary>
    public bool Admit(string? authorization)
    {
        if (authorization is null || authorization.Length - Scheme.Length is < 1 or > KeyLengthMax
            || !authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        Span<byte> given = stackalloc byte[KeyLengthMax];
        int length = 0;
        foreach (char c in authorization.AsSpan(Scheme.Length))
        {
            // Characters that no key has must not become those that one has.
            given[length++] = char.IsAscii(c) ? (byte)c : (byte)0;
        }

        return CryptographicOperations.FixedTimeEquals(given[..length], _primary)
            | CryptographicOperations.FixedTimeEquals(given[..length], _secondary);
    }

    internal static bool IsKey(string? key) =>
        key is { Length: >= KeyBytes and <= KeyLengthMax }
        && key.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');

    private static string NewKey() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(KeyBytes))
        .TrimEnd('=').Replace('+', '-').Replace('/', '_');
}
