using Landfall.Engine.Lakes;
using Landfall.Serving.Postgres;
using Npgsql;

namespace Landfall.Serving.Servers;

/// <summary>
/// The embedded server of a home: <c>HOME/serving</c>. It listens on this machine only, since it links an OpenSSL that
/// is out of support; people reach it encrypted, with a certificate of the home's own authority.
/// </summary>
/// <param name="home">The home.</param>
/// <param name="clock">Time, for certificates.</param>
public sealed class EmbeddedSqlServer(LandfallHome home, TimeProvider clock) : ISqlServer
{
    /// <summary>The name that people use and that its certificate holds.</summary>
    public const string HostName = "localhost";

    private readonly PostgresOptions _options = new() { DataFolder = Path.Combine(home.Serving, "server") };

    /// <summary>Certificates and keys of the server and of the authority that vouches for it.</summary>
    public ServerCertificates Certificates { get; } = new(Path.Combine(home.Serving, "tls"), clock);

    /// <summary>Whether it has been made in this home.</summary>
    public bool Exists => EmbeddedPostgres.Status(_options).State != PostgresState.Absent;

    /// <inheritdoc/>
    public ServerAddress? Find() =>
        EmbeddedPostgres.Status(_options) is { State: PostgresState.Running, Port: { } port } ? AddressOf(port) : null;

    /// <inheritdoc/>
    public async Task<ServerAddress> EnsureAsync(CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(home.Serving);
        PostgresServer server = await EmbeddedPostgres.EnsureStartedAsync(
            _options with { Profile = ServingProfile.Of(Certificates.Ensure()) }, cancellationToken);
        return AddressOf(server.Port);
    }

    /// <inheritdoc/>
    public Task<bool> StopAsync(CancellationToken cancellationToken) =>
        EmbeddedPostgres.StopAsync(_options, cancellationToken);

    /// <inheritdoc/>
    public (string User, string Password) Administrator() =>
        (Cluster.Superuser, ServerNotes.Password(Path.GetFullPath(_options.DataFolder)));

    private ServerAddress AddressOf(int port) => new()
    {
        Host = HostName,
        Port = port,
        Tls = SslMode.VerifyFull,
        AuthorityPem = Certificates.AuthorityPem(),
        IsEmbedded = true,
    };
}
