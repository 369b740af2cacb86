using System.Globalization;
using System.Security.Authentication;
using System.Security.Cryptography;
using Landfall.Engine.Ingest;
using Landfall.Estate;
using Landfall.Estate.Integrations;
using Landfall.Estate.Management;
using Landfall.Estate.Names;
using Landfall.Workers;
using Npgsql;

namespace Landfall.Sources.Postgres;

/// <summary>
/// Connects to a database. Another machine has to prove who it is before it is told a password, unless the manifest
/// says otherwise; what stays on this machine is not on a network.
/// </summary>
internal static class PostgresConnect
{
    private const int Seconds = 15;
    private const int AliveSeconds = 60;

    /// <summary>Connects; the place is what messages call the database.</summary>
    /// <exception cref="LandfallException">LF4270, LF4284.</exception>
    public static async Task<(NpgsqlConnection Connection, string Place)> OpenAsync(
        LandPostgresPayload payload, WorkerContext context, CancellationToken cancellationToken)
    {
        NpgsqlConnectionStringBuilder settings = SettingsOf(payload, context);
        string place = $"{settings.Database} on {settings.Host}:{settings.Port.ToString(CultureInfo.InvariantCulture)}";
        NpgsqlConnection connection = new(settings.ConnectionString);
        try
        {
            await connection.OpenAsync(cancellationToken);
            return (connection, place);
        }
        catch (Exception problem) when (problem is NpgsqlException || Caused<CryptographicException>(problem))
        {
            await connection.DisposeAsync();
            throw TlsProblem(problem, settings.SslMode) is { } tls
                ? new LandfallException(
                    IngestCodes.Tls,
                    $"The database {place} {tls} Nothing was landed and no password was sent.", problem)
                : Refused(place, settings.Username!, problem);
        }
    }

    private static LandfallException Refused(string place, string user, Exception problem)
    {
        string state = problem is PostgresException refused ? $" (SQLSTATE {refused.SqlState})"
            : problem.InnerException is TimeoutException
                ? string.Create(CultureInfo.InvariantCulture, $" (no answer for {Seconds} seconds)")
            : "";
        return new(
            IngestCodes.NoConnection,
            $"The database {place} does not accept the connection of {user}{state}. Nothing was landed. See that the "
            + "server runs and that host, port, user and password are right, then run again.",
            problem);
    }

    /// <summary>What is wrong with encryption or the proof of who answers; null where neither is.</summary>
    private static string? TlsProblem(Exception problem, SslMode mode)
    {
        if (Caused<CryptographicException>(problem))
        {
            return "cannot be proven: the secret of tlsAuthority holds no certificate in PEM. Correct the secret, then "
                + "run again.";
        }

        if (Caused<AuthenticationException>(problem))
        {
            return "does not prove that it is the host: no authority that is trusted vouches for its certificate, or "
                + "it is another host's or out of date. Name the authority's certificate with tlsAuthority: in "
                + "integration.yaml, or correct host; tls: encrypt goes without proof.";
        }

        return mode is SslMode.VerifyFull or SslMode.Require && problem is { InnerException: null }
            and not PostgresException
            ? "offers no encryption. Have it set up at the server; tls: off in integration.yaml goes without, for all "
                + "on the way to read."
            : null;
    }

    private static bool Caused<T>(Exception? problem)
        where T : Exception => problem is T || (problem is not null && Caused<T>(problem.InnerException));

    private static NpgsqlConnectionStringBuilder SettingsOf(LandPostgresPayload payload, WorkerContext context)
    {
        EgressTarget target = TargetOf(payload, context.Secrets);
        NpgsqlConnectionStringBuilder settings = new()
        {
            Host = target.Host,
            Port = target.Port!.Value,
            Database = Resolve(payload.Database, context.Secrets),
            Username = Resolve(payload.User, context.Secrets),
            Password = Resolve(payload.Password, context.Secrets),
            ApplicationName = "landfall",
            Timeout = Seconds,
            CommandTimeout = 0,
            Pooling = false,
            GssEncryptionMode = GssEncryptionMode.Disable,
            SslMode = ModeOf(payload.Tls, target),

            // A query may take long; a server that is no longer there is found out all the same.
            TcpKeepAlive = true,
            TcpKeepAliveTime = AliveSeconds,
            TcpKeepAliveInterval = AliveSeconds / 4,
        };
        if (payload.TlsAuthority.Length > 0)
        {
            settings.RootCertificate = Path.Combine(context.ScratchFolder, "authority.pem");
            File.WriteAllText(settings.RootCertificate, Resolve(payload.TlsAuthority, context.Secrets));
        }

        return settings;
    }

    private static SslMode ModeOf(PostgresTls tls, EgressTarget target) => tls switch
    {
        PostgresTls.Off => SslMode.Disable,
        PostgresTls.Encrypt => SslMode.Require,
        PostgresTls.ByHost when target.IsThisMachine => SslMode.Prefer,
        _ => SslMode.VerifyFull,
    };

    /// <summary>What the orchestrator has checked, read the same way: a list of hosts would be more than it.</summary>
    private static EgressTarget TargetOf(LandPostgresPayload payload, IReadOnlyDictionary<string, string> secrets)
    {
        _ = Resolve(payload.Host, secrets);
        _ = Resolve(payload.Port, secrets);
        EgressTarget target = EgressTarget.Of(payload.Host, payload.Port).Resolve(secrets);
        return target.IsReachable ? target : throw new LandfallException(
            IngestCodes.NoConnection,
            $"The source's {target} is not one host and a port from 1 to 65535. Nothing was landed. Correct host and "
            + "port in integration.yaml, or the secrets they name, then run again.");
    }

    private static string Resolve(string text, IReadOnlyDictionary<string, string> secrets) =>
        SecretReferences.Expand(text, secrets) ?? throw new LandfallException(
            IngestCodes.NoConnection,
            $"The pool does not have the secret {SecretReferences.NamesIn(text).First(n => !secrets.ContainsKey(n))} "
            + "that the source needs. Nothing was landed. List it under secrets: of the pool in zone.yaml.");
}
