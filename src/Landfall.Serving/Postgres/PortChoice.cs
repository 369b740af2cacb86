using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Landfall.Estate;

namespace Landfall.Serving.Postgres;

/// <summary>Free TCP ports of the loopback address.</summary>
internal static class PortChoice
{
    // Below what systems hand out to outgoing connections, so that it is likely free again after a restart.
    private const int First = 20000;
    private const int End = 32000;

    /// <summary>Whether a server could listen there now.</summary>
    public static bool IsFree(int port)
    {
        using Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            socket.Listen();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    /// <summary>The kept port while it is free, else a new one.</summary>
    public static int Choose(int? kept)
    {
        if (kept is { } port && IsFree(port))
        {
            return port;
        }

        for (int attempt = 0; attempt < 200; attempt++)
        {
            int candidate = RandomNumberGenerator.GetInt32(First, End);
            if (IsFree(candidate))
            {
                return candidate;
            }
        }

        throw new LandfallException(
            PostgresCodes.NoPort,
            $"No free port was found on 127.0.0.1 between {First} and {End} for the embedded PostgreSQL server. No "
            + "server was started and no data changed. Stop what listens there, or allow listening on the loopback "
            + "address.");
    }
}
