using System.Text.Json.Nodes;
using Landfall.Estate;
using Landfall.Estate.Types;

namespace Landfall.Delta.Tests;

public sealed class TransactionTests
{
    private readonly TestTable _table = new();

    [Fact]
    public async Task Commit_NewTable_WritesWhatEveryReaderUnderstands()
    {
        await _table.CreateAsync();

        string[] lines = Lines(0);
        Assert.Equal("""{"protocol":{"minReaderVersion":1,"minWriterVersion":2}}""", lines[1]);
        JsonNode metadata = JsonNode.Parse(lines[2])!["metaData"]!;
        Assert.Equal("""{"provider":"parquet","options":{}}""", metadata["format"]!.ToJsonString());
        Assert.Equal("""["month"]""", metadata["partitionColumns"]!.ToJsonString());
        Assert.Equal(
            """{"type":"struct","fields":[{"name":"id","type":"long","nullable":true,"metadata":{}}"""
            + """,{"name":"month","type":"date","nullable":true,"metadata":{}}"""
            + """,{"name":"name","type":"string","nullable":"""
            + """true,"metadata":{}}]}""",
            (string?)metadata["schemaString"]);
        Assert.True(Guid.TryParse((string?)metadata["id"], out _));
    }

    [Fact]
    public async Task Commit_Append_WritesExactlyTheseActions()
    {
        await _table.CreateAsync();
        Transaction transaction = _table.Delta.Begin(await _table.LoadAsync(), "WRITE");
        transaction.Add(TestTable.File("s/ä b%c.parquet", null, "{\"numRecords\":1}"));
        transaction.SetTransaction("app", 3);
        transaction.SetInfo("landfall", new JsonObject { ["run"] = "r" });
        await TestTable.CommitAsync(transaction);

        string[] lines = Lines(1);
        JsonObject info = JsonNode.Parse(lines[0])!["commitInfo"]!.AsObject();
        Assert.Equal(1772366400001, (long)info["timestamp"]!);
        Assert.Equal("WRITE", (string?)info["operation"]);
        Assert.Equal("""{"mode":"Append","partitionBy":"[\"month\"]"}""", Relaxed(info["operationParameters"]!));
        Assert.Equal(0, (int)info["readVersion"]!);
        Assert.Equal("WriteSerializable", (string?)info["isolationLevel"]);
        Assert.True((bool)info["isBlindAppend"]!);
        Assert.Equal(
            """{"numFiles":"1","numOutputBytes":"10","numOutputRows":"1"}""", info["operationMetrics"]!.ToJsonString());
        Assert.StartsWith("Landfall/", (string?)info["engineInfo"], StringComparison.Ordinal);
        Assert.Equal(transaction.Id, (string?)info["txnId"]);
        Assert.Equal("""{"run":"r"}""", info["landfall"]!.ToJsonString());
        Assert.Equal("""{"txn":{"appId":"app","version":3,"lastUpdated":1772366400001}}""", lines[1]);
        Assert.Equal(
            """{"add":{"path":"s/%C3%A4%20b%25c.parquet","partitionValues":{"month":null},"size":10"""
            + ""","modificationTime":1,"dataChange":true,"stats":"{\"numRecords\":1}"}}""",
            lines[2]);
    }

    [Fact]
    public async Task Commit_Remove_RepeatsWhatReadersWant()
    {
        await _table.CreateAsync();
        await _table.AppendAsync(TestTable.File("a b"));
        Transaction transaction = _table.Delta.Begin(await _table.LoadAsync(), "WRITE");
        transaction.RemoveAll();
        await TestTable.CommitAsync(transaction);

        Assert.Equal(
            """{"remove":{"path":"a%20b","deletionTimestamp":1772366400002,"dataChange":true"""
            + ""","extendedFileMetadata":true,"partitionValues":{"month":"2026-01-01"},"size":10}}""",
            Lines(2)[1]);
        Assert.Contains("\"isBlindAppend\":false", Lines(2)[0], StringComparison.Ordinal);
        Assert.Contains("\"mode\":\"Overwrite\"", Lines(2)[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Commit_FilesOfOthers_KeepTheirPathsAsWritten()
    {
        await _table.CreateAsync();
        _table.Store["00000000000000000001.json"] =
            """{"add":{"path":"a=1/b:c.parquet","partitionValues":{"month":null},"size":1,"modificationTime":1"""
            + ""","dataChange":true}}""";
        Transaction transaction = _table.Delta.Begin(await _table.LoadAsync(), "WRITE");
        transaction.RemoveAll();
        await TestTable.CommitAsync(transaction);

        Assert.Contains("\"path\":\"a=1/b:c.parquet\"", Lines(2)[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task RemovePartitions_OfOneMonth_LeavesTheOthers()
    {
        await _table.CreateAsync();
        await _table.AppendAsync(
            TestTable.File("j1"), TestTable.File("j2"), TestTable.File("f", "2026-02-01"), TestTable.File("n", null));
        Transaction transaction = _table.Delta.Begin(await _table.LoadAsync(), "WRITE");
        transaction.RemovePartitions(TestTable.Month("2026-01-01"));
        transaction.Add(TestTable.File("j3"));

        Assert.Equal(["f", "j3", "n"], TestTable.Paths(await TestTable.CommitAsync(transaction)));
        Assert.Equal(["f", "j3", "n"], TestTable.Paths(await _table.LoadAsync()));
    }

    [Fact]
    public async Task SetSchema_AddedColumn_KeepsIdentityAndFiles()
    {
        Snapshot before = await _table.CreateAsync(("k", "v"));
        await _table.AppendAsync(TestTable.File("a"));
        Transaction transaction = _table.Delta.Begin(await _table.LoadAsync(), "CHANGE");
        transaction.SetSchema(new([.. TestTable.Schema.Fields, new("extra", DataType.Decimal(18, 2))]), ["month"]);
        await TestTable.CommitAsync(transaction);

        Snapshot after = await _table.LoadAsync();
        Assert.Equal(before.Metadata.Id, after.Metadata.Id);
        Assert.Equal("v", after.Metadata.Configuration["k"]);
        Assert.Equal("extra", after.Metadata.Schema.Fields[^1].Name);
        Assert.Equal(DataType.Decimal(18, 2), after.Metadata.Schema.Fields[^1].Type);
        Assert.Single(after.Files);
    }

    [Fact]
    public async Task SetSchema_OtherPartitionColumnsOverLiveFiles_IsRefused()
    {
        await _table.CreateAsync();
        await _table.AppendAsync(TestTable.File("a"));
        Transaction transaction = _table.Delta.Begin(await _table.LoadAsync(), "CHANGE");
        transaction.SetSchema(TestTable.Schema, []);

        var thrown = await Assert.ThrowsAsync<LandfallException>(() => transaction.CommitAsync(TestTable.None));
        Assert.Equal("LF4205", thrown.Code);

        transaction.RemoveAll();
        Assert.Empty((await TestTable.CommitAsync(transaction)).Metadata.PartitionColumns);
    }

    [Theory]
    [InlineData("a b")]
    [InlineData("a;b")]
    [InlineData("a=b")]
    [InlineData("")]
    [InlineData("ID")]
    public void SetSchema_NameThatDeltaForbids_IsRefused(string name)
    {
        Transaction transaction = _table.Delta.Begin(null, "CREATE TABLE");

        var thrown = Assert.Throws<LandfallException>(
            () => transaction.SetSchema(new([.. TestTable.Schema.Fields, new(name, DataType.Int)]), []));

        Assert.Equal("LF4205", thrown.Code);
    }

    [Fact]
    public void SetSchema_BinaryPartitionColumn_IsRefused()
    {
        Transaction transaction = _table.Delta.Begin(null, "CREATE TABLE");

        var thrown = Assert.Throws<LandfallException>(
            () => transaction.SetSchema(new([.. TestTable.Schema.Fields, new("bytes", DataType.Binary)]), ["bytes"]));

        Assert.Equal("LF4205", thrown.Code);
    }

    [Fact]
    public async Task Commit_AppendOnlyTable_RefusesRemovalsOfData()
    {
        await _table.CreateAsync(("delta.appendOnly", "true"));
        Snapshot snapshot = await _table.AppendAsync(TestTable.File("a"));
        Transaction delete = _table.Delta.Begin(snapshot, "DELETE");
        delete.Remove(snapshot.Files[0]);
        Transaction compaction = _table.Delta.Begin(snapshot, "OPTIMIZE");
        compaction.Remove(snapshot.Files[0], dataChange: false);
        compaction.Add(TestTable.File("b") with { DataChange = false });

        var thrown = await Assert.ThrowsAsync<LandfallException>(() => delete.CommitAsync(TestTable.None));
        Assert.Equal("LF4206", thrown.Code);
        Assert.Equal(["b"], TestTable.Paths(await TestTable.CommitAsync(compaction)));
    }

    [Fact]
    public async Task Commit_FileWithoutItsPartitionValue_IsRefused()
    {
        await _table.CreateAsync();
        Transaction transaction = _table.Delta.Begin(await _table.LoadAsync(), "WRITE");
        transaction.Add(TestTable.File("a") with { PartitionValues = AddFile.NoPartition });

        var thrown = await Assert.ThrowsAsync<LandfallException>(() => transaction.CommitAsync(TestTable.None));

        Assert.Equal("LF4205", thrown.Code);
    }

    [Fact]
    public async Task Commit_ClockThatStandsOrGoesBack_TimestampsRise()
    {
        await _table.CreateAsync();
        _table.Clock.Now -= TimeSpan.FromHours(1);
        await _table.AppendAsync(TestTable.File("a"));
        Snapshot last = await _table.AppendAsync(TestTable.File("b"));

        Assert.Equal(
            [1772366400002, 1772366400001, 1772366400000], (await _table.Delta.HistoryAsync(null, TestTable.None))
            .Select(h => h.Timestamp.ToUnixTimeMilliseconds()));
        Assert.Equal(1772366400002, last.Timestamp.ToUnixTimeMilliseconds());
    }

    [Fact]
    public async Task SetTransaction_SurvivesCheckpoints()
    {
        await _table.CreateAsync(("delta.checkpointInterval", "1"));
        Transaction transaction = _table.Delta.Begin(await _table.LoadAsync(), "WRITE");
        transaction.SetTransaction("app", 41);
        await TestTable.CommitAsync(transaction);
        await _table.AppendAsync(TestTable.File("a"));

        Assert.Equal(41, (await _table.LoadAsync()).TransactionVersion("app"));
        Assert.Equal(-1, (await _table.LoadAsync()).TransactionVersion("other"));
    }

    private string[] Lines(int version) =>
        _table.Store[version.ToString("D20") + ".json"]!.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static string Relaxed(JsonNode node) => node.ToJsonString(
        new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
