using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using Landfall.Estate;

namespace Landfall.Engine.Spark.Connect;

/// <summary>Where a Spark Connect server is, and what is said to it with every call.</summary>
public sealed record SparkAddress
{
    /// <summary>The port where none is told.</summary>
    public const int DefaultPort = 15002;

    private const string Form = "An address reads sc://host:port/;token=…;use_ssl=true;user_id=…;header=…";

    /// <summary>A name or an IP address, an IPv6 one without its brackets.</summary>
    public required string Host { get; init; }

    /// <summary>1 to 65535.</summary>
    public int Port { get; init; } = DefaultPort;

    /// <summary>Whether the connection is encrypted and the server's certificate checked.</summary>
    public bool UseSsl { get; init; }

    /// <summary>The user whose sessions they are: sessions of another user are not seen.</summary>
    public string UserId { get; init; } = "landfall";

    /// <summary>Headers of every call by their names in lower case; a token stands in <c>authorization</c>.</summary>
    public ImmutableSortedDictionary<string, string> Headers { get; init; } =
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>
    /// Reads <c>sc://host:port/;name=value;…</c>. Values are percent-encoded. <c>token</c> becomes a bearer token and
    /// means <c>use_ssl=true</c> unless the host is this machine; names that are not known are headers.
    /// </summary>
    /// <exception cref="LandfallException">LF4330: the text is no address. The message does not quote it.</exception>
    public static SparkAddress Parse(string text)
    {
        const string scheme = "sc://";
        if (!text.StartsWith(scheme, StringComparison.Ordinal))
        {
            throw Bad("does not begin with sc://");
        }

        string[] parts = text[scheme.Length..].Split(';');
        string authority = parts[0].EndsWith('/') ? parts[0][..^1] : parts[0];
        if (parts.Length > 1 && authority.Length == parts[0].Length)
        {
            throw Bad("has no / before its parameters");
        }

        (string host, int port) = HostAndPort(authority);
        Dictionary<string, string> values = Parameters(parts.AsSpan(1));
        SparkAddress address = new() { Host = host, Port = port };
        if (values.Remove("user_id", out string? user))
        {
            address = address with { UserId = user };
        }

        if (values.Remove("token", out string? token) && !values.TryAdd("authorization", "Bearer " + token))
        {
            throw Bad("has both a token and a header authorization");
        }

        bool? ssl = !values.Remove("use_ssl", out string? said) ? null
            : bool.TryParse(said, out bool use) ? use : throw Bad("has a use_ssl that is neither true nor false");
        return values.All(v => IsHeaderName(v.Key) && IsHeaderValue(v.Value))
            ? address with
            {
                UseSsl = ssl ?? (token is not null && !IsThisMachine(host)),
                Headers = values.ToImmutableSortedDictionary(StringComparer.Ordinal),
            }
            : throw Bad("has a parameter that is no known one and cannot be a header of gRPC");
    }

    /// <summary>Host and port: what else is said may be secret.</summary>
    public override string ToString() => Host.Contains(':') ? $"[{Host}]:{Port}" : $"{Host}:{Port}";

    private static (string Host, int Port) HostAndPort(string authority)
    {
        int end = authority.StartsWith('[') ? authority.IndexOf(']') + 1 : authority.IndexOf(':');
        string host = end < 0 ? authority : authority[..end];
        string rest = end < 0 ? "" : authority[end..];
        string name = host.Trim('[', ']');
        bool isIpV6 = host.StartsWith('[');
        bool isHost = isIpV6
            ? IPAddress.TryParse(name, out _) && name.Contains(':')
            : Uri.CheckHostName(name) is UriHostNameType.Dns or UriHostNameType.IPv4;
        if (!isHost)
        {
            throw Bad("names no host");
        }

        return rest switch
        {
            "" => (name, DefaultPort),
            _ when rest[0] == ':' && int.TryParse(
                rest.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out int port)
                && port is > 0 and <= ushort.MaxValue => (name, port),
            _ => throw Bad("has a port that is none"),
        };
    }

    private static Dictionary<string, string> Parameters(ReadOnlySpan<string> parts)
    {
        Dictionary<string, string> values = new(StringComparer.Ordinal);
        foreach (string part in parts)
        {
            if (part.Length == 0)
            {
                continue;
            }

            int equals = part.IndexOf('=');
            if (equals <= 0 || equals == part.Length - 1)
            {
                throw Bad("has a parameter without name or value");
            }

            string name = part[..equals].ToLowerInvariant();
            if (name is "session_id" or "user_agent")
            {
                throw Bad($"has the parameter {name}, which Landfall chooses itself");
            }

            if (!values.TryAdd(name, Uri.UnescapeDataString(part[(equals + 1)..])))
            {
                throw Bad("has a parameter twice");
            }
        }

        return values;
    }

    private static bool IsHeaderName(string name) =>
        name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '_' or '.')
        && !name.StartsWith("grpc-", StringComparison.Ordinal) && !name.EndsWith("-bin", StringComparison.Ordinal);

    private static bool IsHeaderValue(string value) => value.All(c => c is >= ' ' and <= '~') && value.Trim() == value;

    private static bool IsThisMachine(string host) =>
        host == "localhost" || (IPAddress.TryParse(host, out IPAddress? address) && IPAddress.IsLoopback(address));

    private static LandfallException Bad(string what) => new(
        SparkCodes.Address, $"The address of Spark {what}. {Form}; nothing was sent. Correct it, then run again.");
}
