using Landfall.Estate;
using Landfall.Testing.Delta;

namespace Landfall.Delta.Tests.Commits;

public sealed class CommitterTests
{
    private readonly TestTable _table = new();

    [Fact]
    public async Task Commit_WrittenButNotAcknowledged_FindsItsOwnCommit()
    {
        Transaction transaction = await BeginAsync();
        _table.Faults.FailAt = 2;
        _table.Faults.Fault = Fault.UnknownAfter;

        Assert.Equal(1, Assert.IsType<Committed>(await transaction.CommitAsync(TestTable.None)).Version);
        Assert.Equal(["a"], TestTable.Paths(await _table.LoadAsync()));
    }

    [Fact]
    public async Task Commit_NotWrittenAndNotKnown_IsRetryableAndThenCommits()
    {
        Transaction transaction = await BeginAsync();
        _table.Faults.FailAt = 2;
        _table.Faults.Fault = Fault.UnknownBefore;

        Assert.IsType<Retryable>(await transaction.CommitAsync(TestTable.None));
        Assert.Equal(1, Assert.IsType<Committed>(await transaction.CommitAsync(TestTable.None)).Version);
    }

    [Fact]
    public async Task Commit_AgainAfterItWentThrough_IsTheSameCommit()
    {
        Transaction transaction = await BeginAsync();
        await TestTable.CommitAsync(transaction);
        await _table.AppendAsync(TestTable.File("b"));

        Committed again = Assert.IsType<Committed>(await transaction.CommitAsync(TestTable.None));

        Assert.Equal(1, again.Version);
        Assert.Equal(2, (await _table.LoadAsync()).Version);
    }

    [Fact]
    public async Task Commit_StorageFailsBefore_ThrowsAndNothingIsThere()
    {
        Transaction transaction = await BeginAsync();
        _table.Faults.FailAt = 2;
        _table.Faults.Fault = Fault.Before;

        await Assert.ThrowsAsync<StorageException>(() => transaction.CommitAsync(TestTable.None));
        Assert.Equal(0, (await _table.LoadAsync()).Version);
    }

    [Fact]
    public async Task Commit_CheckpointFails_StandsAllTheSame()
    {
        await _table.CreateAsync(("delta.checkpointInterval", "1"));
        Transaction transaction = _table.Delta.Begin(await _table.LoadAsync(), "WRITE");
        transaction.Add(TestTable.File("a"));
        _table.Faults.FailAt = 3;

        Committed committed = Assert.IsType<Committed>(await transaction.CommitAsync(TestTable.None));

        Assert.IsType<StorageException>(committed.CheckpointFailure);
        Assert.Equal(["a"], TestTable.Paths(await _table.LoadAsync()));
    }

    [Fact]
    public async Task Commit_ManyAtOnce_AllLandOnce()
    {
        Snapshot start = await _table.CreateAsync();

        await Parallel.ForAsync(0, 40, async (i, _) =>
        {
            Transaction transaction = _table.Open(_table.Store).Begin(start, "WRITE");
            transaction.Add(TestTable.File("f" + i));
            CommitResult result;
            do
            {
                result = await transaction.CommitAsync(TestTable.None);
            }
            while (result is Retryable);
            Assert.IsType<Committed>(result);
        });

        Snapshot end = await _table.LoadAsync();
        Assert.Equal((40, 40), (end.Version, end.Files.Length));
    }

    [Theory]
    [InlineData(30, 300)]
    [InlineData(62, 70)]
    public async Task Commit_AgainstFasterWriters_GoesOnForAMinute(int seconds, int rivals)
    {
        Transaction transaction = await BeginAsync();
        int committed = 0;
        _table.Faults.BeforeNextWrite = RivalAsync;

        CommitResult result = await transaction.CommitAsync(TestTable.None);

        Assert.Equal(seconds < 60 ? typeof(Committed) : typeof(Retryable), result.GetType());
        Assert.IsType<Committed>(await transaction.CommitAsync(TestTable.None));
        Assert.Equal(committed + 1, (await _table.LoadAsync()).Files.Length);

        async Task RivalAsync()
        {
            if (committed == rivals)
            {
                return;
            }

            _table.Clock.Pass(TimeSpan.FromSeconds((double)seconds / rivals));
            DeltaTable other = _table.Open(_table.Store);
            Transaction faster = other.Begin(await other.LoadAsync(TestTable.None), "WRITE");
            faster.Add(TestTable.File($"rival-{committed++}"));
            await TestTable.CommitAsync(faster);
            _table.Faults.BeforeNextWrite = RivalAsync;
        }
    }

    private async Task<Transaction> BeginAsync()
    {
        Transaction transaction = _table.Delta.Begin(await _table.CreateAsync(), "WRITE");
        transaction.Add(TestTable.File("a"));
        return transaction;
    }
}
