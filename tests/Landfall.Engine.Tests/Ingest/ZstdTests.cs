using System.Text;
using Landfall.Engine.Formats.Compression;
using Landfall.Engine.Steps;
using Landfall.Testing;
using Landfall.Testing.Ingest;
using ZstdSharp;
using ZstdSharp.Unsafe;
using DecompressionStream = Landfall.Engine.Formats.Compression.DecompressionStream;

namespace Landfall.Engine.Tests.Ingest;

public sealed class ZstdTests
{
    private const string Json = "files: \"*.jsonl.zst\", format: jsonl, mode: append";
    private static readonly string[] Columns = ["name: v, logicalType: string, physicalType: string"];
    private static readonly byte[] Text = Encoding.UTF8.GetBytes(
        string.Concat(Enumerable.Range(0, 50_000).Select(i => $"{{\"v\":\"{i * 7919L % 100_003}\"}}\n")));

    private static readonly byte[] Whole = Compress(Text);

    /// <summary>A frame for other programs, which readers pass over: magic, length, content.</summary>
    private static readonly byte[] Skippable = [0x5a, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 9, 9, 9];

    public static TheoryData<int> Cuts =>
        [.. new[] { 1, 3, 4, 5, 100, Whole.Length / 2, Whole.Length - 5, Whole.Length - 1 }];

    [Theory]
    [MemberData(nameof(Cuts))]
    public async Task Truncated_AtAnyPlace_IsLeftOutByNameAndTheRestLands(int missing)
    {
        using IngestLake lake = new(Json, Columns);
        lake.Put("good.jsonl.zst", Compress("{\"v\":\"1\"}\n"u8));
        lake.Put("bad.jsonl.zst", Whole[..^missing]);

        StepOutcome landed = await lake.LandAsync();

        Assert.Equal([new("bad.jsonl.zst", "LF4261", "it is truncated")], landed.LeftOut);
        Assert.Equal(["good.jsonl.zst"], (await lake.RegisterAsync()).Entries.Select(e => e.File));
        Assert.Single(Directory.GetFiles(
            Path.Combine(lake.Lake.Root, "ops", "raw"), "*.zst", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Records_WhileLanding_AreCounted()
    {
        using IngestLake lake = new(Json, Columns);
        lake.Put("a.jsonl.zst", Whole);

        StepOutcome landed = await lake.LandAsync();
        await lake.EnrichAsync();

        Assert.Equal(50_000, landed.Rows);
        Assert.Equal(["50000"], await lake.RowsAsync("count(*)"));
    }

    /// <summary>
    /// Lines longer than an engine's buffers, and line breaks inside of values, are the readers' business.
    /// </summary>
    [Fact]
    public async Task Csv_WithLongAndBrokenLines_ArrivesAsWritten()
    {
        using IngestLake lake = new("files: \"*.csv.zst\", mode: append", Columns);
        string long20 = new('x', 20_000_000);
        lake.Put("a.csv.zst", Compress(Encoding.UTF8.GetBytes($"v\n{long20}\n\"two\r\nlines\"\n\"\"\n")));

        await lake.LandAsync();
        await lake.EnrichAsync();

        Assert.Equal(["0", "10", "20000000"], await lake.RowsAsync("length(v)"));
    }

    [Theory]
    [InlineData(-1, "checksum")]
    [InlineData(-4, "checksum")]
    [InlineData(500, "damaged")]
    [InlineData(0, "it is no zstd")]
    public void Damaged_ChecksumDataOrBeginning_IsRefused(int at, string reason)
    {
        byte[] damaged = [.. Whole];
        damaged[at < 0 ? damaged.Length + at : at] ^= 0x10;

        DamagedFileException refused = Assert.Throws<DamagedFileException>(() => Read(damaged));

        Assert.Contains(reason, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Whole_OfAnyFrames_IsAccepted()
    {
        Assert.Equal(Text, Read(Whole));
        Assert.Equal([.. Text, .. Text], Read([.. Whole, .. Compress([]), .. Whole]));
        Assert.Equal([.. Text, .. Text], Read([.. Skippable, .. Whole, .. Skippable, .. Whole, .. Skippable]));
        Assert.Empty(Read(Skippable));
        Assert.Equal(Text, Read(Compress(Text, (ZSTD_cParameter.ZSTD_c_checksumFlag, 0))));
    }

    [Fact]
    public void Pieces_OfAnySize_GiveTheSame()
    {
        TestSeed seed = TestSeed.Fresh();
        Random random = seed.Generator();
        byte[] two = [.. Whole, .. Skippable, .. Whole];
        for (int round = 0; round < 20; round++)
        {
            using ZstdDecompressor decompressor = new();
            using MemoryStream read = new();
            byte[] output = new byte[random.Next(1, 5_000)];
            for (int at = 0; at < two.Length;)
            {
                ReadOnlySpan<byte> piece = two.AsSpan(at, Math.Min(random.Next(1, 3_000), two.Length - at));
                at += piece.Length;
                int produced;
                do
                {
                    (int consumed, produced) = decompressor.Decompress(piece, output);
                    read.Write(output.AsSpan(0, produced));
                    piece = piece[consumed..];
                }
                while (!piece.IsEmpty || produced == output.Length);
            }

            decompressor.Complete();
            Assert.True(read.ToArray().AsSpan().SequenceEqual([.. Text, .. Text]), seed.ToString());
        }
    }

    [Theory]
    [InlineData(27, true)]
    [InlineData(28, false)]
    public void Windows_Over128MiB_AreRefusedWithWhatToDo(int log, bool accepted)
    {
        byte[] compressed = Compress(
            Text, (ZSTD_cParameter.ZSTD_c_windowLog, log), (ZSTD_cParameter.ZSTD_c_contentSizeFlag, 0));

        if (accepted)
        {
            Assert.Equal(Text, Read(compressed));
            return;
        }

        DamagedFileException refused = Assert.Throws<DamagedFileException>(() => Read(compressed));
        Assert.Contains("128 MiB", refused.Message, StringComparison.Ordinal);
        Assert.Contains("--long=27", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(0x28)]
    public void Garbage_BehindTheEnd_IsRefused(byte garbage) =>
        Assert.Throws<DamagedFileException>(() => Read([.. Whole, garbage]));

    [Fact]
    public void Nothing_AtAll_IsRefused() => Assert.Throws<DamagedFileException>(() => Read([]));

    [Fact]
    public void Dictionary_ThatIsNotThere_IsNamed()
    {
        using Compressor compressor = new();
        compressor.LoadDictionary(Dictionary());

        DamagedFileException refused =
            Assert.Throws<DamagedFileException>(() => Read(compressor.Wrap(Text).ToArray()));

        Assert.Contains("dictionary", refused.Message, StringComparison.Ordinal);
    }

    private static byte[] Dictionary() => DictBuilder.TrainFromBuffer(
        Enumerable.Range(0, 2_000).Select(i => Encoding.UTF8.GetBytes($"{{\"v\":\"{i * 7919 % 1_009}\",\"w\":{i}}}")));

    private static byte[] Compress(
        ReadOnlySpan<byte> text, params (ZSTD_cParameter Name, int Value)[] parameters)
    {
        using MemoryStream compressed = new();
        using (CompressionStream stream = new(compressed, level: 3))
        {
            stream.SetParameter(ZSTD_cParameter.ZSTD_c_checksumFlag, 1);
            foreach ((ZSTD_cParameter name, int value) in parameters)
            {
                stream.SetParameter(name, value);
            }

            stream.Write(text);
        }

        return compressed.ToArray();
    }

    private static byte[] Read(byte[] compressed)
    {
        using Stream stream = DecompressionStream.Of(new MemoryStream(compressed), FileCompression.Zstd);
        using MemoryStream text = new();
        stream.CopyTo(text);
        return text.ToArray();
    }
}
