using Landfall.Delta;
using Landfall.Engine.DuckDb.Storage;
using Landfall.Engine.Lakes;
using Landfall.Estate;
using Landfall.Testing.Delta;

namespace Landfall.Engine.DuckDb.Tests.Storage;

public sealed class DuckDbParquetIoTests : IDisposable
{
    private readonly StorageSession _session = new();

    public void Dispose() => _session.Dispose();

    [Fact]
    public async Task Checkpoint_WithParsedStatisticsThatAreNoJson_IsRead()
    {
        TableSchema schema = StorageSession.SchemaOf(("a", "double"));
        Snapshot snapshot = await _session.CommitAsync(_session.Write("select 1 as a", schema), schema);
        await _session.Delta.CheckpointAsync(snapshot, default);
        string file = Path.Combine(_session.Log, $"{0:D20}.checkpoint.parquet");
        string quoted = file.Replace("'", "''", StringComparison.Ordinal);
        _session.Connection.Execute(
            "copy (select * replace (case when add is null then null else struct_insert(add, stats_parsed := "
            + "struct_pack(\"maxValues\" := struct_pack(a := 'nan'::double))) end as add) "
            + $"from read_parquet('{quoted}')) to '{quoted}.new' (format parquet)");
        File.Move(file + ".new", file, overwrite: true);
        File.Delete(Path.Combine(_session.Log, $"{0:D20}.json"));

        Assert.Equal(snapshot.Files[0].Path, Assert.Single((await _session.Delta.LoadAsync(default)).Files).Path);
    }

    [Fact]
    public async Task Checkpoint_OfAMixedHistory_EqualsTheReplay()
    {
        TableSchema schema = StorageSession.SchemaOf(("a", "bigint"), ("p", "string"));
        for (int i = 0; i < 12; i++)
        {
            Snapshot snapshot = await _session.CommitAsync(
                _session.Write($"select {i} as a, unnest(['ü \"{i % 2}\"', null]) as p", schema, "p", $"s%20{i}"),
                    schema, "p");
            Transaction transaction = _session.Delta.Begin(snapshot, "WRITE");
            transaction.SetTransaction($"app {i % 3}", i);
            if (i % 4 == 3)
            {
                transaction.RemovePartitions(Predicate.Column("p", Comparison.IsNull));
            }

            Assert.Null(Assert.IsType<Committed>(await transaction.CommitAsync(default)).CheckpointFailure);
        }

        DeltaTable replay = _session.Open(
            new HidingLogStore(new PosixLogStore(_session.Table), HidingLogStore.Checkpoints));
        foreach (long version in new long[] { 10, 13, 20, 23 })
        {
            Assert.Equal(
                SnapshotText.Of((await replay.TryLoadAsync(version, default))!),
                SnapshotText.Of((await _session.Delta.TryLoadAsync(version, default))!));
        }

        // Without the commits before it, only the checkpoint can tell.
        for (int i = 0; i < 20; i++)
        {
            File.Delete(Path.Combine(_session.Log, $"{i:D20}.json"));
        }

        Assert.Equal(23, (await _session.Delta.LoadAsync(default)).Version);
    }

    [Fact]
    public async Task WriteCheckpoint_Schema_IsThatOfTheProtocol()
    {
        Snapshot snapshot = await _session.CommitAsync([], StorageSession.SchemaOf(("a", "int")));
        await _session.Delta.CheckpointAsync(snapshot, default);

        string file = Path.Combine(_session.Log, "00000000000000000000.checkpoint.parquet")
            .Replace("'", "''", StringComparison.Ordinal);
        string[] leaves = _session.Rows(
            $"select name, type, repetition_type from parquet_schema('{file}') where name in "
            + "('minReaderVersion', 'minWriterVersion', 'size', 'version', 'offset', 'sizeInBytes', 'cardinality', "
            + "'dataChange', 'stats', 'key', 'list')");
        Assert.Contains("minReaderVersion|INT32|OPTIONAL", leaves);
        Assert.Contains("minWriterVersion|INT32|OPTIONAL", leaves);
        Assert.Contains("version|INT64|OPTIONAL", leaves);
        Assert.Contains("size|INT64|OPTIONAL", leaves);
        Assert.Contains("sizeInBytes|INT32|OPTIONAL", leaves);
        Assert.Contains("cardinality|INT64|OPTIONAL", leaves);
        Assert.Contains("key|BYTE_ARRAY|REQUIRED", leaves);
        Assert.Equal(
            ["txn", "add", "remove", "metaData", "protocol"],
            _session.Rows($"select column_name from (describe select * from read_parquet('{file}'))"));
        Assert.Equal(["2"], _session.Rows($"select count(*) from read_parquet('{file}')"));
    }

    [Fact]
    public async Task ReadCheckpoint_TornFile_Throws()
    {
        Directory.CreateDirectory(_session.Log);
        await File.WriteAllTextAsync(Path.Combine(_session.Log, "x.checkpoint.parquet"), "PAR1 torn");

        await Assert.ThrowsAnyAsync<LandfallException>(
            () => new DuckDbParquetIo(_session.Database, _session.Table)
                .ReadCheckpointAsync("x.checkpoint.parquet", default));
    }

    [Fact]
    public async Task WriteCheckpoint_Always_LeavesNothingElse()
    {
        Snapshot snapshot = await _session.CommitAsync([], StorageSession.SchemaOf(("a", "int")));
        await _session.Delta.CheckpointAsync(snapshot, default);

        Assert.Equal(
            [
                "00000000000000000000.checkpoint.parquet", "00000000000000000000.crc", "00000000000000000000.json",
                "_last_checkpoint",
            ],
            Directory.GetFiles(_session.Log).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }
}
