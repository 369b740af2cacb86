using System.Text.Json.Nodes;
using Landfall.Delta;
using Landfall.Engine.Maintenance;
using Landfall.Estate;
using Landfall.Testing.Delta;

namespace Landfall.Engine.Tests.Maintenance;

public sealed class TableOptimizerTests : IDisposable
{
    private static readonly string?[] Months = ["2026-01-01", null, "2026-02-01"];

    private readonly MaintainedTable _table = new();

    private static CancellationToken None => CancellationToken.None;

    public void Dispose() => _table.Dispose();

    [Fact]
    public async Task Run_ManySmallFiles_JoinsThemByPartitionAndKeepsEveryRow()
    {
        await FillAsync(12);
        string[] before = await _table.RowsAsync();

        OptimizeResult result = await _table.Optimizer.RunAsync(new(), None);

        Snapshot after = await _table.Delta.LoadAsync(None);
        Assert.Equal((1, 12, 3, 12L), (result.Commits, result.RemovedFiles, result.AddedFiles, result.Version));
        Assert.Equal(["2026-01-01", "2026-02-01", null], after.Files.Select(f => f.PartitionValues["month"])
            .OrderBy(m => m is null).ThenBy(m => m, StringComparer.Ordinal));
        Assert.Equal(before, _table.RowsOf(after));
        Assert.Equal(before, await _table.RowsAsync(11));
        Assert.Equal(result.AddedBytes, after.Files.Sum(f => f.Size));
    }

    [Fact]
    public async Task Run_JoinedFile_HasTheStatisticsOfItsRows()
    {
        await FillAsync(6);

        await _table.Optimizer.RunAsync(new(), None);

        foreach (AddFile file in (await _table.Delta.LoadAsync(None)).Files)
        {
            string path = Path.Combine(_table.Folder, file.Path).Replace("'", "''", StringComparison.Ordinal);
            string[] real = _table.Query(
                $"select count(*), min(id), max(id), min(price), max(price), count(*) - count(name) from '{path}'");
            FileStatistics s = file.Statistics!;
            Assert.Equal(
                real[0],
                $"{s.NumRecords}|{s.Min("id")}|{s.Max("id")}|{s.Min("price")}|{s.Max("price")}|{s.NullCount("name")}");
            Assert.Null(s.Min("month"));
            Assert.StartsWith("2026-01-01T00:00:", s.Min("at")!.Value.GetString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Run_Commit_ChangesNoDataAndSaysWhatItDid()
    {
        await FillAsync(6);

        await _table.Optimizer.RunAsync(new(), None);

        CommitSummary commit = (await _table.Delta.HistoryAsync(1, None))[0];
        Assert.Equal("OPTIMIZE", commit.Operation);
        Assert.False(commit.DataChange);
        Assert.Equal("SnapshotIsolation", (string?)commit.Info["isolationLevel"]);
        Assert.Equal(["auto", "clusterBy", "predicate", "zOrderBy"], commit.Parameters.Keys);
        JsonNode metrics = commit.Info["operationMetrics"]!;
        Assert.Equal(("6", "3"), ((string?)metrics["numRemovedFiles"], (string?)metrics["numAddedFiles"]));
        Assert.Equal(commit.AddedBytes.ToString(), (string?)metrics["numAddedBytes"]);
        Assert.False(await _table.Delta.DataChangedSinceAsync(5, None));
    }

    [Fact]
    public async Task Run_NothingToJoin_MakesNoCommit()
    {
        await FillAsync(6);
        await _table.Optimizer.RunAsync(new(), None);
        string[] files = _table.FilesOnDisk();

        OptimizeResult again = await _table.Optimizer.RunAsync(new(), None);

        Assert.Equal((0, 6L), (again.Commits, again.Version));
        Assert.Equal(files, _table.FilesOnDisk());
        Assert.True((await _table.Optimizer.PlanAsync(new(), None)).Bins.IsEmpty);
    }

    [Fact]
    public async Task Run_BigFile_StaysAsItIs()
    {
        await _table.AppendAsync(0, 60_000, Months[0]);
        string big = (await _table.Delta.LoadAsync(None)).Files[0].Path;
        await _table.AppendAsync(0, 10, Months[0]);
        await _table.AppendAsync(0, 10, Months[0]);

        OptimizeResult result = await _table.Optimizer.RunAsync(new() { TargetBytes = 200_000 }, None);

        Snapshot after = await _table.Delta.LoadAsync(None);
        Assert.Equal((2, 1), (result.RemovedFiles, result.AddedFiles));
        Assert.NotNull(after.FindFile(big));
    }

    [Fact]
    public async Task Run_SmallTarget_JoinsUpToItInSeveralFiles()
    {
        for (int i = 0; i < 8; i++)
        {
            await _table.AppendAsync(i * 1000, 1000, Months[0]);
        }

        long one = (await _table.Delta.LoadAsync(None)).Files.Max(f => f.Size);
        string[] before = await _table.RowsAsync();

        await _table.Optimizer.RunAsync(new() { TargetBytes = (4 * one) + 1 }, None);

        Snapshot after = await _table.Delta.LoadAsync(None);
        Assert.Equal(2, after.Files.Length);
        Assert.Equal(before, _table.RowsOf(after));
        Assert.All(after.Files, f => Assert.Equal(3999L, Width(f)));
    }

    [Fact]
    public async Task Run_AnotherWriterAppends_CommitsAllTheSame()
    {
        await FillAsync(6);
        _table.Faults.BeforeNextWrite = () => _table.AppendAsync(9000, 5, Months[0]);

        OptimizeResult result = await _table.Optimizer.RunAsync(new(), None);

        Snapshot after = await _table.Delta.LoadAsync(None);
        Assert.Equal(7, result.Version);
        Assert.Equal(4, after.Files.Length);
        Assert.Equal(await _table.RowsAsync(6), _table.RowsOf(after));
    }

    [Fact]
    public async Task Run_AnotherWriterRemovesAFile_ChoosesAnewAndLeavesNothingBehind()
    {
        await FillAsync(6);
        _table.Faults.BeforeNextWrite = RemoveOldestAsync;

        OptimizeResult result = await _table.Optimizer.RunAsync(new(), None);

        Snapshot after = await _table.Delta.LoadAsync(None);
        Assert.Equal((1, 4, 7L), (result.Commits, result.RemovedFiles, result.Version));
        Assert.Equal(await _table.RowsAsync(6), _table.RowsOf(after));
        Assert.Equal(6 + result.AddedFiles, _table.FilesOnDisk().Length);
    }

    [Fact]
    public async Task Run_AnotherWriterRewritesAgainAndAgain_GivesUpAndLeavesNothingBehind()
    {
        await FillAsync(9);
        _table.Faults.BeforeNextWrite = AgainAsync;

        LandfallException lost = await Assert.ThrowsAsync<LandfallException>(
            () => _table.Optimizer.RunAsync(new() { AttemptsMax = 3 }, None));

        Assert.Equal("LF4221", lost.Code);
        Assert.Equal(9, _table.FilesOnDisk().Length);
        Assert.Equal(11, (await _table.Delta.LoadAsync(None)).Version);

        async Task AgainAsync()
        {
            await RemoveOldestAsync();
            _table.Faults.BeforeNextWrite = AgainAsync;
        }
    }

    [Fact]
    public async Task Run_StorageFailsBetweenBatches_KeepsWhatWasJoinedAndFinishesLater()
    {
        await FillAsync(9);
        string[] before = await _table.RowsAsync();
        _table.Faults.FailAt = 2;

        await Assert.ThrowsAsync<StorageException>(() => _table.Optimizer.RunAsync(new() { BatchBytes = 1 }, None));

        Snapshot between = await _table.Delta.LoadAsync(None);
        Assert.Equal((9L, 7), (between.Version, between.Files.Length));
        Assert.Equal(before, _table.RowsOf(between));
        OptimizeResult rest = await _table.Optimizer.RunAsync(new() { BatchBytes = 1 }, None);
        Assert.Equal(2, rest.Commits);
        Assert.Equal(before, await _table.RowsAsync());
    }

    [Fact]
    public async Task Run_StatisticsSayOtherRows_RefusesAndLeavesNothingBehind()
    {
        await FillAsync(3);
        Snapshot snapshot = await _table.Delta.LoadAsync(None);
        Transaction lie = _table.Delta.Begin(snapshot, "WRITE");
        AddFile file = snapshot.Files.First(f => f.PartitionValues["month"] is null);
        lie.Add(file with { Path = "./" + file.Path, Statistics = FileStatistics.Of("""{"numRecords":11}""") });
        await MaintainedTable.CommitAsync(lie);

        LandfallException refused = await Assert.ThrowsAsync<LandfallException>(
            () => _table.Optimizer.RunAsync(new(), None));

        Assert.Equal("LF4222", refused.Code);
        Assert.Equal(3, _table.FilesOnDisk().Length);
        Assert.Equal(3, (await _table.Delta.LoadAsync(None)).Version);
    }

    [Fact]
    public async Task Run_FilesOlderThanAColumn_GivesThemNulls()
    {
        await _table.AppendAsync(0, 5, Months[0]);
        Transaction wider = _table.Delta.Begin(await _table.Delta.LoadAsync(None), "CHANGE SCHEMA");
        TableSchema schema = new(
            [.. MaintainedTable.Schema.Fields, new("extra", Landfall.Estate.Types.DataType.String)]);
        wider.SetSchema(schema, ["month"]);
        await MaintainedTable.CommitAsync(wider);
        await _table.AppendAsync(5, 5, Months[0]);

        await _table.Optimizer.RunAsync(new(), None);

        AddFile joined = Assert.Single((await _table.Delta.LoadAsync(None)).Files);
        Assert.Equal((10L, 10L), (joined.Statistics!.NumRecords, joined.Statistics.NullCount("extra")));
    }

    [Fact]
    public async Task Run_NoTable_Refuses()
    {
        LandfallException none = await Assert.ThrowsAsync<LandfallException>(
            () => _table.Optimizer.RunAsync(new(), None));

        Assert.Equal("LF4207", none.Code);
    }

    [Fact]
    public async Task ChangedFiles_AcrossOptimizeAndRestore_GiveTheRowsThatChanged()
    {
        await _table.AppendAsync(0, 4, Months[0]);
        await _table.AppendAsync(4, 4, Months[0]);
        await _table.Optimizer.RunAsync(new(), None);
        await _table.Restorer.RunAsync(1, new(), None);

        ChangedFiles changed = await _table.Delta.ChangedFilesAsync(0, 3, None);

        string added = Storage(changed.Added);
        string removed = Storage(changed.Removed);
        Assert.Equal(["4", "5", "6", "7"], _table.Query($"({added}) except all ({removed}) order by id"));
        Assert.Empty(_table.Query($"({removed}) except all ({added})"));

        string Storage(IEnumerable<AddFile> files) => "select id from ("
            + Landfall.Engine.DuckDb.Storage.DeltaScan.Sql(_table.Folder, MaintainedTable.Schema, [.. files]) + ")";
    }

    [Fact]
    public async Task Compaction_OfTheManagementZone_RunsWhereManyFilesHaveGathered()
    {
        for (int i = 0; i < PlatformCompaction.FilesMax - 1; i++)
        {
            await _table.AppendAsync(i, 1, null);
        }

        Assert.Null(await JoinAsync());
        await _table.AppendAsync(1000, 1, null);
        OptimizeResult joined = (await JoinAsync())!;

        Assert.Equal((1, PlatformCompaction.FilesMax, 1), (joined.Commits, joined.RemovedFiles, joined.AddedFiles));
        Assert.Null(await JoinAsync());
        Assert.Equal("true", (await _table.Delta.HistoryAsync(1, None))[0].Parameters["auto"]);
        Assert.Equal(PlatformCompaction.FilesMax, (await _table.RowsAsync()).Length);

        Task<OptimizeResult?> JoinAsync() =>
            PlatformCompaction.CompactAsync(_table.Optimizer, None);
    }

    private static long Width(AddFile file) =>
        file.Statistics!.Max("id")!.Value.GetInt64() - file.Statistics.Min("id")!.Value.GetInt64();

    /// <summary>Appends small files, the months in turn.</summary>
    private async Task FillAsync(int files)
    {
        for (int i = 0; i < files; i++)
        {
            await _table.AppendAsync(i * 10, 10, Months[i % 3]);
        }
    }

    private async Task RemoveOldestAsync()
    {
        Snapshot snapshot = await _table.Delta.LoadAsync(None);
        Transaction transaction = _table.Delta.Begin(snapshot, "DELETE");
        transaction.Remove(snapshot.Files.MinBy(f => f.Statistics!.Min("id")!.Value.GetInt64())!);
        await MaintainedTable.CommitAsync(transaction);
    }
}
