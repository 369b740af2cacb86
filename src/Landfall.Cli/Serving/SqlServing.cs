using Landfall.Engine.Lakes;
using Landfall.Engine.Publishing;
using Landfall.Estate;
using Landfall.Estate.Zones;
using Landfall.Serving;
using Landfall.Serving.Access;
using Landfall.Serving.Publishing;
using Landfall.Serving.Servers;

namespace Landfall.Cli.Serving;

/// <summary>The PostgreSQL that serves an estate: the target's own, or the embedded one of the home.</summary>
/// <param name="context">The invocation.</param>
/// <param name="estate">The estate.</param>
internal sealed class SqlServing(CommandContext context, EstateDefinition estate)
{
    private readonly LandfallHome _home = context.Home();

    /// <summary>Whether the estate serves anything by SQL.</summary>
    public bool IsDeclared { get; } = estate.Zones.Any(z => z.ServesSql);

    /// <summary>The server; it may never have been made.</summary>
    public ISqlServer Server => External ?? (ISqlServer)Embedded;

    /// <summary>The embedded server, whether the target uses it or not.</summary>
    public EmbeddedSqlServer Embedded => new(_home, context.Clock);

    /// <summary>Whether the target names a server of the operator's own.</summary>
    public bool IsExternal => context.TargetOf(estate).Postgres is not null;

    /// <summary>Whether runs publish: the target names a server, or the embedded one has been made.</summary>
    public bool IsOn => IsDeclared && (IsExternal || Embedded.Exists);

    /// <summary>What publishes; null where nothing is.</summary>
    public IPublisher? Publisher => IsOn ? new SqlPublisher(Server, _home) : null;

    /// <summary>Logins of people and applications.</summary>
    /// <exception cref="LandfallException">LF4320 where nothing is served here.</exception>
    public SqlUsers Users()
    {
        RequireOn();
        return new(Server, _home, estate);
    }

    /// <summary>Where a zone's tables are read; the server is started where it is ours and stopped.</summary>
    /// <exception cref="LandfallException">LF4320 where nothing is served here.</exception>
    public async Task<SqlAddress> AddressOfAsync(Zone zone, CancellationToken cancellationToken)
    {
        RequireOn();
        ServerAddress server = await Server.EnsureAsync(cancellationToken);
        return new(server.Host, server.Port, zone.SqlName, AuthorityFileOf(server));
    }

    /// <summary>A file with the certificate of who vouches for the server; null where the system knows who.</summary>
    private string? AuthorityFileOf(ServerAddress server)
    {
        if (server.IsEmbedded)
        {
            return Embedded.Certificates.AuthorityFile;
        }

        if (server.AuthorityPem.Length == 0)
        {
            return null;
        }

        string file = Path.Combine(_home.Serving, "authority.pem");
        Directory.CreateDirectory(_home.Serving);
        File.WriteAllText(file, server.AuthorityPem);
        return file;
    }

    /// <summary>Refuses what needs a server where there is none.</summary>
    public void RequireOn()
    {
        if (!IsOn)
        {
            throw new LandfallException(
                "LF4320",
                IsDeclared
                    ? $"Nothing is served here yet. Nothing changed. Start with: {context.Invocation("up")}"
                    : "The estate serves nothing by SQL. Nothing changed. Add 'serve: [sql]' to an integration or "
                        + "product, and sql to serving in its zone's tools.");
        }
    }

    private ExternalSqlServer? External => context.TargetOf(estate).Postgres is { } settings
        ? new(settings, estate, new SecretVault(_home))
        : null;
}
