namespace Landfall.DuckDb.Tests;

public sealed class ConcurrencyTests
{
    private const int Threads = 8;

    [Fact]
    public async Task EightThreads_WithAConnectionEach_SeeTheirOwnRows()
    {
        using var session = new Session();
        session.Connection.Execute("create table t(thread int, n bigint)");

        await Task.WhenAll(Enumerable.Range(0, Threads).Select(thread => Task.Factory.StartNew(
            () => Work(session.Database, thread), TaskCreationOptions.LongRunning)));

        Assert.Equal(
            Enumerable.Range(0, Threads).Select(t => new object?[] { t, 2000L, 1999000L }),
            session.Rows("select thread, count(*), sum(n)::bigint from t group by thread order by thread"));
    }

    [Fact]
    public async Task EightThreads_HalfOfThemCancelled_DoNotDisturbTheOthers()
    {
        using DuckDbDatabase database = DuckDbDatabase.Open();
        bool[] cancelled = new bool[Threads];

        await Task.WhenAll(Enumerable.Range(0, Threads).Select(thread => Task.Factory.StartNew(
            () => cancelled[thread] = RunCancelled(database, cancel: thread % 2 == 0),
            TaskCreationOptions.LongRunning)));

        Assert.Equal(Enumerable.Range(0, Threads).Select(t => t % 2 == 0), cancelled);
    }

    private static void Work(DuckDbDatabase database, int thread)
    {
        for (int round = 0; round < 20; round++)
        {
            using DuckDbConnection connection = database.Connect();
            using DuckDbStatement insert = connection.Prepare("insert into t select ?, range + ? from range(100)");
            insert.Bind(1, thread);
            insert.Bind(2, round * 100L);
            Assert.Equal(100, insert.Execute());
            using DuckDbResult result = connection.Query("select range, range::varchar from range(5000)");
            Assert.Equal(5000, result.Rows().Count(r => ((long)r[0]!).ToString() == (string)r[1]!));
        }
    }

    private static bool RunCancelled(DuckDbDatabase database, bool cancel)
    {
        using DuckDbConnection connection = database.Connect();
        using var cancellation = new CancellationTokenSource();
        if (cancel)
        {
            cancellation.CancelAfter(TimeSpan.FromMilliseconds(50));
        }

        string rows = cancel ? "range(100000000) a, range(100000) b" : "range(2000000) a, range(2) b";
        try
        {
            connection.Execute($"select sum(a.range * b.range) from {rows}", cancellation.Token);
            return false;
        }
        catch (OperationCanceledException)
        {
            return true;
        }
    }
}
