using System.Net;
using Microsoft.Extensions.Logging;

namespace Landfall.Server;

/// <summary>How a server runs.</summary>
public sealed record ServerOptions
{
    /// <summary>The port of endpoints by default.</summary>
    public const int PortDefault = 8320;

    /// <summary>The address to listen on; this machine's own by default.</summary>
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>The port, 0 for any free one.</summary>
    public int Port { get; init; } = PortDefault;

    /// <summary>How often deployments, keys and accounts are looked at: every 2 s by default.</summary>
    public TimeSpan RefreshPeriod { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long requests under way may take when the server stops: 5 s by default.</summary>
    public TimeSpan StopTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Time.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>
    /// Where the server logs, warnings and errors: standard error by default. No log ever holds what a request said.
    /// </summary>
    public ILoggerProvider? Log { get; init; }
}
