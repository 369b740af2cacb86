using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Landfall.Bench;

/// <summary>
/// Sends requests by a fixed schedule, whether answers come or not (open loop), over connections that stay open, and
/// measures each from the time it was due: a server that stalls is not spared the requests that come meanwhile.
/// </summary>
internal static class LoadGenerator
{
    private const int Connections = 64;

    /// <summary>Sends for some seconds.</summary>
    /// <param name="port">Port of this machine.</param>
    /// <param name="requests">Requests as bytes, taken in turn.</param>
    /// <param name="rate">Requests a second.</param>
    /// <param name="seconds">How long.</param>
    public static async Task<LoadResult> RunAsync(int port, byte[][] requests, int rate, double seconds)
    {
        int count = (int)(rate * seconds);
        double[] milliseconds = new double[count];
        int failures = 0;
        long start = Stopwatch.GetTimestamp() + (Stopwatch.Frequency / 10);
        await Task.WhenAll(Enumerable.Range(0, Connections).Select(c => Task.Run(async () =>
        {
            using Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync(IPAddress.Loopback, port);
            byte[] buffer = new byte[65_536];
            for (int i = c; i < count; i += Connections)
            {
                long due = start + (long)((double)i / rate * Stopwatch.Frequency);
                TimeSpan early = Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), due);
                if (early > TimeSpan.FromMilliseconds(1))
                {
                    await Task.Delay(early);
                }

                await socket.SendAsync(requests[i % requests.Length]);
                if (!await ReceiveAsync(socket, buffer))
                {
                    Interlocked.Increment(ref failures);
                }

                milliseconds[i] = Math.Max(0, Stopwatch.GetElapsedTime(due).TotalMilliseconds);
            }
        })));
        double took = Stopwatch.GetElapsedTime(start).TotalSeconds;

        // The first tenth warms up.
        double[] counted = [.. milliseconds.Skip(count / 10).Order()];
        return new(
            count / took, count - failures, failures, counted[counted.Length / 2],
            counted[(int)(counted.Length * 0.99)], counted[^1]);
    }

    /// <summary>Reads one answer to its end; whether it is a 200.</summary>
    private static async Task<bool> ReceiveAsync(Socket socket, byte[] buffer)
    {
        int length = 0;
        int total = int.MaxValue;
        while (length < total)
        {
            int read = await socket.ReceiveAsync(buffer.AsMemory(length));
            if (read == 0)
            {
                throw new IOException("The server closed a connection.");
            }

            length += read;
            int head = total == int.MaxValue ? buffer.AsSpan(0, length).IndexOf("\r\n\r\n"u8) : -1;
            if (head >= 0)
            {
                total = head + 4 + ContentLength(buffer.AsSpan(0, head));
            }
        }

        return buffer.AsSpan().StartsWith("HTTP/1.1 200 "u8);
    }

    private static int ContentLength(ReadOnlySpan<byte> head)
    {
        int at = head.IndexOf("Content-Length: "u8);
        ReadOnlySpan<byte> text = head[(at + "Content-Length: ".Length)..];
        int end = text.IndexOf((byte)'\r');
        return int.Parse(Encoding.ASCII.GetString(end < 0 ? text : text[..end]));
    }
}
