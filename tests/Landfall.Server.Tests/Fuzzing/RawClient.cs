using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Landfall.Server.Tests.Fuzzing;

/// <summary>Sends bytes over a connection of their own and says what came back.</summary>
internal sealed class RawClient(IPEndPoint server, TimeSpan patience)
{
    /// <summary>The connection was closed without an answer.</summary>
    public const int Closed = 0;

    /// <summary>Nothing came, and the connection stayed open.</summary>
    public const int Hung = -1;

    /// <summary>What came is no HTTP answer.</summary>
    public const int Nonsense = -2;

    /// <summary>The status of the answer to a request.</summary>
    public async Task<int> SendAsync(byte[] request)
    {
        using Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        using CancellationTokenSource late = new(patience);
        byte[] answer = new byte[4096];
        int length = 0;
        try
        {
            await socket.ConnectAsync(server, late.Token);
            try
            {
                await socket.SendAsync(request, late.Token);
            }
            catch (SocketException)
            {
                // The server has refused before it heard all; its answer may be there still.
            }

            // The status is enough: a bent request may leave the connection open for more.
            for (int read = 1; read > 0 && length < answer.Length && Status(answer, length) == Closed; length += read)
            {
                read = await socket.ReceiveAsync(answer.AsMemory(length), late.Token);
            }
        }
        catch (OperationCanceledException)
        {
            return Hung;
        }
        catch (SocketException)
        {
            // What came before the connection was reset counts.
        }

        return Status(answer, length);
    }

    private static int Status(byte[] answer, int length)
    {
        const string Continue = "HTTP/1.1 100 Continue\r\n\r\n";
        string text = Encoding.Latin1.GetString(answer, 0, length);
        string rest = text.StartsWith(Continue, StringComparison.Ordinal) ? text[Continue.Length..] : text;
        return rest.Length < "HTTP/1.1 200".Length ? Closed
            : rest.StartsWith("HTTP/1.1 ", StringComparison.Ordinal) && int.TryParse(rest[9..12], out int status)
                ? status
            : Nonsense;
    }
}
