using System.Text;
using Landfall.Engine.Steps;
using Landfall.Estate;
using Landfall.Testing.Ingest;

namespace Landfall.Engine.Tests.Ingest;

/// <summary>A file that cannot be read as its format is left out and named; everything else is read.</summary>
public sealed class BadFileTests
{
    private const string Append = "files: \"*\", mode: append";
    private static readonly string[] Columns =
        ["name: id, logicalType: integer, physicalType: int", "name: note, logicalType: string"];

    public static TheoryData<string, byte[], string> Files => new()
    {
        { "b.json", Text("[{\"id\":1},{\"id\":2"), "it ends inside an element" },
        { "b.json", Text("[{\"id\":1},"), "it ends inside the array" },
        { "b.json", Text("{\"id\":1}"), "it is no array" },
        { "b.json", Text("[{\"id\":1}] [{\"id\":2}]"), "something follows the array" },
        { "b.json", Text("[{\"id\":1}}"), "a bracket is out of place" },
        { "b.csv", Text("id,note,id\n1,x,2\n"), "the column id occurs twice in its header" },
        { "b.csv", Text("id,\"note\n1,x\n"), "its header has a quotation mark or carriage return out of place" },
        { "b.csv", [.. Text("id,n"), 0xFC, .. Text("\n1,x\n")], "its header is not UTF-8" },
        {
            "b.csv", [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes("id,note\n1,x\n")],
            "it is UTF-16 text"
        },
        { "b.csv", Encoding.BigEndianUnicode.GetBytes("id,note\n1,x\n"), "it is UTF-16 text" },
        { "b.jsonl", Encoding.Unicode.GetBytes("{\"id\":1}\n"), "it is UTF-16 text" },
        { "b.csv", IngestLake.Gzip(Text("id,note\n1,x\n")), "it is compressed by gzip" },
        { "b.jsonl", [0x28, 0xB5, 0x2F, 0xFD, 1, 2, 3], "it is compressed by zstd" },
        { "b.csv", Text("PK\u0003\u0004 and so on"), "it is a ZIP archive or an office document" },
        { "b.csv", Text("PAR1 and so on"), "it is a Parquet file" },
        { "b.parquet", Text("id,note\n1,x\n"), "it is not whole, or no Parquet file" },
        { "b.parquet", [], "it is not whole, or no Parquet file" },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public async Task File_ThatIsNotItsFormat_IsLeftOutAndNamed(string name, byte[] content, string problem)
    {
        using IngestLake lake = new(Append, Columns);
        lake.Put("a.csv", "id,note\n10,x\n");
        lake.Put(name, content);
        lake.Put("c.jsonl", "{\"id\":11,\"note\":\"y\"}\n");

        StepOutcome outcome = await lake.RunAsync();

        Assert.Equal(["10, x", "11, y"], await lake.RowsAsync());
        LeftOut bad = Assert.Single(outcome.LeftOut);
        Assert.Equal((name, "LF4269"), (bad.Name, bad.Code));
        Assert.Contains(problem, bad.Problem, StringComparison.Ordinal);
        Assert.Equal(
            [$"1, {name}, NULL, unreadable, NULL, NULL"],
            await lake.QuarantineAsync("_batch, _source, _row, rule, column_name, raw"));
        Assert.Equal(0, outcome.Quarantined);
    }

    /// <summary>Each run names it until its source sends it again.</summary>
    [Fact]
    public async Task File_IsNamedUntilItIsMended()
    {
        using IngestLake lake = new(Append, Columns);
        lake.Put("b.json", "[{\"id\":1}");
        Assert.Single((await lake.RunAsync()).LeftOut);
        Assert.Empty(await lake.RowsAsync());

        Assert.Single((await lake.RunAsync()).LeftOut);
        lake.Put("c.json", "[{\"id\":2}]");
        Assert.Single((await lake.RunAsync()).LeftOut);
        Assert.Single((await lake.EnrichAsync(fullRefresh: true)).LeftOut);
        Assert.Equal(["2, NULL"], await lake.RowsAsync());

        lake.Put("b.json", "[{\"id\":1}]", DateTimeOffset.UtcNow.AddMinutes(1));
        Assert.Empty((await lake.RunAsync()).LeftOut);
        Assert.Empty((await lake.RunAsync()).LeftOut);
        Assert.Equal(["1, NULL", "2, NULL"], await lake.RowsAsync());
        Assert.Empty(await lake.QuarantineAsync());
    }

    /// <summary>Bad new content takes no known rows away, read as it comes or all at once.</summary>
    [Fact]
    public async Task File_WithBadNewContent_KeepsItsRows()
    {
        using IngestLake lake = new(Append, Columns);
        lake.Put("b.json", "[{\"id\":1}]");
        await lake.RunAsync();
        lake.Put("b.json", "[{\"id\":7},", DateTimeOffset.UtcNow.AddMinutes(1));
        lake.Put("c.json", "[{\"id\":2}]");

        Assert.Single((await lake.RunAsync()).LeftOut);
        Assert.Equal(["1, NULL", "2, NULL"], await lake.RowsAsync());

        Assert.Single((await lake.EnrichAsync(fullRefresh: true)).LeftOut);
        Assert.Equal(["1, NULL", "2, NULL"], await lake.RowsAsync());
    }

    /// <summary>A file without a required column that its source never mends gives way to an empty one.</summary>
    [Fact]
    public async Task File_ReplacedByAnEmptyOne_NoLongerBlocks()
    {
        using IngestLake lake = new(Append, ["name: id, logicalType: string, required: true"]);
        lake.Put("a.csv", "number\n1\n");
        Assert.Equal("LF4264", (await Assert.ThrowsAsync<LandfallException>(lake.RunAsync)).Code);
        lake.Put("b.csv", "id\n2\n");
        await Assert.ThrowsAsync<LandfallException>(lake.RunAsync);

        lake.Put("a.csv", "", DateTimeOffset.UtcNow.AddMinutes(1));
        await lake.RunAsync();

        Assert.Equal(["2"], await lake.RowsAsync());
    }

    [Fact]
    public async Task Snapshot_ThatCannotBeRead_LeavesTheTableAsItIs()
    {
        using IngestLake lake = new("files: \"*.json\", mode: snapshot", Columns);
        lake.Put("a.json", "[{\"id\":1}]");
        await lake.RunAsync();
        lake.Put("b.json", "[{\"id\":2}", DateTimeOffset.UtcNow.AddMinutes(1));

        for (int run = 0; run < 2; run++)
        {
            StepOutcome outcome = await lake.RunAsync();
            Assert.Equal(StepState.UpToDate, outcome.State);
            Assert.Equal("b.json", Assert.Single(outcome.LeftOut).Name);
            Assert.Equal(["1, NULL"], await lake.RowsAsync());
        }

        lake.Put("c.json", "[{\"id\":3}]", DateTimeOffset.UtcNow.AddMinutes(2));
        Assert.Empty((await lake.RunAsync()).LeftOut);
        Assert.Equal(["3, NULL"], await lake.RowsAsync());
    }

    [Fact]
    public async Task OnBadFile_Stop_KeepsTheTableAsItWas()
    {
        using IngestLake lake = new(
            Append, Columns, source: "{ type: files, location: src, onBadFile: stop }");
        lake.Put("a.json", "[{\"id\":1}]");
        await lake.RunAsync();
        lake.Put("b.json", "[{\"id\":2}");
        lake.Put("c.json", "[{\"id\":3}]");

        var refused = await Assert.ThrowsAsync<LandfallException>(lake.RunAsync);

        Assert.Equal("LF4269", refused.Code);
        Assert.Contains("b.json cannot be read", refused.Message, StringComparison.Ordinal);
        Assert.Equal(["1, NULL"], await lake.RowsAsync());
    }

    private static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);
}
