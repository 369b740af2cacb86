using Landfall.Delta.Checking;
using Landfall.Delta.Log;
using Landfall.Testing.Delta;

namespace Landfall.Delta.Tests.Log;

/// <summary>Listings of a log that others commit to meanwhile.</summary>
public sealed class LogListingTests
{
    private readonly TestTable _table = new();

    [Fact]
    public async Task Load_ListingThatMissesACommitBeforeTheLast_ReadsAll()
    {
        await AppendAsync(4);

        Snapshot snapshot = await _table.Open(Overtaken(3)).LoadAsync(TestTable.None);

        Assert.Equal(4, snapshot.Version);
        Assert.Equal(4, snapshot.Files.Length);
    }

    [Fact]
    public async Task Check_ListingThatMissesACommitBeforeTheLast_FindsNothing()
    {
        await AppendAsync(4);
        OvertakenLog log = Overtaken(3);

        List<CheckFinding> findings = [];
        await foreach (CheckFinding finding in new LogChecker(log, new InMemoryParquetIo(log))
            .CheckAsync(null, TestTable.None))
        {
            findings.Add(finding);
        }

        Assert.Empty(findings);
    }

    [Fact]
    public async Task Load_CommitThatIsGone_IsRefusedByName()
    {
        await AppendAsync(4);
        await _table.Store.DeleteAsync(LogFiles.Commit(3), TestTable.None);

        CorruptTableException gone = await Assert.ThrowsAsync<CorruptTableException>(
            () => _table.Open(_table.Store).LoadAsync(TestTable.None));

        Assert.Contains(LogFiles.Commit(3), gone.Message, StringComparison.Ordinal);
    }

    private OvertakenLog Overtaken(long version) => new(_table.Store, LogFiles.Commit(version));

    private async Task AppendAsync(int commits)
    {
        await _table.CreateAsync();
        for (int i = 0; i < commits; i++)
        {
            await _table.AppendAsync(TestTable.File($"f{i}"));
        }
    }
}
