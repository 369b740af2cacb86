using Landfall.Delta.Log;
using Landfall.Estate;

namespace Landfall.Delta.Tests.Log;

public sealed class LogCleanerTests
{
    private readonly TestTable _table = new();
    private DateTimeOffset _start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static CancellationToken None => CancellationToken.None;

    [Fact]
    public async Task Commit_AtACheckpoint_DeletesWhatAnOldCheckpointStandsInFor()
    {
        await GrowAsync(50);

        // Version 50 was committed as 20 February began; version 20 30 days before.
        Assert.Equal(20, OldestCommit());
        Assert.DoesNotContain(_table.Store.Names, n => string.CompareOrdinal(n, LogFiles.Prefix(20)) < 0);
        Assert.Contains(LogFiles.Checkpoint(20), _table.Store.Names);
        Assert.Equal(50, (await _table.LoadAsync()).Files.Length);
    }

    [Fact]
    public async Task Clean_OldVersions_AreGoneWithACodeAndNewerOnesStay()
    {
        await GrowAsync(50);

        LandfallException gone = await Assert.ThrowsAnyAsync<LandfallException>(
            () => _table.Delta.TryLoadAsync(19, None));

        Assert.Equal("LF4204", gone.Code);
        for (int version = 20; version <= 50; version++)
        {
            Assert.Equal(version, (await _table.Delta.TryLoadAsync(version, None))!.Files.Length);
        }

        Assert.Equal(31, (await _table.Delta.HistoryAsync(null, None)).Count);
    }

    [Theory]
    [InlineData(29, 59, false)]
    [InlineData(0, 0, true)]
    public async Task Clean_CutoffIsMidnight_WhateverTheHour(int hourOfCommit, int minute, bool goes)
    {
        // Version 10 on 11 January; the cutoff on 10 February at noon is midnight of 11 January.
        TimeSpan late = goes ? TimeSpan.Zero : new TimeSpan(0, hourOfCommit, minute);
        await GrowAsync(11, late);
        Snapshot snapshot = await _table.LoadAsync();

        _table.Clock.Now = new(2026, 2, 10, 12, 0, 0, TimeSpan.Zero);
        int deleted = await _table.Delta.CleanLogAsync(snapshot, None);

        Assert.Equal(goes, deleted > 0);
    }

    [Fact]
    public async Task Clean_WithoutACheckpointThatOld_DeletesNothing()
    {
        await GrowAsync(9);
        _table.Clock.Now = _table.Clock.Now.AddYears(1);

        Assert.Equal(0, await _table.Delta.CleanLogAsync(await _table.LoadAsync(), None));
        Assert.Equal(0, OldestCommit());
    }

    [Fact]
    public async Task Clean_CheckpointDamaged_DeletesNothingAndFailsNoCommit()
    {
        await GrowAsync(29);
        foreach (string name in _table.Store.Names.Where(n => n.EndsWith(".parquet", StringComparison.Ordinal)))
        {
            _table.Store[name] = "damaged";
        }

        At(50);
        Committed committed = await AppendAsync(30);
        At(80);
        Snapshot snapshot = await _table.LoadAsync();
        _table.Store[LogFiles.Checkpoint(30)] = "damaged";

        Assert.Equal(30, committed.Version);
        await Assert.ThrowsAsync<CorruptTableException>(() => _table.Delta.CleanLogAsync(snapshot, None));
        Assert.Equal(0, OldestCommit());
    }

    [Fact]
    public async Task Commit_CleaningFails_StandsAndSaysWhy()
    {
        await GrowAsync(19);
        _table.Store[LogFiles.Checkpoint(10)] = "damaged";
        At(60);

        Committed committed = await AppendAsync(20);

        Assert.Equal(20, committed.Version);
        Assert.NotNull(committed.CheckpointFailure);
        Assert.Contains(LogFiles.Checkpoint(20), _table.Store.Names);
        Assert.Equal(0, OldestCommit());
    }

    [Theory]
    [InlineData("delta.enableExpiredLogCleanup", "false", 0)]
    [InlineData("delta.logRetentionDuration", "interval 1 month", 0)]
    [InlineData("delta.logRetentionDuration", "interval 5 days", 40)]
    public async Task Commit_PropertiesOfTheTable_AreRespected(string key, string value, int oldest)
    {
        _table.Clock.Now = _start;
        await _table.CreateAsync((key, value));
        await GrowAsync(50, created: true);

        Assert.Equal(oldest, OldestCommit());
    }

    [Fact]
    public async Task Clean_TimesOfACopiedLake_NeedBothTheFileAndTheCommitToBeOld()
    {
        await GrowAsync(29);
        _table.Store.Now = DateTimeOffset.UnixEpoch;
        string first = LogFiles.Commit(10);
        string text = _table.Store[first]!;
        _table.Store[first] = text;

        // The files look ancient, the commits say otherwise.
        Assert.Equal(0, await _table.Delta.CleanLogAsync(await _table.LoadAsync(), None));
    }

    [Fact]
    public async Task Clean_StoppedInBetween_LeavesAReadableTableAndFinishesLater()
    {
        await GrowAsync(29);
        Snapshot snapshot = await _table.LoadAsync();
        IReadOnlyList<string> expired = LogCleaner.Expired(_table.Store.Names, 20);
        for (int done = 0; done <= expired.Count; done++)
        {
            if (done > 0)
            {
                await _table.Store.DeleteAsync(expired[done - 1], None);
            }

            Assert.Equal(29, (await _table.LoadAsync()).Files.Length);
            Assert.Equal(22, (await _table.Delta.TryLoadAsync(22, None))!.Files.Length);
            await AssertReadableOrGoneAsync(15);
        }

        Assert.Equal(29, (await _table.Delta.UpdateAsync(snapshot, None)).Version);
    }

    [Fact]
    public void Expired_KnownFilesOnly_ByTheLastVersionTheyAreAbout()
    {
        string[] names =
        [
            "00000000000000000004.json", "00000000000000000004.crc", "00000000000000000003.checkpoint.parquet",
            "00000000000000000003.checkpoint.0000000001.0000000002.parquet",
            "00000000000000000003.checkpoint.80a083e8-7026-4e79-81be-64bd76c43a11.json",
            "00000000000000000002.00000000000000000004.compacted.json",
            "00000000000000000002.00000000000000000007.compacted.json",
            "00000000000000000005.json", "00000000000000000009.json", "_last_checkpoint", "00000000000000000001.bak",
            "1.json", "notes.json",
        ];

        Assert.Equal(
            [names[3], names[4], names[2], names[5], names[1], names[0]], LogCleaner.Expired(names, 5));
    }

    private async Task AssertReadableOrGoneAsync(long version)
    {
        try
        {
            Assert.Equal(version, (await _table.Delta.TryLoadAsync(version, None))!.Files.Length);
        }
        catch (LandfallException e)
        {
            Assert.Equal("LF4204", e.Code);
        }
    }

    /// <summary>One commit a day, each with a file, from version 1 on.</summary>
    private async Task GrowAsync(int to, TimeSpan late = default, bool created = false)
    {
        _start += late;
        At(0);
        if (!created)
        {
            await _table.CreateAsync();
        }

        for (int version = 1; version <= to; version++)
        {
            At(version);
            await AppendAsync(version);
        }
    }

    private void At(int day) => (_table.Clock.Now, _table.Store.Now) = (_start.AddDays(day), _start.AddDays(day));

    private async Task<Committed> AppendAsync(int number)
    {
        Transaction transaction = _table.Delta.Begin(await _table.LoadAsync(), "WRITE");
        transaction.Add(TestTable.File($"f{number}"));
        return Assert.IsType<Committed>(await transaction.CommitAsync(None));
    }

    private long OldestCommit() =>
        _table.Store.Names.Where(n => LogFiles.TryParseCommit(n, out _)).Select(n => long.Parse(n[..20])).Min();
}
