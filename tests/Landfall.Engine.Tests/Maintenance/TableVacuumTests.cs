using System.Text.Json.Nodes;
using Landfall.Delta;
using Landfall.Engine.Maintenance;
using Landfall.Estate;
using Landfall.Testing.Delta;

namespace Landfall.Engine.Tests.Maintenance;

public sealed class TableVacuumTests : IDisposable
{
    private readonly MaintainedTable _table = new();

    private static CancellationToken None => CancellationToken.None;

    public void Dispose() => _table.Dispose();

    [Fact]
    public async Task Plan_FilesNobodyNeeds_AreListedAndNothingIsDeleted()
    {
        await FillAsync();
        string[] before = _table.FilesOnDisk();
        _table.Clock.Offset = TimeSpan.FromDays(8);

        VacuumPlan plan = await _table.Vacuum.PlanAsync(new(), None);

        Assert.Equal(4, plan.Files.Length);
        Assert.Equal(TimeSpan.FromDays(7), plan.Retention);
        Assert.Equal(before, _table.FilesOnDisk());
        Assert.Equal(4, (await _table.Delta.LoadAsync(None)).Version);
    }

    [Fact]
    public async Task Run_AfterTheRetention_DeletesFilesAndTheirFoldersAndKeepsTheTable()
    {
        await FillAsync();
        string[] rows = await _table.RowsAsync();
        _table.Clock.Offset = TimeSpan.FromDays(8);

        VacuumResult result = await _table.Vacuum.RunAsync(new(), None);

        Snapshot after = await _table.Delta.LoadAsync(None);
        Assert.Equal((4, 4, 6L), (result.DeletedFiles, result.DeletedFolders, result.Version));
        Assert.Equal([.. after.Files.Select(f => f.Path)], _table.FilesOnDisk());
        Assert.Equal(rows, _table.RowsOf(after));
        IReadOnlyList<CommitSummary> history = await _table.Delta.HistoryAsync(2, None);
        Assert.Equal(["VACUUM END", "VACUUM START"], history.Select(c => c.Operation));
        Assert.Equal("COMPLETED", history[0].Parameters["status"]);
        Assert.Equal("604800000", history[1].Parameters["defaultRetentionMillis"]);
        JsonNode metrics = history[0].Info["operationMetrics"]!;
        Assert.Equal("4", (string?)metrics["numDeletedFiles"]);
        Assert.All(history, c => Assert.False(c.DataChange));
    }

    [Fact]
    public async Task Run_NothingToDelete_MakesNoCommit()
    {
        await FillAsync();

        VacuumResult result = await _table.Vacuum.RunAsync(new(), None);

        Assert.Equal((0, 4L), (result.DeletedFiles, result.Version));
    }

    [Fact]
    public async Task Plan_YoungTombstoneOfAnOldFile_KeepsTheFile()
    {
        await _table.AppendAsync(0, 5, null);
        await _table.AppendAsync(5, 5, null);
        string[] files = _table.FilesOnDisk();
        Array.ForEach(files, f => _table.Age(f, 30));
        await _table.Optimizer.RunAsync(new(), None);

        Assert.Empty((await _table.Vacuum.PlanAsync(new(), None)).Files);
        _table.Clock.Offset = TimeSpan.FromDays(7.1);
        Assert.Equal(files, (await _table.Vacuum.PlanAsync(new(), None)).Files.Select(f => f.Path));
    }

    [Fact]
    public async Task Plan_OtherFilesInTheFolder_GoByAgeAndName()
    {
        await _table.AppendAsync(0, 5, null);
        string stray = _table.Put("s-left/part-1.parquet", 8);
        string changes = _table.Put("_change_data/cdc-1.parquet", 8);
        string named = _table.Put("_zone=a/part-3.parquet", 8);
        _table.Put("s-running/part-2.parquet", 6);
        _table.Put("_change_data/cdc-2.parquet", 6);
        _table.Put("_tmp/part-4.parquet", 30);
        _table.Put(".hidden/part-5.parquet", 30);
        _table.Put("s-left/_marker", 30);
        _table.Put("s-left/.part-6.parquet.crc", 30);
        _table.Put("nested/_delta_log/00000000000000000000.json", 30);
        _table.Put("nested/part-7.parquet", 30);

        VacuumPlan plan = await _table.Vacuum.PlanAsync(new(), None);

        Assert.Equal([changes, named, stray], plan.Files.Select(f => f.Path));
    }

    [Fact]
    public async Task Plan_PathsWithEscapesAndAbsolutePaths_AreRecognised()
    {
        await _table.AppendAsync(0, 5, null);
        string escaped = _table.Put("a%20b=ü/100% sure.parquet", 30);
        string absolute = _table.Put("abs/part-1.parquet", 30);
        string linked = _table.Put("other/part-2.parquet", 30);
        string outside = Path.Combine(Path.GetDirectoryName(_table.Folder)!, "outside.parquet");
        File.WriteAllText(outside, "content");
        string gone = _table.Put("a%20b=ü/gone.parquet", 30);
        await AddAsync(escaped, Path.Combine(_table.Folder, absolute), "/elsewhere/part-2.parquet", outside);

        VacuumPlan plan = await _table.Vacuum.PlanAsync(new(), None);

        Assert.Equal([gone], plan.Files.Select(f => f.Path));
        Assert.DoesNotContain(linked, plan.Files.Select(f => f.Path));
    }

    [Fact]
    public async Task Plan_SymbolicLinks_AreNotFollowed()
    {
        await _table.AppendAsync(0, 5, null);
        string elsewhere = Path.Combine(Path.GetDirectoryName(_table.Folder)!, "elsewhere");
        Directory.CreateDirectory(elsewhere);
        string precious = Path.Combine(elsewhere, "precious.parquet");
        File.WriteAllText(precious, "content");
        File.SetLastWriteTimeUtc(precious, DateTime.UnixEpoch);
        Directory.CreateSymbolicLink(Path.Combine(_table.Folder, "link"), elsewhere);

        Assert.Empty((await _table.Vacuum.PlanAsync(new(), None)).Files);
    }

    [Fact]
    public async Task Run_TableKeepsFilesForAnotherTime_IsRespected()
    {
        await FillAsync();
        await SetAsync("delta.deletedFileRetentionDuration", "interval 2 weeks 1 day");
        _table.Clock.Offset = TimeSpan.FromDays(14.5);
        Assert.Empty((await _table.Vacuum.PlanAsync(new(), None)).Files);
        _table.Clock.Offset = TimeSpan.FromDays(15.5);
        Assert.Equal(4, (await _table.Vacuum.PlanAsync(new(), None)).Files.Length);
    }

    [Theory]
    [InlineData("interval 1 month")]
    [InlineData("soon")]
    public async Task Plan_RetentionNotUnderstood_Refuses(string retention)
    {
        await FillAsync();
        await SetAsync("delta.deletedFileRetentionDuration", retention);

        await RefusesAsync("LF4225", new());
        await RefusesAsync("LF4224", new() { Retention = TimeSpan.FromDays(6) });
        await _table.Vacuum.PlanAsync(new() { Retention = TimeSpan.FromDays(7) }, None);
    }

    [Fact]
    public async Task Plan_ShorterRetention_NeedsToBeMeant()
    {
        await FillAsync();
        _table.Clock.Offset = TimeSpan.FromDays(2);

        await RefusesAsync("LF4224", new() { Retention = TimeSpan.FromHours(1) });
        VacuumPlan plan = await _table.Vacuum.PlanAsync(
            new() { Retention = TimeSpan.FromHours(1), MayBreakReaders = true }, None);

        Assert.Equal(4, plan.Files.Length);
    }

    [Fact]
    public async Task Plan_NoRetentionAtAll_KeepsFilesOfTheDayUnlessWritersAreAway()
    {
        await FillAsync();
        VacuumOptions options = new() { Retention = TimeSpan.Zero, MayBreakReaders = true };
        _table.Clock.Offset = TimeSpan.FromHours(1);

        Assert.Empty((await _table.Vacuum.PlanAsync(options, None)).Files);
        Assert.Equal(
            4, (await _table.Vacuum.PlanAsync(options with { WritersExcluded = true }, None)).Files.Length);
    }

    [Fact]
    public async Task Plan_ClockBeforeTheLastCommit_Refuses()
    {
        await FillAsync();
        _table.Clock.Offset = TimeSpan.FromHours(-1);

        await RefusesAsync("LF4223", new());
    }

    [Fact]
    public async Task Plan_TableOfAnotherWriter_RefusesByItsProtocol()
    {
        await FillAsync();
        string first = Path.Combine(_table.Folder, "_delta_log", "00000000000000000000.json");
        string text = await File.ReadAllTextAsync(first, None);
        await File.WriteAllTextAsync(
            first,
            text.Replace("landfallSha256", "noHash", StringComparison.Ordinal).Replace(
                "\"minWriterVersion\":2",
                "\"minWriterVersion\":7,\"writerFeatures\":[\"vacuumProtocolCheck\"]", StringComparison.Ordinal),
            None);
        foreach (string checksum in Directory.GetFiles(Path.GetDirectoryName(first)!, "*.crc"))
        {
            File.Delete(checksum);
        }

        UnsupportedTableException refused = await Assert.ThrowsAsync<UnsupportedTableException>(
            () => _table.Vacuum.PlanAsync(new(), None));

        Assert.Equal("vacuumProtocolCheck", refused.Feature);
    }

    [Fact]
    public async Task Run_StoppedAfterItsStart_FinishesTheNextTime()
    {
        await FillAsync();
        _table.Clock.Offset = TimeSpan.FromDays(8);
        VacuumPlan plan = await _table.Vacuum.PlanAsync(new(), None);
        _table.Faults.FailAt = 3;
        await Assert.ThrowsAsync<StorageException>(() => _table.Vacuum.RunAsync(new(), None));
        string[] rows = await _table.RowsAsync();
        _table.Put(plan.Files[0].Path, 8);

        VacuumResult rest = await _table.Vacuum.RunAsync(new(), None);

        Assert.Equal((1, 7L), (rest.DeletedFiles, rest.Version));
        Assert.Equal(rows, await _table.RowsAsync());
    }

    [Fact]
    public async Task Run_AFileComesBackMeanwhile_IsKept()
    {
        await FillAsync();
        _table.Clock.Offset = TimeSpan.FromDays(8);
        _table.Faults.BeforeNextWrite =
            () => new TableRestorer(_table.Folder, _table.Delta, _table.Clock).RunAsync(3, new(), None);

        VacuumResult result = await _table.Vacuum.RunAsync(new(), None);

        Assert.Equal(0, result.DeletedFiles);
        Assert.Equal(await _table.RowsAsync(3), await _table.RowsAsync());
    }

    [Fact]
    public async Task Run_OldEmptyFolders_Go()
    {
        await _table.AppendAsync(0, 5, null);
        string old = Path.Combine(_table.Folder, "s-old");
        string fresh = Path.Combine(_table.Folder, "s-fresh");
        Directory.CreateDirectory(old);
        Directory.CreateDirectory(fresh);
        Directory.SetLastWriteTimeUtc(old, TimeProvider.System.GetUtcNow().UtcDateTime.AddDays(-9));

        VacuumResult result = await _table.Vacuum.RunAsync(new(), None);

        Assert.Equal(1, result.DeletedFolders);
        Assert.Equal((false, true), (Directory.Exists(old), Directory.Exists(fresh)));
    }

    /// <summary>Four files of one partition, joined into one: four may go when they are old enough.</summary>
    private async Task FillAsync()
    {
        for (int i = 0; i < 4; i++)
        {
            await _table.AppendAsync(i * 10, 10, null);
        }

        await _table.Optimizer.RunAsync(new(), None);
    }

    private async Task AddAsync(params string[] paths)
    {
        Transaction transaction = _table.Delta.Begin(await _table.Delta.LoadAsync(None), "WRITE");
        foreach (string path in paths)
        {
            transaction.Add(new()
            {
                Path = path,
                Size = 7,
                ModificationTime = 1,
                PartitionValues = AddFile.NoPartition.Add("month", null),
            });
        }

        await MaintainedTable.CommitAsync(transaction);
    }

    private async Task SetAsync(string key, string value)
    {
        Transaction transaction = _table.Delta.Begin(await _table.Delta.LoadAsync(None), "SET TBLPROPERTIES");
        transaction.SetProperty(key, value);
        await MaintainedTable.CommitAsync(transaction);
    }

    private async Task RefusesAsync(string code, VacuumOptions options)
    {
        LandfallException refused = await Assert.ThrowsAsync<LandfallException>(
            () => _table.Vacuum.PlanAsync(options, None));
        Assert.Equal(code, refused.Code);
    }
}
