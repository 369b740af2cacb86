using System.Collections.Immutable;
using Landfall.Estate.Integrations;

namespace Landfall.Sources.Postgres;

/// <summary>What <see cref="LandPostgresTask"/> reads. Connection values may hold <c>${secret:NAME}</c>.</summary>
internal sealed record LandPostgresPayload
{
    /// <summary>Host.</summary>
    public required string Host { get; init; }

    /// <summary>Port.</summary>
    public required string Port { get; init; }

    /// <summary>Database.</summary>
    public required string Database { get; init; }

    /// <summary>User.</summary>
    public required string User { get; init; }

    /// <summary>Password.</summary>
    public required string Password { get; init; }

    /// <summary>How the connection is protected.</summary>
    public required PostgresTls Tls { get; init; }

    /// <summary>Certificates of authorities in PEM; empty for those of the machine.</summary>
    public required string TlsAuthority { get; init; }

    /// <summary>The integration's folder in raw.</summary>
    public required string UnitFolder { get; init; }

    /// <summary>Number of the batch.</summary>
    public required long Batch { get; init; }

    /// <summary>The tables.</summary>
    public required ImmutableArray<PostgresTable> Tables { get; init; }
}
