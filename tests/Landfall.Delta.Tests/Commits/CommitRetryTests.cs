using Landfall.Delta.Commits;
using Landfall.Estate;
using Landfall.Testing;
using Landfall.Testing.Delta;

namespace Landfall.Delta.Tests.Commits;

public sealed class CommitRetryTests
{
    private readonly TestTable _table = new();
    private readonly TestClock _clock = new() { SkipsWaits = true };

    [Fact]
    public async Task Commit_StorageDoesNotSay_CommitsTheSameUntilItDoes()
    {
        await _table.CreateAsync();
        MuteLogStore mute = new(_table.Store, 3);
        Transaction transaction = await BeginAsync(mute);

        CommitResult ended = await new CommitRetry(_clock).CommitAsync(transaction, TestTable.None);

        Assert.Equal(1, Assert.IsType<Committed>(ended).Version);
        Assert.Equal((4, 3), (mute.Puts, _clock.Waits.Count));
    }

    [Fact]
    public async Task Commit_StorageNeverSays_IsGivenUpAfterGrowingWaits()
    {
        await _table.CreateAsync();
        MuteLogStore mute = new(_table.Store, int.MaxValue);
        Transaction transaction = await BeginAsync(mute);
        CommitRetry retry = new(_clock);

        CommitResult ended = await retry.CommitAsync(transaction, TestTable.None);

        Assert.IsType<Retryable>(ended);
        Assert.Equal((20, 19), (mute.Puts, _clock.Waits.Count));
        Assert.InRange(_clock.Waits[0].TotalMilliseconds, 10, 20);
        Assert.InRange(_clock.Waits[^1].TotalMilliseconds, 500, 1000);
        Assert.True(_clock.Waits.Sum(w => w.TotalSeconds) < 15);
        Assert.StartsWith("Storage did not say", retry.Obstacle, StringComparison.Ordinal);
        Assert.False(await retry.AgainAsync(ended, TestTable.None));
        Assert.Equal(19, _clock.Waits.Count);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Again_AfterConflicts_IsBoundedOverTheWholeLoop(int attempts)
    {
        CommitRetry retry = new(_clock, attempts);
        int begun = 1;

        while (await retry.AgainAsync(new Conflicted(ConflictKind.MetadataChanged, 7, "Lost."), TestTable.None))
        {
            begun++;
        }

        Assert.Equal((attempts, "Lost."), (begun, retry.Obstacle));
    }

    [Fact]
    public async Task Commit_EachAttemptTakesAMinute_IsGivenUpEarlier()
    {
        await _table.CreateAsync();
        SlowLog slow = new(_table.Store, _clock);
        Transaction transaction = await BeginAsync(slow);

        Assert.IsType<Retryable>(await new CommitRetry(_clock).CommitAsync(transaction, TestTable.None));
        Assert.Equal(3, slow.Puts);
    }

    [Fact]
    public async Task Again_Cancelled_EndsTheWait()
    {
        using CancellationTokenSource stop = new();
        Task<bool> waiting = new CommitRetry(new TestClock()).AgainAsync(new Retryable("Lost."), stop.Token);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    private async Task<Transaction> BeginAsync(ILogStore log)
    {
        Transaction transaction = _table.Open(log).Begin(await _table.LoadAsync(), "WRITE");
        transaction.Add(TestTable.File("a"));
        return transaction;
    }

    /// <summary>Takes fifty seconds for each put, and then does not say.</summary>
    private sealed class SlowLog(ILogStore inner, TestClock clock) : DelegatingLogStore(inner)
    {
        public int Puts { get; private set; }

        public override Task<bool> PutIfAbsentAsync(
            string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
        {
            Puts++;
            clock.Advance(TimeSpan.FromSeconds(50));
            throw new StorageException("The store does not say.", 5, outcomeUnknown: true);
        }
    }
}
