using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Landfall.Engine.Spark.Tests.Connect;

/// <summary>
/// Passes connections on to a server, and does something to one message of one direction. A message is a frame of
/// HTTP/2 that belongs to a call: headers, data or trailers.
/// </summary>
internal sealed class FaultyProxy : IAsyncDisposable
{
    private const int Preface = 24;
    private const int FrameHeader = 9;
    private static readonly TimeSpan Hold = TimeSpan.FromMilliseconds(500);

    /// <summary>Longer than a client of these tests waits for its ping.</summary>
    private static readonly TimeSpan LongHold = TimeSpan.FromSeconds(4);

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly IPEndPoint _server;
    private readonly Task _accepting;
    private readonly Lock _lock = new();
    private ProxyFault _fault;
    private bool _fromServer;
    private int? _left;

    public FaultyProxy(IPEndPoint server)
    {
        _server = server;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Whether the message came that the fault was for.</summary>
    public bool Struck { get; private set; }

    /// <summary>Does something to one message.</summary>
    /// <param name="fault">What.</param>
    /// <param name="fromServer">Whether it goes to the client.</param>
    /// <param name="message">Which one of its direction, from 0, counted from now on.</param>
    public void Arm(ProxyFault fault, bool fromServer, int message)
    {
        lock (_lock)
        {
            (_fault, _fromServer, _left, Struck) = (fault, fromServer, message, false);
        }
    }

    /// <summary>Lets everything pass that comes from now on.</summary>
    public void Disarm()
    {
        lock (_lock)
        {
            _left = null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        await _accepting;
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        List<Task> connections = [];
        try
        {
            while (true)
            {
                connections.Add(PassAsync(await _listener.AcceptSocketAsync(_end.Token)));
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task PassAsync(Socket client)
    {
        using Socket server = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        using (client)
        {
            client.NoDelay = true;
            using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(_end.Token);
            using SemaphoreSlim silence = new(1);
            try
            {
                await server.ConnectAsync(_server, end.Token);
                Task[] ways =
                [
                    PassAsync(client, server, fromServer: false, silence, end.Token),
                    PassAsync(server, client, fromServer: true, silence, end.Token),
                ];
                await Task.WhenAny(ways);
                await end.CancelAsync();
                await Task.WhenAll(ways);
            }
            catch (Exception e) when (e is SocketException or OperationCanceledException)
            {
                // The client sees that there is no server.
            }

            // Resets instead of a polite end.
            client.LingerState = new(enable: true, 0);
            server.LingerState = new(enable: true, 0);
        }
    }

    private async Task PassAsync(
        Socket from, Socket to, bool fromServer, SemaphoreSlim silence, CancellationToken cancellationToken)
    {
        try
        {
            await using NetworkStream source = new(from, ownsSocket: false);
            var buffer = new byte[FrameHeader + (1 << 20)];
            int length = fromServer ? 0 : Preface;
            await source.ReadExactlyAsync(buffer.AsMemory(0, length), cancellationToken);
            await to.SendAsync(buffer.AsMemory(0, length), cancellationToken);
            while (true)
            {
                await source.ReadExactlyAsync(buffer.AsMemory(0, FrameHeader), cancellationToken);
                length = BinaryPrimitives.ReadInt32BigEndian(buffer) >>> 8;
                await source.ReadExactlyAsync(buffer.AsMemory(FrameHeader, length), cancellationToken);
                ProxyFault? fault = IsOfCall(buffer) ? FaultOf(fromServer) : null;
                if (fault == ProxyFault.Cut)
                {
                    return;
                }

                if (fault == ProxyFault.Silence)
                {
                    await silence.WaitAsync(cancellationToken);
                    await Task.Delay(Timeout.Infinite, cancellationToken);
                }

                TimeSpan hold = fault switch
                {
                    ProxyFault.Delay => Hold,
                    ProxyFault.Late => LongHold,
                    _ => TimeSpan.Zero,
                };
                CancellationToken sending = fault == ProxyFault.Late ? CancellationToken.None : cancellationToken;
                // The time itself is the fault. What is late comes though the connection has ended.
                await Task.Delay(hold, sending);
                await silence.WaitAsync(sending);
                await to.SendAsync(buffer.AsMemory(0, FrameHeader + length), sending);
                silence.Release();
                if (fault == ProxyFault.CutBehind)
                {
                    return;
                }
            }
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException
            or OperationCanceledException)
        {
            // One side ended the connection: so does the other.
        }
    }

    /// <summary>Headers and data of a stream; pings, windows and settings are of the connection.</summary>
    private static bool IsOfCall(ReadOnlySpan<byte> frame) => frame[3] is 0 or 1;

    private ProxyFault? FaultOf(bool fromServer)
    {
        lock (_lock)
        {
            if (_left is null || fromServer != _fromServer || _left-- > 0)
            {
                return null;
            }

            (_left, Struck) = (null, true);
            return _fault;
        }
    }
}
