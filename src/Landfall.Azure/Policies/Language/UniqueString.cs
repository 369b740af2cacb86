using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace Landfall.Azure.Policies.Language;

/// <summary>
/// The function <c>uniqueString</c>: 13 characters of a hash of texts. Azure publishes no description; it is a 64-bit
/// form of MurmurHash3 in base 32, which the Bicep compiler's results confirm.
/// </summary>
internal static class UniqueString
{
    private const string Digits = "abcdefghijklmnopqrstuvwxyz234567";
    private const int Length = 13;
    private const uint C1 = 0x239b961b;
    private const uint C2 = 0xab0e9789;

    /// <summary>The characters for texts, which are joined by hyphens.</summary>
    public static string Of(IEnumerable<string> texts)
    {
        ulong rest = Hash(Encoding.UTF8.GetBytes(string.Join('-', texts)));
        return string.Create(Length, rest, static (characters, hash) =>
        {
            for (int i = 0; i < characters.Length; i++)
            {
                characters[i] = Digits[(int)(hash >> 59)];
                hash <<= 5;
            }
        });
    }

    private static ulong Hash(ReadOnlySpan<byte> data)
    {
        uint h1 = 0;
        uint h2 = 0;
        ReadOnlySpan<byte> rest = data;
        for (; rest.Length >= 8; rest = rest[8..])
        {
            h1 ^= Mix(BinaryPrimitives.ReadUInt32LittleEndian(rest), C1, 15, C2);
            h1 = ((BitOperations.RotateLeft(h1, 19) + h2) * 5) + 0x561ccd1b;
            h2 ^= Mix(BinaryPrimitives.ReadUInt32LittleEndian(rest[4..]), C2, 17, C1);
            h2 = ((BitOperations.RotateLeft(h2, 13) + h1) * 5) + 0x0bcaa747;
        }

        Span<byte> tail = stackalloc byte[8];
        tail.Clear();
        rest.CopyTo(tail);
        h1 ^= Mix(BinaryPrimitives.ReadUInt32LittleEndian(tail), C1, 15, C2);
        h2 ^= Mix(BinaryPrimitives.ReadUInt32LittleEndian(tail[4..]), C2, 17, C1);
        h1 ^= (uint)data.Length;
        h2 ^= (uint)data.Length;
        h1 += h2;
        h2 += h1;
        h1 = Finish(h1);
        h2 = Finish(h2);
        h1 += h2;
        h2 += h1;
        return ((ulong)h2 << 32) | h1;
    }

    private static uint Mix(uint part, uint first, int turn, uint second) =>
        BitOperations.RotateLeft(part * first, turn) * second;

    private static uint Finish(uint hash)
    {
        hash = (hash ^ (hash >> 16)) * 0x85ebca6b;
        hash = (hash ^ (hash >> 13)) * 0xc2b2ae35;
        return hash ^ (hash >> 16);
    }
}
