using System.Text.Json.Nodes;
using Landfall.Estate;
using Landfall.Testing.Delta;

namespace Landfall.Delta.Tests;

public sealed class DeltaTableTests
{
    private const string Protocol = """{"protocol":{"minReaderVersion":1,"minWriterVersion":2}}""";

    private const string Metadata = """{"metaData":{"id":"t","format":{"provider":"parquet","options":{}},"""
        + "\"schemaString\":"
        + """ "{\"type\":\"struct\",\"fields\":[{\"name\":\"id\",\"type\":\"long\",\"nullable\":"""
        + """true,\"metadata\":{}}]}","partitionColumns":[],"configuration":{}}}""";

    private readonly TestTable _table = new();

    [Fact]
    public async Task TryLoad_NoLog_IsNull() => Assert.Null(await _table.Delta.TryLoadAsync(null, TestTable.None));

    [Fact]
    public async Task Load_NoLog_Throws() =>
        Assert.Equal("LF4207", (await Assert.ThrowsAnyAsync<LandfallException>(_table.LoadAsync)).Code);

    [Fact]
    public async Task TryLoad_EveryVersion_GivesTheFilesOfThen()
    {
        await _table.CreateAsync();
        for (int i = 1; i <= 25; i++)
        {
            await _table.AppendAsync(TestTable.File($"f{i}"));
        }

        for (int version = 0; version <= 25; version++)
        {
            Snapshot snapshot = (await _table.Delta.TryLoadAsync(version, TestTable.None))!;
            Assert.Equal(version, snapshot.Version);
            Assert.Equal(version, snapshot.Files.Length);
        }
    }

    [Theory]
    [InlineData(26)]
    [InlineData(-1)]
    public async Task TryLoad_VersionThatNeverWas_Throws(long version)
    {
        await _table.CreateAsync();

        var thrown = await Assert.ThrowsAnyAsync<LandfallException>(() =>
            _table.Delta.TryLoadAsync(version, TestTable.None));

        Assert.Equal("LF4203", thrown.Code);
    }

    [Fact]
    public async Task TryLoad_LogCleanedUp_ReadsFromTheCheckpointAndRefusesOlder()
    {
        await _table.CreateAsync();
        for (int i = 1; i <= 12; i++)
        {
            await _table.AppendAsync(TestTable.File($"f{i}"));
        }

        for (int i = 0; i < 10; i++)
        {
            _table.Store[Commit(i)] = null;
        }

        Assert.Equal(12, (await _table.LoadAsync()).Files.Length);
        Assert.Equal(10, (await _table.Delta.TryLoadAsync(10, TestTable.None))!.Files.Length);
        var thrown = await Assert.ThrowsAnyAsync<LandfallException>(() => _table.Delta.TryLoadAsync(5, TestTable.None));
        Assert.Equal("LF4204", thrown.Code);
    }

    [Fact]
    public async Task Load_Gap_NamesTheMissingFile()
    {
        await _table.CreateAsync();
        await _table.AppendAsync(TestTable.File("a"));
        await _table.AppendAsync(TestTable.File("b"));
        _table.Store[Commit(1)] = null;

        var thrown = await Assert.ThrowsAsync<CorruptTableException>(_table.LoadAsync);

        Assert.Equal("_delta_log/00000000000000000001.json", thrown.File);
    }

    [Theory]
    [InlineData(Protocol, "metaData")]
    [InlineData(Metadata, "protocol")]
    public async Task Load_WithoutProtocolOrMetadata_Throws(string line, string missing)
    {
        _table.Store[Commit(0)] = line;

        var thrown = await Assert.ThrowsAsync<CorruptTableException>(_table.LoadAsync);

        Assert.Contains(missing, thrown.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"add\":{\"path\":\"a\",\"size\":1")]
    [InlineData("{\"add\":{\"path\":\"a\"}}")]
    [InlineData("{\"add\":[]}")]
    [InlineData("[1]")]
    [InlineData("{\"add\":{\"path\":1,\"size\":1}}")]
    public async Task Load_DamagedCommit_NamesTheFile(string content)
    {
        await _table.CreateAsync();
        _table.Store[Commit(1)] = content;

        var thrown = await Assert.ThrowsAsync<CorruptTableException>(_table.LoadAsync);

        Assert.Equal("_delta_log/00000000000000000001.json", thrown.File);
    }

    [Theory]
    [InlineData("""{"protocol":{"minReaderVersion":4,"minWriterVersion":7}}""", "reader version 4")]
    [InlineData("""{"protocol":{"minReaderVersion":3,"minWriterVersion":7,"readerFeatures":["variantType"]"""
        + ""","writerFeatures":["variantType"]}}""", "variantType")]
    public async Task Load_UnknownReaderFeature_IsRefusedByName(string protocol, string feature)
    {
        _table.Store[Commit(0)] = protocol + "\n" + Metadata;

        Assert.Equal(feature, (await Assert.ThrowsAsync<UnsupportedTableException>(_table.LoadAsync)).Feature);
    }

    [Fact]
    public async Task Load_FileWithDeletionVector_IsForReadersThatKnow()
    {
        _table.Store[Commit(0)] = ReaderThree("deletionVectors") + "\n" + Metadata + "\n"
            + """{"add":{"path":"a","size":1,"partitionValues":{},"modificationTime":1,"dataChange":true"""
            + ""","deletionVector":{"storageType":"i","pathOrInlineDv":"x","sizeInBytes":1,"cardinality":1}}}""";

        Assert.Equal(
            "deletionVectors", (await Assert.ThrowsAsync<UnsupportedTableException>(_table.LoadAsync)).Feature);
        Snapshot snapshot = (await Every().TryLoadAsync(null, CancellationToken.None))!;
        Assert.Equal(1, Assert.Single(snapshot.Files).DeletionVector!.Cardinality);
    }

    [Fact]
    public async Task Load_MappedColumns_AreForReadersThatKnow()
    {
        _table.Store[Commit(0)] = ReaderThree("columnMapping") + "\n" + Metadata.Replace(
            "\"configuration\":{}", "\"configuration\":{\"delta.columnMapping.mode\":\"name\"}",
            StringComparison.Ordinal);

        Assert.Equal(
            "columnMapping", (await Assert.ThrowsAsync<UnsupportedTableException>(_table.LoadAsync)).Feature);
        Assert.NotNull(await Every().TryLoadAsync(null, CancellationToken.None));
    }

    /// <summary>
    /// Parts of a checkpoint come in any order: a file's older list of deleted rows is no removal of it.
    /// </summary>
    [Fact]
    public async Task Load_SidecarsWithAnOlderVectorOfALiveFile_KeepTheFile()
    {
        const string Add = """{"add":{"path":"a","size":1,"partitionValues":{},"modificationTime":1,"dataChange":true"""
            + ""","deletionVector":{"storageType":"i","pathOrInlineDv":"new","sizeInBytes":1,"cardinality":1}}}""";
        const string Remove = """{"remove":{"path":"a","dataChange":true,"deletionTimestamp":1"""
            + ""","deletionVector":{"storageType":"i","pathOrInlineDv":"old","sizeInBytes":1,"cardinality":1}}}""";
        const string Id = "80a083e8-7026-4e79-81be-64bd76c43a11";
        _table.Store[Commit(1)] = """{"commitInfo":{}}""";
        _table.Store[$"00000000000000000001.checkpoint.{Id}.json"] = string.Join(
            '\n', """{"checkpointMetadata":{"version":1}}""", ReaderThree("deletionVectors"), Metadata,
            """{"sidecar":{"path":"one.parquet","sizeInBytes":1,"modificationTime":1}}""",
            """{"sidecar":{"path":"two.parquet","sizeInBytes":1,"modificationTime":1}}""");
        _table.Store["_sidecars/one.parquet"] = Add;
        _table.Store["_sidecars/two.parquet"] = Remove;

        Snapshot snapshot = (await Every().TryLoadAsync(null, CancellationToken.None))!;

        Assert.Equal("inew", Assert.Single(snapshot.Files).DeletionVector!.Id);
    }

    [Fact]
    public async Task VersionAt_ClocksThatWentBack_FollowTheVersions()
    {
        await _table.CreateAsync();
        _table.Store[Commit(1)] = """{"commitInfo":{"timestamp":9000000}}""";
        _table.Store[Commit(2)] = """{"commitInfo":{"timestamp":5000000}}""";
        _table.Store[Commit(3)] = """{"commitInfo":{"timestamp":1,"inCommitTimestamp":20000000}}""";
        _table.Store[Commit(0)] = ((string)_table.Store[Commit(0)]!)
            .Replace("landfallSha256", "noHash", StringComparison.Ordinal)
            .Replace("\"timestamp\":", "\"timestamp\":1000000,\"was\":", StringComparison.Ordinal);

        Assert.Equal(0, await AtAsync(1_000_000));
        Assert.Equal(1, await AtAsync(9_000_000));
        Assert.Equal(2, await AtAsync(9_000_001));
        Assert.Equal(2, await AtAsync(19_999_999));
        Assert.Equal(3, await AtAsync(20_000_000));
        Assert.Equal("LF4203", (await Assert.ThrowsAnyAsync<LandfallException>(() => AtAsync(999_999))).Code);
        return;

        Task<long> AtAsync(long time) => _table.Delta.VersionAtAsync(
            DateTimeOffset.FromUnixTimeMilliseconds(time), CancellationToken.None);
    }

    [Theory]
    [InlineData(
        """{"protocol":{"minReaderVersion":1,"minWriterVersion":7,"writerFeatures":["rowTracking"]}}""", "rowTracking")]
    [InlineData("""{"protocol":{"minReaderVersion":1,"minWriterVersion":4}}""", "writer version 4")]
    public async Task Begin_UnknownWriterFeature_IsRefusedByName(string protocol, string feature)
    {
        _table.Store[Commit(0)] = protocol + "\n" + Metadata;
        Snapshot snapshot = await _table.LoadAsync();

        Assert.Equal(
            feature, Assert.Throws<UnsupportedTableException>(() => _table.Delta.Begin(snapshot, "WRITE")).Feature);
    }

    [Fact]
    public async Task Begin_SchemaWithInvariants_IsRefused()
    {
        _table.Store[Commit(0)] = Protocol + "\n" + Metadata.Replace(
            "\\\"metadata\\\":{}", "\\\"metadata\\\":{\\\"delta.invariants\\\":\\\"x\\\"}", StringComparison.Ordinal);
        Snapshot snapshot = await _table.LoadAsync();

        Assert.Equal("invariants",
            Assert.Throws<UnsupportedTableException>(() => _table.Delta.Begin(snapshot, "WRITE")).Feature);
    }

    [Fact]
    public async Task Load_UnknownActionsAndFields_AreIgnored()
    {
        _table.Store[Commit(0)] = Protocol + "\r\n\n" + Metadata + "\n"
            + """{"newAction":{"a":[1,{"b":2}]}}""" + "\n"
            + """{"add":{"path":"a%20b","new":{"x":[]},"size":1,"partitionValues":{},"modificationTime":1"""
            + ""","dataChange":true}}""";

        Assert.Equal(["a b"], TestTable.Paths(await _table.LoadAsync()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("garbage")]
    [InlineData("[]")]
    [InlineData("{\"version\":\"x\"}")]
    [InlineData("{\"version\":5}")]
    [InlineData("{\"version\":99}")]
    [InlineData(null)]
    public async Task Load_UselessLastCheckpoint_FallsBackToTheListing(string? hint)
    {
        await _table.CreateAsync();
        for (int i = 1; i <= 12; i++)
        {
            await _table.AppendAsync(TestTable.File($"f{i}"));
        }

        _table.Store["_last_checkpoint"] = hint;

        Assert.Equal(12, (await _table.LoadAsync()).Files.Length);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"add\"")]
    [InlineData("{\"txn\":{\"appId\":\"a\",\"version\":1}}")]
    public async Task Load_DamagedCheckpoint_FallsBackToTheReplay(string content)
    {
        await _table.CreateAsync();
        for (int i = 1; i <= 12; i++)
        {
            await _table.AppendAsync(TestTable.File($"f{i}"));
        }

        _table.Store["00000000000000000010.checkpoint.parquet"] = content;
        Assert.Equal(12, (await _table.LoadAsync()).Files.Length);

        _table.Store[Commit(3)] = null;
        await Assert.ThrowsAsync<CorruptTableException>(_table.LoadAsync);
    }

    [Fact]
    public async Task Load_FromCheckpoint_EqualsTheReplay()
    {
        await _table.CreateAsync(("delta.appendOnly", "false"));
        for (int i = 1; i <= 33; i++)
        {
            Transaction transaction = _table.Delta.Begin(await _table.LoadAsync(), "WRITE");
            transaction.Add(TestTable.File(
                $"f {i}%é", i % 3 == 0 ? null : "2026-02-01", "{\"numRecords\":1,\"nullCount\":{\"id\":0}}"));
            transaction.SetTransaction("app" + (i % 4), i);
            if (i % 5 == 0)
            {
                transaction.RemovePartitions(TestTable.Month("2026-02-01"));
            }

            await TestTable.CommitAsync(transaction);
        }

        DeltaTable replay = _table.Open(new HidingLogStore(_table.Store, HidingLogStore.Checkpoints));
        foreach (long version in new long[] { 10, 15, 20, 30, 33 })
        {
            Assert.Equal(
                SnapshotText.Of((await replay.TryLoadAsync(version, TestTable.None))!),
                SnapshotText.Of((await _table.Delta.TryLoadAsync(version, TestTable.None))!));
        }
    }

    [Fact]
    public async Task Checkpoint_ExpiredTombstones_AreLeftOut()
    {
        await _table.CreateAsync();
        await _table.AppendAsync(TestTable.File("old"), TestTable.File("young"));
        await RemoveAsync("old");
        _table.Clock.Now += TimeSpan.FromDays(8);
        Snapshot snapshot = await RemoveAsync("young");

        await _table.Delta.CheckpointAsync(snapshot, TestTable.None);

        string checkpoint = _table.Store["00000000000000000003.checkpoint.parquet"]!;
        Assert.Contains("young", checkpoint, StringComparison.Ordinal);
        Assert.DoesNotContain("old", checkpoint, StringComparison.Ordinal);
        Assert.DoesNotContain("commitInfo", checkpoint, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Checkpoint_Interval_IsATableProperty()
    {
        await _table.CreateAsync(("delta.checkpointInterval", "3"));
        for (int i = 1; i <= 6; i++)
        {
            await _table.AppendAsync(TestTable.File($"f{i}"));
        }

        Assert.Equal(
            ["00000000000000000003.checkpoint.parquet", "00000000000000000006.checkpoint.parquet"],
            _table.Store.Names.Where(n => n.EndsWith(".parquet", StringComparison.Ordinal)));
        Assert.Contains("\"version\":6", _table.Store["_last_checkpoint"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Update_FromAnOlderSnapshot_EqualsLoading()
    {
        Snapshot old = await _table.CreateAsync();
        Assert.Same(old, await _table.Delta.UpdateAsync(old, TestTable.None));
        await _table.AppendAsync(TestTable.File("a"));
        await _table.AppendAsync(TestTable.File("b"));

        Snapshot updated = await _table.Delta.UpdateAsync(old, TestTable.None);

        Assert.Equal(SnapshotText.Of(await _table.LoadAsync()), SnapshotText.Of(updated));
        Assert.Empty(old.Files);
    }

    [Fact]
    public async Task Update_WhereTheLogWasCleanedUpSince_LoadsAnew()
    {
        Snapshot old = await _table.CreateAsync();
        for (int i = 1; i <= 12; i++)
        {
            await _table.AppendAsync(TestTable.File($"f{i}"));
        }

        for (int i = 0; i < 10; i++)
        {
            _table.Store[Commit(i)] = null;
        }

        Assert.Equal(12, (await _table.Delta.UpdateAsync(old, TestTable.None)).Version);
        var thrown = await Assert.ThrowsAnyAsync<LandfallException>(
            () => _table.Delta.Begin(old, "WRITE").CommitAsync(TestTable.None));
        Assert.Equal("LF4204", thrown.Code);
        Assert.Null(_table.Store[Commit(1)]);
    }

    [Fact]
    public async Task ChangedFiles_BetweenVersions_AreTheNetOfDataChanges()
    {
        await _table.CreateAsync();
        Snapshot snapshot =
            await _table.AppendAsync(TestTable.File("kept"), TestTable.File("gone"), TestTable.File("small"));
        await _table.AppendAsync(TestTable.File("passing"));
        await RemoveAsync("passing");
        await RemoveAsync("gone");
        Transaction compaction = _table.Delta.Begin(await _table.LoadAsync(), "OPTIMIZE");
        compaction.Remove(snapshot.FindFile("small")!, dataChange: false);
        compaction.Add(TestTable.File("large") with { DataChange = false });
        await TestTable.CommitAsync(compaction);
        long end = (await _table.AppendAsync(TestTable.File("new"))).Version;

        ChangedFiles changed = await _table.Delta.ChangedFilesAsync(snapshot.Version, end, TestTable.None);

        Assert.Equal(["new"], changed.Added.Select(f => f.Path));
        Assert.Equal(["gone"], changed.Removed.Select(f => f.Path));
        Assert.Equal("2026-01-01", changed.Removed[0].PartitionValues["month"]);
        Assert.True(await _table.Delta.DataChangedSinceAsync(snapshot.Version, TestTable.None));
        Assert.False(await _table.Delta.DataChangedSinceAsync(end, TestTable.None));
    }

    [Fact]
    public async Task DataChangedSince_OnlyCompactions_IsFalse()
    {
        await _table.CreateAsync();
        Snapshot snapshot = await _table.AppendAsync(TestTable.File("small"));
        Transaction compaction = _table.Delta.Begin(snapshot, "OPTIMIZE");
        compaction.Remove(snapshot.Files[0], dataChange: false);
        compaction.Add(TestTable.File("large") with { DataChange = false });
        await TestTable.CommitAsync(compaction);

        Assert.False(await _table.Delta.DataChangedSinceAsync(snapshot.Version, TestTable.None));
    }

    [Fact]
    public async Task LatestInfo_IsOfTheNewestCommitThatHasIt()
    {
        await _table.CreateAsync();
        Assert.Null(await _table.Delta.LatestInfoAsync("landfall", TestTable.None));
        Transaction transaction = _table.Delta.Begin(await _table.LoadAsync(), "WRITE");
        transaction.SetInfo("landfall", new JsonObject { ["run"] = "r1" });
        await TestTable.CommitAsync(transaction);
        await _table.AppendAsync(TestTable.File("a"));

        Assert.Equal("r1", (string?)(await _table.Delta.LatestInfoAsync("landfall", TestTable.None))!["run"]);
    }

    [Fact]
    public async Task History_NewestFirst_SaysWhatChanged()
    {
        await _table.CreateAsync();
        await _table.AppendAsync(TestTable.File("a", statistics: "{\"numRecords\":5}"),
            TestTable.File("b", statistics: "{\"numRecords\":2}"));
        await RemoveAsync("a");

        IReadOnlyList<CommitSummary> history = await _table.Delta.HistoryAsync(2, TestTable.None);

        Assert.Equal([2L, 1L], history.Select(h => h.Version));
        Assert.Equal((0, 1), (history[0].AddedFiles, history[0].RemovedFiles));
        Assert.Equal((2, 20L, 7L), (history[1].AddedFiles, history[1].AddedBytes, history[1].AddedRows));
        Assert.Equal("WRITE", history[1].Operation);
        Assert.Equal("Append", history[1].Parameters["mode"]);
    }

    private async Task<Snapshot> RemoveAsync(string path)
    {
        Snapshot snapshot = await _table.LoadAsync();
        Transaction transaction = _table.Delta.Begin(snapshot, "DELETE");
        transaction.Remove(snapshot.FindFile(path)!);
        return await TestTable.CommitAsync(transaction);
    }

    private static string Commit(long version) => version.ToString("D20") + ".json";

    private static string ReaderThree(string feature) =>
        """{"protocol":{"minReaderVersion":3,"minWriterVersion":7,"readerFeatures":["?"],"writerFeatures":["?"]}}"""
            .Replace("?", feature, StringComparison.Ordinal);

    private DeltaTable Every() =>
        new(_table.Faults, new InMemoryParquetIo(_table.Faults), _table.Clock) { LoadsEveryTable = true };
}
