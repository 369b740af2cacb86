using System.Collections.Immutable;
using Landfall.Serving.Postgres;

namespace Landfall.Serving.Servers;

/// <summary>How the embedded server runs where people other than us connect to it.</summary>
internal static class ServingProfile
{
    /// <summary>
    /// Memory of one session's process. What sessions may set for themselves (<c>work_mem</c>) is no limit; this is.
    /// </summary>
    private const long SessionBytes = 1536L << 20;

    /// <summary>The profile with these certificates.</summary>
    public static ServerProfile Of(ServerCertificate certificate) => new()
    {
        CertificatePem = certificate.CertificatePem,
        KeyPem = certificate.KeyPem,
        AddressSpaceBytes = SessionBytes,
        HostRules =
        [
            // Our own connections stay on this machine and carry bulk; people prove the server first.
            $"host all {Cluster.Superuser} 127.0.0.1/32 scram-sha-256",
            $"host all +{RoleNames.Publishers} 127.0.0.1/32 scram-sha-256",
            "hostssl all all 127.0.0.1/32 scram-sha-256",
        ],
        Settings = ImmutableArray.Create(
            ("ssl", "on"),
            ("ssl_min_protocol_version", "TLSv1.2"),
            ("max_connections", "100"),
            ("superuser_reserved_connections", "5"),
            ("reserved_connections", "10"),
            ("shared_buffers", "256MB"),
            ("temp_file_limit", "4GB"),
            ("max_prepared_transactions", "0"),
            ("max_notify_queue_pages", "64"),

            // The lake is the truth and there is no standby: what a publication fills anew needs no log of its own.
            ("wal_level", "minimal"),
            ("max_wal_senders", "0"),

            // Statements and details of errors hold values of rows.
            ("log_min_error_statement", "panic"),
            ("log_error_verbosity", "terse")),
    };
}
