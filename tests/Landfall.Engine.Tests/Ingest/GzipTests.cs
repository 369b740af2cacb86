using System.IO.Compression;
using System.Text;
using Landfall.DuckDb;
using Landfall.Engine.Formats.Compression;
using Landfall.Engine.Steps;
using Landfall.Testing.Ingest;

namespace Landfall.Engine.Tests.Ingest;

public sealed class GzipTests
{
    private const string Json = "files: \"*.jsonl.gz\", format: jsonl, mode: append";
    private static readonly string[] Columns = ["name: v, logicalType: integer, physicalType: int"];
    private static readonly byte[] Whole = IngestLake.Gzip(Encoding.UTF8.GetBytes(
        string.Concat(Enumerable.Range(0, 50_000).Select(i => $"{{\"v\":{i}}}\n"))));

    public static TheoryData<int> Cuts => [.. new[] { 1, 4, 7, 8, 9, 100, Whole.Length / 2,
        Whole.Length - 12, Whole.Length - 2 }];

    [Theory]
    [MemberData(nameof(Cuts))]
    public async Task Truncated_AtAnyPlace_IsLeftOutByNameAndTheRestLands(int missing)
    {
        using IngestLake lake = new(Json, Columns);
        lake.Put("good.jsonl.gz", "{\"v\":1}\n");
        lake.Put("bad.jsonl.gz", Whole[..^missing]);

        StepOutcome landed = await lake.LandAsync();

        Assert.Equal([new("bad.jsonl.gz", "LF4261", "it is truncated")], landed.LeftOut);
        Assert.Equal(["good.jsonl.gz"], (await lake.RegisterAsync()).Entries.Select(e => e.File));
        Assert.Single(Directory.GetFiles(
            Path.Combine(lake.Lake.Root, "ops", "raw"), "*.gz", SearchOption.AllDirectories));
    }

    [Fact]
    public void Truncated_OthersReading_SayNothing()
    {
        byte[] cut = Whole[..(Whole.Length / 2)];
        using GZipStream gzip = new(new MemoryStream(cut), CompressionMode.Decompress);
        using MemoryStream plain = new();
        gzip.CopyTo(plain);
        Assert.NotEqual(0, plain.Length);

        string file = Path.Combine(Path.GetTempPath(), Guid.NewGuid() + ".jsonl.gz");
        File.WriteAllBytes(file, Whole[..^8]);
        using DuckDbDatabase database = DuckDbDatabase.Open();
        using DuckDbConnection connection = database.Connect();
        Assert.Equal(50_000, connection.Scalar<long>($"select count(*) from read_json('{file}', columns = {{v: "
            + $"'INT'}})"));
        File.Delete(file);
    }

    [Theory]
    [InlineData(-5)]
    [InlineData(-1)]
    [InlineData(500)]
    public void Damaged_CrcLengthOrData_IsRefused(int at)
    {
        byte[] damaged = [.. Whole];
        damaged[at < 0 ? damaged.Length + at : at] ^= 0x10;
        Assert.Throws<DamagedFileException>(() => Check(damaged));
    }

    [Fact]
    public void Whole_OfAnyMembers_IsAccepted()
    {
        Check(Whole);
        Check([.. Whole, .. Whole]);
        Check([.. Whole, .. IngestLake.Gzip([]), .. Whole]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(0x1f)]
    public void Garbage_BehindTheEnd_IsRefused(byte garbage) =>
        Assert.Throws<DamagedFileException>(() => Check([.. Whole, garbage]));

    [Fact]
    public void Nothing_AtAll_IsRefused() => Assert.Throws<DamagedFileException>(() => Check([]));

    [Fact]
    public async Task Members_Several_AllRowsArrive()
    {
        using IngestLake lake = new(Json, Columns);
        lake.Put("a.jsonl.gz", [.. IngestLake.Gzip("{\"v\":1}\n{\"v\""u8.ToArray()),
            .. IngestLake.Gzip(":2}\n"u8.ToArray())]);
        StepOutcome landed = await lake.LandAsync();
        await lake.EnrichAsync();

        Assert.Equal(2, landed.Rows);
        Assert.Equal(["1", "2"], await lake.RowsAsync("v"));
    }

    private static void Check(byte[] bytes)
    {
        using Stream stream = DecompressionStream.Of(new MemoryStream(bytes), FileCompression.Gzip);
        stream.CopyTo(Stream.Null);
    }
}
