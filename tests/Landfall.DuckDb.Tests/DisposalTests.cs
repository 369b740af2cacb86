namespace Landfall.DuckDb.Tests;

public sealed class DisposalTests
{
    [Fact]
    public void Dispose_InEveryOrder_IsSafe()
    {
        int orders = 0;
        foreach (int[] order in Orders([0, 1, 2, 3, 4]))
        {
            IDisposable[] objects = Make();
            foreach (int index in order)
            {
                objects[index].Dispose();
                objects[index].Dispose();
            }

            orders++;
        }

        Assert.Equal(120, orders);
    }

    [Fact]
    public void Finalization_OfForgottenObjects_IsSafe()
    {
        for (int round = 0; round < 10; round++)
        {
            Forget();
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        using var session = new Session();
        Assert.Equal(1, session.Value("select 1"));
    }

    [Fact]
    public void Result_DatabaseAndConnectionDisposed_EndsOrReadsOn()
    {
        IDisposable[] objects = Make();
        objects[0].Dispose();

        var result = (DuckDbResult)objects[3];

        Assert.True(result.NextChunk(out DataChunk chunk));
        Assert.Equal("text 1", chunk[1].Text(1));
        Array.ForEach(objects, o => o.Dispose());
    }

    private static void Forget()
    {
        for (int i = 0; i < 5; i++)
        {
            IDisposable[] objects = Make();
            Assert.True(((DuckDbResult)objects[3]).NextChunk(out _));
        }
    }

    /// <summary>A database, a connection, a statement, a result half read and an appender with rows.</summary>
    private static IDisposable[] Make()
    {
        DuckDbDatabase database = DuckDbDatabase.Open(config: new Dictionary<string, string> { ["threads"] = "1" });
        DuckDbConnection connection = database.Connect();
        connection.Execute("create table t(a int)");
        DuckDbAppender appender = connection.Appender(null, null, "t");
        appender[0].Set(0, 1);
        appender.Append(1);
        DuckDbStatement statement = connection.Prepare("select range, 'text ' || range from range(10000)");
        DuckDbResult result = statement.Query();
        return [database, connection, statement, result, appender];
    }

    private static IEnumerable<int[]> Orders(int[] items) => items.Length <= 1
        ? [items]
        : items.SelectMany(first => Orders([.. items.Where(i => i != first)]).Select(rest => (int[])[first, .. rest]));
}
