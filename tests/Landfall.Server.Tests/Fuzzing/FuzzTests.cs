using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Landfall.Server.Endpoints;
using Landfall.Testing;

namespace Landfall.Server.Tests.Fuzzing;

/// <summary>
/// Requests of every shape against every address: good ones succeed, others get a status of 400 to 499 or a closed
/// connection, and the server goes on with the memory it had.
/// </summary>
public sealed class FuzzTests(ITestOutputHelper output)
{
    private const int Requests = 16_000;
    private const int Callers = 32;

    /// <summary>What Kestrel answers by itself to a version of HTTP that is not 1.1 or 1.0.</summary>
    private const int VersionNotSupported = 505;
    private const int NotReady = 503;

    private const int Rounds = 3;
    private const long GrowthMax = 8 << 20;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Requests_OfEveryShape_AreAnsweredOrRefusedInFlatMemory()
    {
        TestSeed seed = TestSeed.Fresh();
        output.WriteLine($"{seed}");
        await using TestServer server = await TestServer.StartAsync(
            new EndpointLimits { Timeout = TimeSpan.FromMilliseconds(500), BodyBytesMax = 64 << 10 }, null,
            TestServer.Champion());

        await RunAsync(server, seed, Requests / 4);
        ConcurrentDictionary<int, int> statuses = [];
        long growth = long.MaxValue;

        // Pools of buffers grow to the callers' number once; a leak grows with every round.
        for (int round = 1; round <= Rounds && growth >= GrowthMax; round++)
        {
            long before = Memory(server);
            statuses = await RunAsync(server, seed + round, Requests);
            growth = Memory(server) - before;
            output.WriteLine($"round {round}: {growth / 1024} KiB more");
        }

        output.WriteLine(string.Join(", ", statuses.OrderBy(s => s.Key).Select(s => $"{s.Key}: {s.Value}")));
        Assert.True(growth < GrowthMax, $"{growth} bytes more in each of {Rounds} rounds");
        Assert.Superset(new HashSet<int> { 200, 202, 400, 401, 404, 405, 413, 415 }, statuses.Keys.ToHashSet());
        Assert.Equal("", string.Join('\n', server.Log.Lines.Take(3)));
        Assert.True((await server.ScoreAsync("""{"account_id":"account-3"}""")).IsSuccessStatusCode);
    }

    /// <summary>Methods are told apart by case (RFC 9110, 9.1): "HEaD" is not HEAD, and has a body.</summary>
    [Theory]
    [InlineData("HEAD")]
    [InlineData("HEaD")]
    [InlineData("get")]
    public async Task Method_OfAnyCase_IsAnsweredOrRefused(string method)
    {
        await using TestServer server = await TestServer.StartAsync(TestServer.Champion());
        RawClient client = new(new(IPAddress.Loopback, server.Server.Address.Port), Patience);

        int status = await client.SendAsync(Encoding.ASCII.GetBytes(
            $"{method} {TestServer.Base}/status HTTP/1.1\r\nHost: a\r\n"
            + $"Authorization: Bearer {server.Keys.Primary}\r\n\r\n"));

        Assert.True(status is 200 or 405, $"{status}");
    }

    [Theory]
    [InlineData("HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\n\r\n", 500)]
    [InlineData("Landfall\r\n\r\n", RawClient.Nonsense)]
    [InlineData(null, RawClient.Hung)]
    public async Task RawClient_ServerThatFails_NegativeControl_IsNoticed(string? answer, int expected)
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        RawClient client = new((IPEndPoint)listener.LocalEndpoint, TimeSpan.FromMilliseconds(500));

        Task<int> status = client.SendAsync("GET / HTTP/1.1\r\n\r\n"u8.ToArray());
        using Socket accepted = await listener.AcceptSocketAsync();
        if (answer is not null)
        {
            await accepted.SendAsync(Encoding.ASCII.GetBytes(answer));
            accepted.Shutdown(SocketShutdown.Both);
        }

        Assert.Equal(expected, await status);
        Assert.False(IsFine(expected));
    }

    private static long Memory(TestServer server)
    {
        server.Exposures.Served.Clear();
        server.Exposures.Feedback.Clear();
        return GC.GetTotalMemory(forceFullCollection: true);
    }

    private static bool IsFine(int status) =>
        status is RawClient.Closed or VersionNotSupported or (>= 200 and < 300) or (>= 400 and < 500);

    /// <summary>What is asked whether it is ready says by 503 that it is not: a bent version is none.</summary>
    private static bool SaysNotReady(int status, string request) =>
        status == NotReady && request.Split('\n', 2)[0].Contains("/ready", StringComparison.Ordinal);

    private static async Task<ConcurrentDictionary<int, int>> RunAsync(TestServer server, TestSeed seed, int requests)
    {
        RawClient client = new(new(IPAddress.Loopback, server.Server.Address.Port), Patience);
        ConcurrentDictionary<int, int> statuses = [];
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(part => Task.Run(async () =>
        {
            RequestFuzzer fuzzer = new(new Random((seed.Value * Callers) + part), server.Keys.Primary);
            for (int i = 0; i < requests / Callers; i++)
            {
                bool isGood = i % 5 == 0;
                byte[] request = isGood ? fuzzer.Good() : fuzzer.Bent();
                int status = await client.SendAsync(request);
                string text = Encoding.Latin1.GetString(request, 0, Math.Min(request.Length, 2000));
                Assert.True(
                    isGood ? status is >= 200 and < 300 : IsFine(status) || SaysNotReady(status, text),
                    $"{seed}: {status} for {text}");
                statuses.AddOrUpdate(status, 1, (_, n) => n + 1);
            }
        })));
        return statuses;
    }
}
