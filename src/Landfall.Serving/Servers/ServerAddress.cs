using Npgsql;

namespace Landfall.Serving.Servers;

/// <summary>Where a server answers, and how it proves who it is. No secret.</summary>
public sealed record ServerAddress
{
    /// <summary>Host name or address, one of the names in its certificate.</summary>
    public required string Host { get; init; }

    /// <summary>TCP port.</summary>
    public required int Port { get; init; }

    /// <summary>How Npgsql protects connections.</summary>
    public required SslMode Tls { get; init; }

    /// <summary>Certificates, in PEM, of who vouches for the server; empty for those that the system trusts.</summary>
    public string AuthorityPem { get; init; } = "";

    /// <summary>Whether it is the embedded server of the home.</summary>
    public bool IsEmbedded { get; init; }
}
