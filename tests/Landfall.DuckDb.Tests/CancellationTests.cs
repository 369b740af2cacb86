using System.Diagnostics;

namespace Landfall.DuckDb.Tests;

public sealed class CancellationTests : IDisposable
{
    private const string Endless = "select sum(a.range * b.range) from range(100000000) a, range(100000) b";

    private static readonly TimeSpan Bound = TimeSpan.FromMinutes(1);

    private readonly Session _session = new();

    private DuckDbConnection Connection => _session.Connection;

    public void Dispose() => _session.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void LongStatement_Cancelled_EndsSoonAndTheConnectionStaysUsable(bool streaming)
    {
        using var cancellation = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
        Stopwatch watch = Stopwatch.StartNew();

        Assert.ThrowsAny<OperationCanceledException>(() =>
        {
            if (streaming)
            {
                using DuckDbResult result = Connection.Query(Endless, cancellation.Token);
                _ = result.Rows().Count();
            }
            else
            {
                Connection.Execute(Endless, cancellation.Token);
            }
        });

        Assert.InRange(watch.Elapsed, TimeSpan.FromMilliseconds(50), Bound);
        Assert.Equal(42, Connection.Scalar<int>("select 42"));
    }

    [Fact]
    public void Streaming_CancelledWhileRead_Throws()
    {
        using var cancellation = new CancellationTokenSource();
        using DuckDbResult result = Connection.Query("select range from range(10000000000)", cancellation.Token);
        Assert.True(result.NextChunk(out _));
        cancellation.Cancel();

        Assert.ThrowsAny<OperationCanceledException>(() => result.NextChunk(out _));
        Assert.Equal(42, Connection.Scalar<int>("select 42"));
    }

    [Fact]
    public void Statement_CancelledBefore_DoesNotRun()
    {
        Connection.Execute("create table t(a int)");
        var cancelled = new CancellationToken(canceled: true);

        Assert.ThrowsAny<OperationCanceledException>(() => Connection.Execute("insert into t values (1)", cancelled));
        Assert.ThrowsAny<OperationCanceledException>(() => Connection.Query("from t", cancelled));
        Assert.Equal(0L, _session.Value("select count(*) from t"));
    }

    [Fact]
    public void Write_Cancelled_ChangesNothing()
    {
        Connection.Execute("create table t(a double)");
        using var cancellation = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));

        Assert.ThrowsAny<OperationCanceledException>(() => Connection.Execute(
            "insert into t select sqrt(a.range) from range(100000000) a, range(1000)", cancellation.Token));

        Assert.Equal(0L, _session.Value("select count(*) from t"));
    }

    [Fact]
    public async Task Cancellation_AtAnyMoment_IsNeverLostAndNeverHitsTheNextStatement()
    {
        var random = new Random(20260601);
        int cancelled = 0;
        for (int i = 0; i < 150; i++)
        {
            using var cancellation = new CancellationTokenSource();
            Task signal = Task.Run(() =>
            {
                Thread.SpinWait(random.Next(20_000));
                cancellation.Cancel();
            });
            try
            {
                // However late the signal comes, every tenth statement is still running.
                string statement = i % 10 == 0 ? Endless : "select sum(sqrt(range)) from range(300000)";
                Connection.Execute(statement, cancellation.Token);
            }
            catch (OperationCanceledException)
            {
                cancelled++;
            }

            Assert.Equal(i, Connection.Scalar<int>($"select {i}"));
            await signal;
        }

        Assert.InRange(cancelled, 15, 150);
    }

    [Fact]
    public async Task Interrupt_FromAnotherThread_EndsTheStatementWithItsType()
    {
        Task<DuckDbException> work = Task.Run(() => Assert.Throws<DuckDbException>(() => Connection.Execute(Endless)));
        while (!work.IsCompleted)
        {
            Connection.Interrupt();
            Thread.Yield();
        }

        Assert.Equal(DuckDbErrorType.Interrupt, (await work).ErrorType);
        Assert.Equal(42, Connection.Scalar<int>("select 42"));
    }
}
