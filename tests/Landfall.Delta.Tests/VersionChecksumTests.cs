using System.Text;
using System.Text.Json.Nodes;
using Landfall.Estate;
using Landfall.Testing.Delta;

namespace Landfall.Delta.Tests;

public sealed class VersionChecksumTests
{
    private readonly TestTable _table = new();

    private static CancellationToken None => CancellationToken.None;

    [Fact]
    public async Task Commit_EachVersion_HasAChecksumOfItsState()
    {
        await _table.CreateAsync(("a", "b"));
        await _table.AppendAsync(TestTable.File("f1"), TestTable.File("f2"));
        Transaction remove = _table.Delta.Begin(await _table.LoadAsync(), "DELETE");
        remove.Remove(remove.ReadSnapshot!.Files[0]);
        await TestTable.CommitAsync(remove);

        Assert.Equal([(0, 0), (2, 20), (1, 10)], Enumerable.Range(0, 3).Select(v =>
            ((int)Of(v).NumFiles!, (int)Of(v).TableSizeBytes!)));
        Snapshot snapshot = await _table.LoadAsync();
        Assert.Equal((remove.Id, snapshot.Metadata, snapshot.Protocol),
            (Of(2).TransactionId, Of(2).Metadata, Of(2).Protocol));
        JsonObject json = (JsonObject)JsonNode.Parse(_table.Store[VersionChecksum.FileName(2)]!)!;
        Assert.Equal(
            ["txnId", "tableSizeBytes", "numFiles", "numMetadata", "numProtocol", "metadata", "protocol"],
            json.Select(p => p.Key));
        Assert.Equal((1, 1), ((int)json["numMetadata"]!, (int)json["numProtocol"]!));
    }

    [Theory]
    [InlineData("""{"numFiles":3}""", "counts 3 data files, the log has 2")]
    [InlineData("""{"numFiles":2,"tableSizeBytes":21,"allFiles":[],"x":{"y":1}}""", "counts 21 bytes")]
    [InlineData("""{"metadata":{"id":"another","schemaString":"{}","format":{}}}""", "a table with another id")]
    public async Task Load_ChecksumContradictsTheLog_IsCorruptAndNamesIt(string content, string problem)
    {
        await FillAsync();
        _table.Store[VersionChecksum.FileName(1)] = content;

        CorruptTableException corrupt = await Assert.ThrowsAsync<CorruptTableException>(_table.LoadAsync);

        Assert.Equal("_delta_log/00000000000000000001.crc", corrupt.File);
        Assert.Contains(problem, corrupt.Message, StringComparison.Ordinal);
        Assert.Equal(0, (await _table.Delta.TryLoadAsync(0, None))!.Version);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("3")]
    [InlineData("\0\0\0\0\0\0")]
    [InlineData("""{"numFiles":"many"}""")]
    [InlineData("""{"numFiles":3}{""")]
    [InlineData("""{"numFiles":3,"txnId":"of another commit"}""")]
    [InlineData("""{}""")]
    [InlineData("""{"metadata":null,"protocol":null,"numFiles":null}""")]
    public async Task Load_ChecksumTornOrOfAnotherCommit_SaysNothing(string content)
    {
        await FillAsync();
        _table.Store[VersionChecksum.FileName(1)] = content;

        Assert.Equal(2, (await _table.LoadAsync()).Files.Length);
    }

    [Fact]
    public async Task Load_EveryPrefixOfAChecksum_GivesTheSameTable()
    {
        await FillAsync();
        string whole = _table.Store[VersionChecksum.FileName(1)]!;
        for (int length = 0; length < whole.Length; length++)
        {
            _table.Store[VersionChecksum.FileName(1)] = whole[..length];
            Assert.Equal(2, (await _table.LoadAsync()).Files.Length);
        }
    }

    [Fact]
    public async Task Load_CheckpointThatLostAFile_FallsBackToTheReplay()
    {
        await FillAsync();
        await _table.Delta.CheckpointAsync(await _table.LoadAsync(), None);
        string name = "00000000000000000001.checkpoint.parquet";
        string[] lines = _table.Store[name]!.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        _table.Store[name] = string.Join('\n', lines[..^1]);

        Assert.Equal(2, (await _table.LoadAsync()).Files.Length);

        // Without the checksum nobody notices: it is what guards the checkpoint.
        _table.Store[VersionChecksum.FileName(1)] = null;
        Assert.Single((await _table.LoadAsync()).Files);
    }

    [Fact]
    public async Task Commit_ChecksumCannotBeWritten_StandsAllTheSame()
    {
        await FillAsync();
        DeltaTable table = _table.Open(new NoChecksumStore(_table.Store));
        Transaction transaction = table.Begin(await table.LoadAsync(None), "WRITE");
        transaction.Add(TestTable.File("f3"));

        Assert.IsType<Committed>(await transaction.CommitAsync(None));
        Assert.Null(_table.Store[VersionChecksum.FileName(2)]);
        Assert.Equal(3, (await _table.LoadAsync()).Files.Length);
    }

    private VersionChecksum Of(long version) =>
        VersionChecksum.TryParse(Encoding.UTF8.GetBytes(_table.Store[VersionChecksum.FileName(version)]!))!;

    private async Task FillAsync()
    {
        await _table.CreateAsync();
        await _table.AppendAsync(TestTable.File("f1"), TestTable.File("f2"));
    }

    private sealed class NoChecksumStore(ILogStore inner) : DelegatingLogStore(inner)
    {
        public override Task PutUnsyncedAsync(
            string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) =>
            throw new StorageException("The disk is full.", 28);
    }
}
