using System.Security.Cryptography;

namespace Landfall.Delta.Log;

/// <summary>
/// The hash that a log entry of ours carries of itself, so that a bit that flipped is noticed also where the entry
/// still reads well. It is the first field of the first action, at a fixed place, and is of everything behind it:
/// <code>
///   {"commitInfo":{"landfallSha256":"64 hex digits","timestamp":…}}
///   └─── must be exactly this ─────┘               └─── hashed, up to the end of the file
/// </code>
/// Other readers pass over a field of commitInfo that they do not know; entries without it are not verified.
/// </summary>
internal static class CommitChecksum
{
    /// <summary>The field of commitInfo.</summary>
    public const string Field = "landfallSha256";

    private const int Digits = SHA256.HashSizeInBytes * 2;

    /// <summary>What the field holds until the rest is known.</summary>
    public static readonly string Placeholder = new('0', Digits);

    private static ReadOnlySpan<byte> Opening => "{\"commitInfo\":{"u8;

    private static ReadOnlySpan<byte> Name => "\"landfallSha256\":\""u8;

    private static int Start => Opening.Length + Name.Length;

    /// <summary>Puts the hash into an entry that begins with the field.</summary>
    public static void Write(Span<byte> content)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(content[(Start + Digits)..], hash);
        Convert.TryToHexStringLower(hash, content.Slice(Start, Digits), out _);
    }

    /// <summary>Compares an entry with the hash it carries, if it does.</summary>
    /// <exception cref="CorruptTableException">They differ.</exception>
    public static void Verify(ReadOnlySpan<byte> content, string file)
    {
        // A flip in the name hides the hash and damages nothing else; one before it leaves the name where it is.
        if (content.Length <= Opening.Length || !content[Opening.Length..].StartsWith(Name))
        {
            return;
        }

        Span<byte> expected = stackalloc byte[Start + Digits];
        Opening.CopyTo(expected);
        Name.CopyTo(expected[Opening.Length..]);
        bool whole = content.Length > expected.Length;
        if (whole)
        {
            Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
            SHA256.HashData(content[expected.Length..], hash);
            Convert.TryToHexStringLower(hash, expected[Start..], out _);
        }

        if (!whole || !content.StartsWith(expected))
        {
            throw new CorruptTableException(
                LogFiles.Path(file), "its bytes are not those that were written: they do not match their hash");
        }
    }
}
