using Landfall.Engine.Steps;
using Landfall.Testing.Ingest;

namespace Landfall.Engine.Tests.Ingest;

/// <summary>Lines end with LF, CR LF, CR CR LF, or with CR in a text that has no LF.</summary>
public sealed class LineEndTests
{
    private static readonly string[] Columns =
        ["name: id, logicalType: integer, physicalType: int", "name: v, logicalType: string, physicalType: string"];

    public static TheoryData<string> Ends => ["\n", "\r\n", "\r\r\n", "\r\r\r\n", "\r"];

    [Theory]
    [MemberData(nameof(Ends))]
    public async Task Csv_OfAnyLineEnd_GivesTheSameRows(string end)
    {
        foreach (string last in new[] { "", end })
        {
            using IngestLake lake = new("files: \"*.csv\", mode: append", Columns);
            lake.Put("a.csv", string.Join(end, "id,v", "1,one", "2,\"t,w\"\"o\"", "", "3,", "x,bad", "5,five") + last);

            StepOutcome landed = await lake.LandAsync();
            await lake.EnrichAsync();

            Assert.Equal(5, landed.Rows);
            Assert.Equal(["1, one", "2, t,w\"o", "3, NULL", "5, five"], await lake.RowsAsync("id, v"));
            Assert.Equal(["6, type, x,bad"], await lake.RowsAsync("_row, rule, raw", "t__quarantine"));
        }
    }

    [Theory]
    [MemberData(nameof(Ends))]
    public async Task JsonLines_OfAnyLineEnd_GivesTheSameRows(string end)
    {
        using IngestLake lake = new("files: \"*.jsonl\", mode: append", Columns);
        lake.Put("a.jsonl", string.Join(end, "{\"id\":1,\"v\":\"one\"}", "", "{\"id\":2}", "{\"id\":", "{\"id\":4}"));

        StepOutcome landed = await lake.LandAsync();
        await lake.EnrichAsync();

        Assert.Equal(4, landed.Rows);
        Assert.Equal(["1, one", "2, NULL", "4, NULL"], await lake.RowsAsync("id, v"));
        Assert.Equal(["4, malformed"], await lake.RowsAsync("_row, rule", "t__quarantine"));
    }

    /// <summary>A carriage return that ends no line is in no value without a word.</summary>
    [Theory]
    [InlineData("id,v\n1,a\rb\n2,c\n")]
    [InlineData("id,v\n1,a\r\n2,c\n1,\rb\n")]
    public async Task Csv_ReturnInsideAPlainField_IsQuarantined(string text)
    {
        using IngestLake lake = new("files: \"*.csv\", mode: append", Columns, threshold: 1);
        lake.Put("a.csv", text);

        await lake.RunAsync();

        Assert.Contains("2, c", await lake.RowsAsync("id, v"));
        Assert.Equal(["malformed"], await lake.RowsAsync("rule", "t__quarantine"));
    }

    [Fact]
    public async Task Csv_BreaksInsideQuotes_StayAsTheyAre()
    {
        using IngestLake lake = new("files: \"*.csv\", mode: append", Columns);
        lake.Put("a.csv", "id,v\n1,\"a\rb\"\n2,\"a\r\nb\"\n3,\"a\nb\"\n");

        await lake.RunAsync();

        Assert.Equal(["1, 0d", "2, 0d0a", "3, 0a"], await lake.RowsAsync("id, lower(hex(v[2:-2]))"));
    }
}
