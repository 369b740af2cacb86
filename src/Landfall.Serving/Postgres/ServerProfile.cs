using System.Collections.Immutable;

namespace Landfall.Serving.Postgres;

/// <summary>How a server runs, beside where; taken up when it starts. Its text form shows no key.</summary>
public sealed record ServerProfile
{
    /// <summary>The server's certificate in PEM.</summary>
    public required string CertificatePem { get; init; }

    /// <summary>The key of the certificate in PEM: a secret.</summary>
    public required string KeyPem { get; init; }

    /// <summary>Lines of <c>pg_hba.conf</c>, of which the first that fits decides.</summary>
    public required ImmutableArray<string> HostRules { get; init; }

    /// <summary>Settings by name; words without spaces.</summary>
    public required ImmutableArray<(string Name, string Value)> Settings { get; init; }

    /// <summary>Most address space of one of its processes, in bytes.</summary>
    public required long AddressSpaceBytes { get; init; }

    /// <inheritdoc/>
    public override string ToString() => nameof(ServerProfile);
}
