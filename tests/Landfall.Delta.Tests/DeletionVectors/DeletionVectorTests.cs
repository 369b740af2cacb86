using System.Buffers.Binary;
using Landfall.Delta.DeletionVectors;

namespace Landfall.Delta.Tests.DeletionVectors;

public sealed class DeletionVectorTests
{
    /// <summary>The protocol's own example: rows 3, 4, 7, 11, 18 and 29, inline.</summary>
    private const string ProtocolExample = "^Bg9^0rr910000000000iXQKl0rr91000f55c8Xg0@@D72lkbi5=-{L";

    [Fact]
    public void ReadInline_ProtocolsExample_GivesItsRows() => Assert.Equal(
        [3L, 4, 7, 11, 18, 29],
        new DeletionVector('i', ProtocolExample, null, 44, 6).ReadInline("part-0.parquet"));

    [Theory]
    [InlineData("^Bg9^0rr910000000000iXQKl0rr91000f55c8Xg0@@D72lkbi5=-{L", 44, 5)]
    [InlineData("^Bg9^0rr910000000000iXQKl0rr91000f55c8Xg0@@D72lkbi5=-{L", 40, 6)]
    [InlineData("^Bg9^0rr910000000000iXQKl0rr91000f55c8Xg0@@D72lkbi5=-", 44, 6)]
    [InlineData("0000000000000000000000000000000000000000000000000000000", 44, 6)]
    public void ReadInline_Damaged_NamesTheDataFile(string text, int size, int cardinality) => Assert.Equal(
        "part-0.parquet",
        Assert.Throws<CorruptTableException>(
            () => new DeletionVector('i', text, null, size, cardinality).ReadInline("part-0.parquet")).File);

    [Fact]
    public void FilePath_OfAnId_IsAsTheProtocolsExample()
    {
        DeletionVector vector = new('u', "ab^-aqEH.-t@S}K{vb[*k^", 4, 40, 6);

        Assert.Equal("ab/deletion_vector_d2c639aa-8816-431a-aaf6-d3fe2512ff61.bin", vector.FilePath);
        Assert.Equal("uab^-aqEH.-t@S}K{vb[*k^@4", vector.Id);
    }

    [Fact]
    public void FilePath_OfAPath_IsDecoded() => Assert.Equal(
        "/lake/dv 1.bin", new DeletionVector('p', "file:///lake/dv%201.bin", 1, 40, 6).FilePath);

    [Fact]
    public void ReadStored_SizeAndChecksum_AreChecked()
    {
        byte[] list = Encode([(0, [1, 2, 70_000])]);
        byte[] stored = new byte[list.Length + 8];
        BinaryPrimitives.WriteInt32BigEndian(stored, list.Length);
        list.CopyTo(stored, 4);
        BinaryPrimitives.WriteUInt32BigEndian(stored.AsSpan(4 + list.Length), Crc32.Of(list));
        DeletionVector vector = new('u', "vBn[lx{q8@P<9BNH/isA", 1, list.Length, 3);

        Assert.Equal([1L, 2, 70_000], vector.ReadStored(stored, "f"));
        for (int bit = 0; bit < stored.Length * 8; bit++)
        {
            byte[] flipped = [.. stored];
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.Throws<CorruptTableException>(() => vector.ReadStored(flipped, "f"));
        }

        for (int length = 0; length < stored.Length; length++)
        {
            Assert.Throws<CorruptTableException>(() => vector.ReadStored(stored.AsMemory(0, length), "f"));
        }
    }

    [Fact]
    public void Crc32_OfTheUsualText_IsTheUsualOne() => Assert.Equal(0xCBF43926, Crc32.Of("123456789"u8));

    [Fact]
    public void TryRead_KeysAboveZero_AreTheUpperHalf()
    {
        List<long> rows = [];

        Assert.True(RoaringBitmap.TryRead(Encode([(0, [5]), (2, [7])]), rows));
        Assert.Equal([5L, (2L << 32) + 7], rows);
    }

    [Fact]
    public void TryRead_Runs_AreAllTheirNumbers()
    {
        List<byte> bytes = [.. Int(1681511377), .. Long(1), .. Int(0), .. Int(12347), 1, .. Short(0), .. Short(10)];
        bytes.AddRange([.. Short(2), .. Short(3), .. Short(1), .. Short(100), .. Short(8)]);
        List<long> rows = [];

        Assert.True(RoaringBitmap.TryRead([.. bytes], rows));
        Assert.Equal([3L, 4, .. Enumerable.Range(100, 9).Select(i => (long)i)], rows);
    }

    [Fact]
    public void TryRead_ManyInABlock_AreReadFromBits()
    {
        long[] expected = [.. Enumerable.Range(0, 65_536).Where(i => i % 3 == 0).Select(i => (long)i)];
        List<byte> bytes =
        [
            .. Int(1681511377), .. Long(1), .. Int(0), .. Int(12346), .. Int(1), .. Short(0),
            .. Short((ushort)(expected.Length - 1)), .. Int(16),
        ];
        byte[] bits = new byte[8192];
        foreach (long number in expected)
        {
            bits[number / 8] |= (byte)(1 << (int)(number % 8));
        }

        bytes.AddRange(bits);
        List<long> rows = [];

        Assert.True(RoaringBitmap.TryRead([.. bytes], rows));
        Assert.Equal(expected, rows);
    }

    private static byte[] Encode((int Key, int[] Rows)[] bitmaps)
    {
        List<byte> bytes = [.. Int(1681511377), .. Long(bitmaps.Length)];
        foreach ((int key, int[] rows) in bitmaps)
        {
            IGrouping<int, int>[] blocks = [.. rows.GroupBy(r => r >> 16)];
            bytes.AddRange([.. Int(key), .. Int(12346), .. Int(blocks.Length)]);
            foreach (IGrouping<int, int> block in blocks)
            {
                bytes.AddRange([.. Short((ushort)block.Key), .. Short((ushort)(block.Count() - 1))]);
            }

            bytes.AddRange(blocks.SelectMany(_ => Int(0)));
            bytes.AddRange(blocks.SelectMany(b => b.SelectMany(r => Short((ushort)r))));
        }

        return [.. bytes];
    }

    private static byte[] Int(int value)
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
        return bytes;
    }

    private static byte[] Long(long value)
    {
        byte[] bytes = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        return bytes;
    }

    private static byte[] Short(ushort value)
    {
        byte[] bytes = new byte[2];
        BinaryPrimitives.WriteUInt16LittleEndian(bytes, value);
        return bytes;
    }
}
