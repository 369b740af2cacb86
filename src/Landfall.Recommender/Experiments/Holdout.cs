using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Landfall.Recommender.Experiments;

/// <summary>
/// The customers who get no recommendations, so that what recommendations bring can be measured. A customer is in or
/// out for good: by a hash of its id, not by chance, and with all its accounts. Immutable.
/// </summary>
public sealed class Holdout
{
    private readonly byte[] _salt;

    /// <summary>Makes the rule.</summary>
    /// <param name="salt">Makes experiments independent of each other; a new one draws customers anew.</param>
    /// <param name="share">The share of customers held out, 0 up to 0.5.</param>
    public Holdout(string salt, double share)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(share);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(share, 0.5);
        _salt = Encoding.UTF8.GetBytes(salt + "\0");
        Share = share;
    }

    /// <summary>The share of customers held out.</summary>
    public double Share { get; }

    /// <summary>
    /// Whether a customer is held out: the first 8 bytes of SHA-256(salt, 0, id in UTF-8), as a fraction of 2⁶⁴, are
    /// below the share.
    /// </summary>
    /// <param name="customer">The customer's id; null, which is never held out, for an account without one.</param>
    public bool Contains(string? customer)
    {
        if (customer is null)
        {
            return false;
        }

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        _ = SHA256.HashData([.. _salt, .. Encoding.UTF8.GetBytes(customer)], hash);
        return BinaryPrimitives.ReadUInt64BigEndian(hash) / 18_446_744_073_709_551_616.0 < Share;
    }
}
