using Landfall.Engine.Steps;
using Landfall.Estate;
using Landfall.Testing.Ingest;

namespace Landfall.Engine.Tests.Ingest;

public sealed class SnapshotTests
{
    private const string Csv = "files: \"*.csv\", format: csv, mode: snapshot, sourceTime: name";
    private static readonly string[] Columns = ["name: id, logicalType: string, required: true",
        "name: opened, logicalType: date"];

    [Fact]
    public async Task Copies_Several_NewestIsTheTable()
    {
        using IngestLake lake = new(Csv, Columns);
        lake.Put("t-2026-01-01.csv", "id,opened\na,2025-01-01\nb,\n");
        lake.Put("t-2026-01-02.csv", "id,opened\r\na,2025-01-01\r\n\"c \"\"x\"\",\ny\",\"\"\r\n");
        await lake.RunAsync();
        Assert.Equal(["a, 2025-01-01", "c \"x\",\\ny, NULL"], await lake.RowsAsync());

        lake.Put("t-2026-01-03.csv", "opened,id\n2025-01-01,a\n");
        await lake.RunAsync();
        Assert.Equal(["a, 2025-01-01"], await lake.RowsAsync());
    }

    [Fact]
    public async Task Copy_Unchanged_MakesNoCommit()
    {
        using IngestLake lake = new(Csv, Columns);
        lake.Put("t-2026-01-01.csv", "id,opened\na,\n");
        await lake.RunAsync();
        lake.Put("t-2026-01-02.csv", "id,opened\na,\n");

        Assert.Equal(StepState.Done, (await lake.LandAsync()).State);
        Assert.Equal(StepState.UpToDate, (await lake.EnrichAsync()).State);
        Assert.Equal(0, await lake.VersionAsync());

        lake.Put("t-2026-01-03.csv", "id,opened\nb,\n");
        await lake.RunAsync();
        Assert.Equal(["b, NULL"], await lake.RowsAsync());
    }

    [Fact]
    public async Task Copy_OlderThanTheTable_StaysInRaw()
    {
        using IngestLake lake = new(Csv, Columns);
        lake.Put("t-2026-01-05.csv", "id,opened\nnew,\n");
        await lake.RunAsync();
        lake.Put("t-2026-01-04.csv", "id,opened\nold,\n");

        Assert.Equal(StepState.Done, (await lake.LandAsync()).State);
        Assert.Equal(StepState.UpToDate, (await lake.EnrichAsync()).State);
        Assert.Equal(["new, NULL"], await lake.RowsAsync());
        Assert.Equal(2, (await lake.RegisterAsync()).Entries.Length);
    }

    [Fact]
    public async Task Csv_BadRecords_AreQuarantinedWithTheirLines()
    {
        using IngestLake lake = new(Csv + ", nullText: \"-\"", Columns, threshold: 1);
        lake.Put(
            "t-2026-01-01.csv",
            "\uFEFFid,opened\n\"multi\nline\",2025-01-01\nshort\nlong,2025-01-01,x\n"
                + "d,2025-13-01\n-,2025-01-01\nq\"q,\n\"open,2025-01-01\nlast,-");
        await lake.RunAsync();

        Assert.Equal(["4, malformed, NULL", "5, malformed, NULL", "6, type, opened", "7, required, id",
            "8, malformed, NULL", "9, malformed, NULL"],
            await lake.RowsAsync("_row, rule, column_name", "t__quarantine"));
        Assert.Equal(["last, NULL", "multi\\nline, 2025-01-01"], await lake.RowsAsync());
    }

    [Theory]
    [InlineData("opened\n2025-01-01\n", "Have the source send the column")]
    [InlineData(
        "ID,opened\na,2025-01-01\n", "If ID is meant, of which upper and lower case count too, write rename: { id:")]
    [InlineData("idd,opened\na,2025-01-01\n", "If idd is meant")]
    [InlineData("Report of 2024\n\nid,opened\na,2025-01-01\n", "Its first line is taken for the header")]
    public async Task Csv_HeaderWithoutARequiredColumn_FailsTheBatch(string text, string advice)
    {
        using IngestLake lake = new(Csv, Columns);
        lake.Put("t-2026-01-01.csv", text);

        var failed = await Assert.ThrowsAsync<LandfallException>(lake.RunAsync);

        Assert.Equal("LF4264", failed.Code);
        Assert.Contains(advice, failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Csv_ZoneOfSource_MakesInstants()
    {
        using IngestLake lake = new(
            "files: \"*.csv\", format: csv, mode: append, sourceTimeZone: Europe/Berlin",
                ["name: ts, logicalType: timestamp"]);
        lake.Put("a.csv", "ts\n2026-07-01 12:00:00\n2026-07-01T12:00:00Z\n");
        await lake.RunAsync();
        Assert.Equal(["2026-07-01 10:00:00+00", "2026-07-01 12:00:00+00"], await lake.RowsAsync("ts"));
    }
}
