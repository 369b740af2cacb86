using System.Net;
using System.Net.Sockets;
using Landfall.Engine.Spark.Connect;
using Landfall.Engine.Spark.Protocol;
using Landfall.Estate;
using State = Landfall.Engine.Spark.Protocol.GetStatusResponse.Types.OperationStatus.Types.OperationState;

namespace Landfall.Engine.Spark.Tests.Connect;

[Collection(SparkCollection.Name)]
public sealed class SparkCancelTests(SparkFixture spark)
{
    /// <summary>Runs for hours.</summary>
    private const string Endless = "select sum(hash(id)) as h from range(0, 100000000000000, 1, 4)";

    [SparkFact]
    public async Task Write_Cancelled_EndsOnTheServer()
    {
        await using SparkSession session = await spark.OpenAsync();
        using CancellationTokenSource cancel = new();
        string folder = spark.NewPath();

        await Assert.ThrowsAsync<OperationCanceledException>(
            () => session.WriteAsync(new(Endless, folder), _ => cancel.Cancel(), cancel.Token));

        Assert.Empty(await RunningAsync(session.Id));
        Assert.False(File.Exists(Path.Combine(folder, "_SUCCESS")));
        SparkRows rows = await session.QueryAsync("select 1", CancellationToken.None);
        Assert.Equal([1], rows.Rows[0]);
    }

    [SparkFact]
    public async Task Query_CancelledBefore_IsNotSent()
    {
        using CancellationTokenSource cancel = new();
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => spark.Session.QueryAsync("select 1", cancel.Token));
    }

    /// <summary>Its worker was killed: the client is gone, and the operation goes on.</summary>
    [SparkFact]
    public async Task Interrupt_SessionOfAnother_EndsWhatRunsAndTheSession()
    {
        SparkSession other = await spark.OpenAsync();
        TaskCompletionSource isRunning = new();
        Task<SparkWritten> running = other.WriteAsync(
            new(Endless, spark.NewPath()), _ => isRunning.TrySetResult(), CancellationToken.None);
        await isRunning.Task;
        // Negative control: what looks for operations sees one that runs.
        Assert.Single(await RunningAsync(other.Id));

        await SparkSession.InterruptAsync(spark.Address, other.Id, CancellationToken.None);

        LandfallException e = await Assert.ThrowsAnyAsync<LandfallException>(() => running);
        Assert.Contains(e.Code, (string[])["LF4335", "LF4336", "LF4339"]);
        e = await Assert.ThrowsAnyAsync<LandfallException>(
            () => other.QueryAsync("select 1", CancellationToken.None));
        Assert.Equal("LF4335", e.Code);
        await other.DisposeAsync();
        await SparkSession.InterruptAsync(spark.Address, other.Id, CancellationToken.None);
    }

    [SparkFact]
    public Task Interrupt_NoSuchSession_IsNoError() => SparkSession.InterruptAsync(
        spark.Address, Guid.NewGuid().ToString(), CancellationToken.None);

    [Fact]
    public async Task Interrupt_NoServer_IsNoError()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        int port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();

        await SparkSession.InterruptAsync(
            SparkAddress.Parse($"sc://127.0.0.1:{port}"), Guid.NewGuid().ToString(), CancellationToken.None);
    }

    private async Task<IEnumerable<GetStatusResponse.Types.OperationStatus>> RunningAsync(string session)
    {
        using SparkTransport transport = new(spark.Address, new() { SessionId = session });
        return (await new SparkInterruption(transport).StatusAsync(CancellationToken.None))
            .Where(s => s.State == State.Running).ToArray();
    }
}
