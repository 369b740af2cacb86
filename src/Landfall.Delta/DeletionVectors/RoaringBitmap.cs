using System.Buffers.Binary;

namespace Landfall.Delta.DeletionVectors;

/// <summary>
/// Reads the numbers of a deletion vector: a magic number, then 64-bit Roaring bitmaps in their portable format
/// (protocol, "Deletion Vector Format"; roaringbitmap.org, "RoaringFormatSpec").
/// </summary>
internal ref struct RoaringBitmap
{
    private const int Magic = 1681511377;
    private const int CookieWithRuns = 12347;
    private const int CookieWithoutRuns = 12346;
    private const int OffsetsFrom = 4;
    private const int ArrayMax = 4096;
    private const int BitmapBytes = 8192;

    private ReadOnlySpan<byte> _rest;
    private bool _ok;

    /// <summary>Reads all numbers, rising; false where the bytes are no such bitmap, or more than that.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, List<long> numbers)
    {
        var reader = new RoaringBitmap { _rest = bytes, _ok = true };
        if (reader.Int32() != Magic)
        {
            return false;
        }

        ulong count = BinaryPrimitives.ReadUInt64LittleEndian(reader.Take(8));
        long last = -1;
        for (ulong i = 0; reader._ok && i < count; i++)
        {
            long key = (uint)reader.Int32();
            reader._ok &= key > last && key <= int.MaxValue;
            last = key;
            reader.ReadBitmap(key << 32, numbers);
        }

        return reader._ok && reader._rest.IsEmpty;
    }

    private void ReadBitmap(long high, List<long> numbers)
    {
        int cookie = Int32();
        bool hasRuns = (cookie & 0xFFFF) == CookieWithRuns;
        int size = hasRuns ? (cookie >>> 16) + 1 : cookie == CookieWithoutRuns ? Int32() : -1;
        if (size is < 0 or > 0x10000)
        {
            _ok = false;
            return;
        }

        ReadOnlySpan<byte> runs = hasRuns ? Take((size + 7) / 8) : default;
        ReadOnlySpan<byte> headers = Take(size * 4);
        if (!hasRuns || size >= OffsetsFrom)
        {
            // Where containers begin; they are read one after the other, which the offsets only shorten.
            _ = Take(size * 4);
        }

        for (int i = 0; _ok && i < size; i++)
        {
            long start = high | ((long)BinaryPrimitives.ReadUInt16LittleEndian(headers[(i * 4)..]) << 16);
            int cardinality = BinaryPrimitives.ReadUInt16LittleEndian(headers[((i * 4) + 2)..]) + 1;
            if (hasRuns && (runs[i / 8] & (1 << (i % 8))) != 0)
            {
                ReadRuns(start, numbers);
            }
            else if (cardinality <= ArrayMax)
            {
                ReadArray(start, cardinality, numbers);
            }
            else
            {
                ReadBits(start, numbers);
            }
        }
    }

    private void ReadRuns(long start, List<long> numbers)
    {
        int count = UInt16();
        for (int i = 0; _ok && i < count; i++)
        {
            int first = UInt16();
            int more = UInt16();
            for (int n = 0; _ok && n <= more; n++)
            {
                numbers.Add(start | (long)(first + n));
            }
        }
    }

    private void ReadArray(long start, int cardinality, List<long> numbers)
    {
        ReadOnlySpan<byte> values = Take(cardinality * 2);
        for (int i = 0; i < values.Length; i += 2)
        {
            numbers.Add(start | BinaryPrimitives.ReadUInt16LittleEndian(values[i..]));
        }
    }

    private void ReadBits(long start, List<long> numbers)
    {
        ReadOnlySpan<byte> words = Take(BitmapBytes);
        for (int at = 0; at < words.Length; at += 8)
        {
            ulong word = BinaryPrimitives.ReadUInt64LittleEndian(words[at..]);
            for (; word != 0; word &= word - 1)
            {
                numbers.Add(start | (long)((at * 8) + System.Numerics.BitOperations.TrailingZeroCount(word)));
            }
        }
    }

    private int Int32() => BinaryPrimitives.ReadInt32LittleEndian(Take(4));

    private int UInt16() => BinaryPrimitives.ReadUInt16LittleEndian(Take(2));

    /// <summary>The next bytes; zeros where there are not so many, and then nothing counts any more.</summary>
    private ReadOnlySpan<byte> Take(int count)
    {
        if (!_ok || _rest.Length < count)
        {
            _ok = false;
            return new byte[count];
        }

        ReadOnlySpan<byte> taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }
}
