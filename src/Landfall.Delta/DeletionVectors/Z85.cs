using System.Buffers.Binary;

namespace Landfall.Delta.DeletionVectors;

/// <summary>Z85: four bytes in five printable characters (ZeroMQ RFC 32).</summary>
internal static class Z85
{
    private const string Alphabet =
        "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-:+=^!/*?&<>()[]{}@%$#";

    /// <summary>Decodes a text; null where it is none.</summary>
    public static byte[]? TryDecode(string text)
    {
        if (text.Length % 5 != 0)
        {
            return null;
        }

        byte[] bytes = new byte[text.Length / 5 * 4];
        for (int block = 0; block < text.Length / 5; block++)
        {
            ulong value = 0;
            foreach (char character in text.AsSpan(block * 5, 5))
            {
                int digit = Alphabet.IndexOf(character, StringComparison.Ordinal);
                if (digit < 0)
                {
                    return null;
                }

                value = (value * 85) + (ulong)digit;
            }

            if (value > uint.MaxValue)
            {
                return null;
            }

            BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(block * 4), (uint)value);
        }

        return bytes;
    }
}
