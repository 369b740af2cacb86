using Landfall.Engine.Steps;
using Landfall.Estate;
using Landfall.Testing.Ingest;

namespace Landfall.Engine.Tests.Ingest;

/// <summary>
/// Known values do not become null because a source dropped their column, unless its owner accepts it.
/// </summary>
public sealed class DroppedColumnTests
{
    private const string Append = "files: \"*\", mode: append";
    private const string Snapshot = "files: \"*\", mode: snapshot";
    private const string Gone = ", customProperties: [{ property: landfall.goneFromSource, value: \"2026-05-01\" }]";
    private static readonly string[] Columns = ColumnsWith("");

    [Theory]
    [InlineData("b.csv", "id,notes\n1,x\n2,y\n")]
    [InlineData("b.jsonl", "{\"id\":1,\"notes\":\"x\"}\n")]
    public async Task Snapshot_WithoutAColumnOfKnownValues_IsRefused(string file, string text)
    {
        using IngestLake lake = new(Snapshot, Columns);
        lake.Put("a.csv", "id,note\n1,x\n");
        await lake.RunAsync();
        lake.Put(file, text, DateTimeOffset.UtcNow.AddMinutes(1));

        var refused = await Assert.ThrowsAsync<LandfallException>(lake.RunAsync);

        Assert.Equal("LF4279", refused.Code);
        Assert.Contains("the column note any more (is notes meant?)", refused.Message, StringComparison.Ordinal);
        Assert.Contains("landfall contract accept ops.inbox.t.note", refused.Message, StringComparison.Ordinal);
        Assert.Equal(["1, x"], await lake.RowsAsync());
        await Assert.ThrowsAsync<LandfallException>(() => lake.EnrichAsync(fullRefresh: true));
        Assert.Equal(["1, x"], await lake.RowsAsync());

        lake.Declare(Snapshot, ColumnsWith(Gone));
        StepOutcome accepted = await lake.RunAsync();
        Assert.Contains("1, NULL", await lake.RowsAsync());
        Assert.Contains(accepted.Warnings, w => w.Contains("note (is notes meant?)", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Snapshot_WithoutAColumnThatWasNeverKnown_IsTaken()
    {
        using IngestLake lake = new(Snapshot, Columns);
        lake.Put("a.csv", "id,note\n1,\n");
        await lake.RunAsync();
        lake.Put("b.csv", "id\n2\n", DateTimeOffset.UtcNow.AddMinutes(1));

        Assert.Equal(StepState.Done, (await lake.RunAsync()).State);
        Assert.Equal(["2, NULL"], await lake.RowsAsync());
    }

    /// <summary>New rows take no value away: they are only said to be null.</summary>
    [Fact]
    public async Task Append_OfANewFile_IsTaken()
    {
        using IngestLake lake = new(Append, Columns);
        lake.Put("a.csv", "id,note\n1,x\n");
        await lake.RunAsync();
        lake.Put("b.csv", "id\n2\n");

        Assert.Contains("note", Assert.Single((await lake.RunAsync()).Warnings), StringComparison.Ordinal);
        Assert.Equal(["1, x", "2, NULL"], await lake.RowsAsync());
    }

    [Fact]
    public async Task Append_OfNewContentOfAFile_IsRefused()
    {
        using IngestLake lake = new(Append, Columns);
        lake.Put("a.csv", "id,note\n1,x\n");
        await lake.RunAsync();
        lake.Put("a.csv", "id\n1\n2\n", DateTimeOffset.UtcNow.AddMinutes(1));

        var refused = await Assert.ThrowsAsync<LandfallException>(lake.RunAsync);

        Assert.Equal("LF4279", refused.Code);
        Assert.Equal(["1, x"], await lake.RowsAsync());
        lake.Declare(Append, ColumnsWith(Gone));
        await lake.RunAsync();
        Assert.Equal(["1, NULL", "2, NULL"], await lake.RowsAsync());
    }

    private static string[] ColumnsWith(string more) =>
        ["name: id, logicalType: integer, physicalType: int", "name: note, logicalType: string" + more];
}
