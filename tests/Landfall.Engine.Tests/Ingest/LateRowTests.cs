using Landfall.Engine.Steps;
using Landfall.Testing.Ingest;

namespace Landfall.Engine.Tests.Ingest;

/// <summary>What becomes of files and rows that come late or go away at the source.</summary>
public sealed class LateRowTests
{
    private static readonly string[] Columns =
        ["name: id, logicalType: integer, physicalType: int", "name: day, logicalType: date"];

    [Fact]
    public async Task Append_LateFile_IsAddedAndADeletedOneStays()
    {
        using IngestLake lake = new("files: \"*.csv\", mode: append", Columns);
        lake.Put("2026-05-02.csv", "id,day\n2,2026-05-02\n");
        await lake.RunAsync();
        File.Delete(Path.Combine(lake.Source, "2026-05-02.csv"));
        lake.Put("2026-05-01.csv", "id,day\n1,2026-05-01\n");
        await lake.RunAsync();

        string[] rows = ["1, 2026-05-01", "2, 2026-05-02"];
        Assert.Equal(rows, await lake.RowsAsync());
        File.Delete(Path.Combine(lake.Source, "2026-05-01.csv"));
        Assert.Equal(StepState.UpToDate, (await lake.LandAsync()).State);
        await lake.EnrichAsync(fullRefresh: true);
        Assert.Equal(rows, await lake.RowsAsync());
    }

    [Fact]
    public async Task Snapshot_NextCopy_TakesDeletedRowsAway()
    {
        using IngestLake lake = new("files: \"*.csv\", mode: snapshot, sourceTime: name", Columns);
        lake.Put("2026-05-02.csv", "id,day\n1,2026-05-01\n2,2026-05-02\n");
        await lake.RunAsync();
        lake.Put("2026-05-03.csv", "id,day\n2,2026-05-02\n");
        await lake.RunAsync();
        Assert.Equal(["2, 2026-05-02"], await lake.RowsAsync());

        lake.Put("2026-05-01.csv", "id,day\n7,2026-05-01\n");
        Assert.Equal(StepState.UpToDate, (await lake.RunAsync()).State);
        Assert.Equal(["2, 2026-05-02"], await lake.RowsAsync());
        Assert.Equal(3, (await lake.RegisterAsync()).Entries.Length);

        File.Delete(Path.Combine(lake.Source, "2026-05-03.csv"));
        await lake.RunAsync();
        Assert.Equal(["2, 2026-05-02"], await lake.RowsAsync());
    }
}
