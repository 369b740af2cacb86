using System.Text.Json.Nodes;
using Landfall.Delta;
using Landfall.Engine.Maintenance;
using Landfall.Estate;
using Landfall.Testing.Delta;

namespace Landfall.Engine.Tests.Maintenance;

public sealed class TableRestorerTests : IDisposable
{
    private readonly MaintainedTable _table = new();

    private static CancellationToken None => CancellationToken.None;

    public void Dispose() => _table.Dispose();

    [Fact]
    public async Task Run_EarlierVersion_BringsItsRowsSchemaAndPropertiesBackInANewCommit()
    {
        await FillAsync();
        Transaction change = _table.Delta.Begin(await _table.Delta.LoadAsync(None), "OVERWRITE");
        TableSchema wider = new([.. MaintainedTable.Schema.Fields, new("x", Landfall.Estate.Types.DataType.Int)]);
        change.SetSchema(wider, ["month"]);
        change.SetProperty("owner", "somebody");
        change.RemoveAll();
        await MaintainedTable.CommitAsync(change);

        RestoreResult result = await _table.Restorer.RunAsync(1, new(), None);

        Snapshot after = await _table.Delta.LoadAsync(None);
        Snapshot then = (await _table.Delta.TryLoadAsync(1, None))!;
        Assert.Equal((true, 4L, 2, 0), (result.Changed, result.Version, result.RestoredFiles, result.RemovedFiles));
        Assert.Equal(await _table.RowsAsync(1), _table.RowsOf(after));
        Assert.Equal(then.Metadata, after.Metadata);
        CommitSummary commit = (await _table.Delta.HistoryAsync(1, None))[0];
        Assert.Equal(("RESTORE", "1", true), (commit.Operation, commit.Parameters["version"], commit.DataChange));
        JsonNode metrics = commit.Info["operationMetrics"]!;
        Assert.Equal(("2", "2"), ((string?)metrics["numRestoredFiles"], (string?)metrics["numOfFilesAfterRestore"]));
        Assert.Empty(await _table.RowsAsync(3));
        Assert.Equal(then.Files[0].Statistics!.Json, after.FindFile(then.Files[0].Path)!.Statistics!.Json);
    }

    [Fact]
    public async Task Run_NothingDiffers_MakesNoCommit()
    {
        await FillAsync();

        RestoreResult result = await _table.Restorer.RunAsync(2, new(), None);

        Assert.Equal((false, 2L), (result.Changed, result.Version));
    }

    [Fact]
    public async Task Run_FilesGone_RefusesNamingThemAndChangesNothing()
    {
        await FillAsync();
        Transaction empty = _table.Delta.Begin(await _table.Delta.LoadAsync(None), "DELETE");
        empty.RemoveAll();
        await MaintainedTable.CommitAsync(empty);
        _table.Clock.Offset = TimeSpan.FromDays(8);
        await _table.Vacuum.RunAsync(new(), None);

        LandfallException refused = await Assert.ThrowsAnyAsync<LandfallException>(
            () => _table.Restorer.RunAsync(0, new(), None));

        Snapshot then = (await _table.Delta.TryLoadAsync(0, None))!;
        Assert.Equal("LF4226", refused.Code);
        Assert.Contains(then.Files[0].Path, refused.Message, StringComparison.Ordinal);
        Assert.Equal(5, (await _table.Delta.LoadAsync(None)).Version);
    }

    [Fact]
    public async Task Run_FileOfAnotherSize_Refuses()
    {
        await FillAsync();
        Snapshot full = await _table.Delta.LoadAsync(None);
        Transaction empty = _table.Delta.Begin(full, "DELETE");
        empty.RemoveAll();
        await MaintainedTable.CommitAsync(empty);
        await File.AppendAllTextAsync(Path.Combine(_table.Folder, full.Files[0].Path), "x", None);

        LandfallException refused = await Assert.ThrowsAnyAsync<LandfallException>(
            () => _table.Restorer.RunAsync(2, new(), None));

        Assert.Equal("LF4226", refused.Code);
    }

    [Theory]
    [InlineData(9, "LF4203")]
    [InlineData(-1, "LF4203")]
    public async Task Run_NoSuchVersion_Refuses(long version, string code)
    {
        await FillAsync();

        LandfallException refused = await Assert.ThrowsAnyAsync<LandfallException>(
            () => _table.Restorer.RunAsync(version, new(), None));

        Assert.Equal(code, refused.Code);
    }

    [Fact]
    public async Task Run_AnotherWriterAppendsMeanwhile_LosesRatherThanUndoingItUnseen()
    {
        await FillAsync();
        _table.Faults.BeforeNextWrite = () => _table.AppendAsync(100, 10, null);

        LandfallException lost = await Assert.ThrowsAnyAsync<LandfallException>(
            () => _table.Restorer.RunAsync(1, new(), None));

        Assert.Equal("LF4227", lost.Code);
        Assert.Equal(40, (await _table.RowsAsync()).Length);
    }

    [Fact]
    public async Task Run_StorageFails_LeavesTheTableAsItWas()
    {
        await FillAsync();
        _table.Faults.FailAt = 1;

        await Assert.ThrowsAsync<StorageException>(() => _table.Restorer.RunAsync(1, new(), None));

        Assert.Equal(30, (await _table.RowsAsync()).Length);
        Assert.Equal(2, (await _table.Delta.LoadAsync(None)).Version);
    }

    [Fact]
    public async Task Run_RecordOfTheBuild_GoesBackWithTheContent()
    {
        await BuildAsync(1);
        await BuildAsync(2);
        await BuildAsync(3);

        await _table.Restorer.RunAsync(0, new(), None);
        Assert.Equal(1, await BuiltAsync());
        await _table.Optimizer.RunAsync(new(), None);
        Assert.Equal(1, await BuiltAsync());
        await BuildAsync(4);
        Assert.Equal(4, await BuiltAsync());
        await _table.Restorer.RunAsync(2, new(), None);
        Assert.Equal(3, await BuiltAsync());
    }

    [Fact]
    public async Task Run_VersionWithoutRecord_HidesLaterOnes()
    {
        await _table.AppendAsync(0, 10, null);
        await BuildAsync(1);

        await _table.Restorer.RunAsync(0, new(), None);

        Assert.Null(await _table.Delta.LatestInfoAsync("landfall", None));
    }

    [Fact]
    public async Task Run_ApplicationsToRewind_GoBackToo()
    {
        await FillAsync();
        Transaction load = _table.Delta.Begin(await _table.Delta.LoadAsync(None), "WRITE");
        load.SetTransaction("batch", 7);
        load.SetTransaction("step", 7);
        load.RemoveAll();
        await MaintainedTable.CommitAsync(load);

        await _table.Restorer.RunAsync(2, new() { Rewinds = a => a == "batch" }, None);

        Snapshot after = await _table.Delta.LoadAsync(None);
        Assert.Equal((0L, 7L), (after.TransactionVersion("batch"), after.TransactionVersion("step")));
    }

    [Fact]
    public async Task VersionAt_Times_GivesTheNewestCommittedByThen()
    {
        for (int day = 0; day < 3; day++)
        {
            _table.Clock.Offset = TimeSpan.FromDays(day);
            await _table.AppendAsync(day, 1, null);
        }

        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        Assert.Equal(1, await _table.Restorer.VersionAtAsync(now.AddDays(1.5), None));
        Assert.Equal(2, await _table.Restorer.VersionAtAsync(now.AddDays(9), None));
        LandfallException none = await Assert.ThrowsAnyAsync<LandfallException>(
            () => _table.Restorer.VersionAtAsync(now.AddDays(-1), None));
        Assert.Equal("LF4203", none.Code);
    }

    private async Task FillAsync()
    {
        for (int i = 0; i < 3; i++)
        {
            await _table.AppendAsync(i * 10, 10, i == 0 ? null : "2026-01-01");
        }
    }

    private async Task BuildAsync(int number)
    {
        Snapshot? before = await _table.Delta.TryLoadAsync(null, None);
        Transaction build = _table.Delta.Begin(before, "WRITE");
        if (before is null)
        {
            build.SetSchema(MaintainedTable.Schema, ["month"]);
        }

        foreach (var file in _table.Write(number * 10, 10, null))
        {
            build.Add(file.ToAddFile(_table.Clock.GetUtcNow()));
        }

        build.SetInfo("landfall", new JsonObject { ["build"] = number });
        await MaintainedTable.CommitAsync(build);
    }

    private async Task<int?> BuiltAsync() => (int?)(await _table.Delta.LatestInfoAsync("landfall", None))?["build"];
}
