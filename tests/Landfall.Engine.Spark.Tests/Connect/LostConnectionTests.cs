using System.Net;
using Landfall.Engine.Spark.Connect;

namespace Landfall.Engine.Spark.Tests.Connect;

/// <summary>
/// The connection is lost at every message of a statement that adds rows, in every way: the rows are there once.
/// </summary>
[Collection(SparkCollection.Name)]
public sealed class LostConnectionTests(SparkFixture spark)
{
    private const int Rows = 100;

    /// <summary>Statements at a time: most of it is waiting.</summary>
    private const int Lanes = 4;

    /// <summary>More messages than a statement has: the last position must not be reached.</summary>
    private const int Bound = 60;

    public static TheoryData<ProxyFault, bool> Faults =>
        new(
            from fault in Enum.GetValues<ProxyFault>()
            from fromServer in (bool[])[false, true]
            // A late answer is a lost one; a late plan is a second one.
            where fault != ProxyFault.Late || !fromServer
            select (fault, fromServer));

    [SparkTheory]
    [MemberData(nameof(Faults))]
    public Task Write_ConnectionLostAtEachMessage_HasItsRowsOnce(ProxyFault fault, bool fromServer) =>
        ForEachMessageAsync(fault, fromServer, () => Task.FromResult<Func<SparkSession, Task>>(WriteAsync));

    [SparkTheory]
    [MemberData(nameof(Faults))]
    public Task Insert_ConnectionLostAtEachMessage_AddsItsRowsOnce(ProxyFault fault, bool fromServer) =>
        ForEachMessageAsync(fault, fromServer, async () =>
        {
            string table = await NewTableAsync();
            int rows = 0;
            return async session =>
            {
                bool isOrphan = await IsOrphanAsync(InsertAsync(session, table));
                int found = await CountAsync(table);
                Assert.True(found == rows + Rows || (isOrphan && found == rows), $"{found} rows, {rows} before");
                rows = found;
            };
        });

    /// <summary>Negative control: a client that runs its statement anew adds the rows twice, and it is seen.</summary>
    [SparkFact]
    public async Task Insert_SentAgainAfterACut_AddsItsRowsTwice()
    {
        string table = await NewTableAsync();
        await using FaultyProxy proxy = NewProxy();
        await using SparkSession session = await OpenAsync(proxy, runsAgain: true);

        proxy.Arm(ProxyFault.Cut, fromServer: true, message: 1);
        await InsertAsync(session, table);

        Assert.True(proxy.Struck);
        Assert.Equal(2 * Rows, await CountAsync(table));
    }

    /// <summary>Runs a statement with a fault at its first message, its second one, until it has no more.</summary>
    private async Task ForEachMessageAsync(
        ProxyFault fault, bool fromServer, Func<Task<Func<SparkSession, Task>>> statements)
    {
        int[] struck = await Task.WhenAll(Enumerable.Range(0, Lanes).Select(async lane =>
        {
            Func<SparkSession, Task> statement = await statements();
            await using FaultyProxy proxy = NewProxy();
            await using SparkSession session = await OpenAsync(proxy);
            int cases = 0;
            for (int message = lane; message < Bound; message += Lanes, cases++)
            {
                proxy.Arm(fault, fromServer, message);
                await statement(session);
                if (!proxy.Struck)
                {
                    proxy.Disarm();
                    break;
                }
            }

            return cases;
        }));

        Assert.InRange(struck.Sum(), Lanes, Bound - 1);
    }

    /// <summary>
    /// Whether the statement was given up with an error since Spark was asked for it at the very moment that it arrived
    /// and dropped it, which happens on a machine with much else to do. Whether it has run is not known then.
    /// </summary>
    private static async Task<bool> IsOrphanAsync(Task statement)
    {
        try
        {
            await statement;
            return false;
        }
        catch (SparkException e) when (
            e.ErrorClass == "SPARK_CONNECT_ILLEGAL_STATE.EXECUTION_STATE_OPERATION_ORPHANED")
        {
            return true;
        }
    }

    private async Task WriteAsync(SparkSession session)
    {
        string folder = spark.NewPath();
        Task<SparkWritten> writing = session.WriteAsync(
            new($"select id from range({Rows})", folder) { Metrics = [new("rows", "count(*)")] },
            progress: null, CancellationToken.None);
        if (await IsOrphanAsync(writing))
        {
            return;
        }

        Assert.Equal((long)Rows, (await writing).Metrics["rows"]);
        Assert.True(File.Exists(Path.Combine(folder, "_SUCCESS")));
        Assert.Equal(Rows, await CountAsync($"parquet.`{folder}`"));
    }

    private static Task InsertAsync(SparkSession session, string table) => session.ExecuteAsync(
        $"insert into {table} select id from range({Rows})", CancellationToken.None);

    private async Task<string> NewTableAsync()
    {
        string table = $"delta.`{spark.NewPath()}`";
        await spark.Session.ExecuteAsync($"create table {table} (id bigint) using delta", CancellationToken.None);
        return table;
    }

    private async Task<int> CountAsync(string table)
    {
        SparkRows rows = await spark.Session.QueryAsync($"select count(*) from {table}", CancellationToken.None);
        return (int)(long)rows.Rows[0][0]!;
    }

    private FaultyProxy NewProxy() => new(new(IPAddress.Loopback, spark.Address.Port));

    private Task<SparkSession> OpenAsync(FaultyProxy proxy, bool runsAgain = false) => spark.OpenAsync(
        spark.Address with { Port = proxy.Port },
        SparkFixture.Options() with
        {
            PingDelay = TimeSpan.FromSeconds(1), PingTimeout = TimeSpan.FromSeconds(1), RunsAgain = runsAgain,
        });
}
