using Landfall.Estate;
using Npgsql;

namespace Landfall.Serving.Servers;

/// <summary>An open connection of ours to a database of the server.</summary>
internal static class ServerSession
{
    private const int Seconds = 15;
    private const int AliveSeconds = 60;

    /// <summary>Connects.</summary>
    /// <param name="login">Who, and where.</param>
    /// <param name="database">The database.</param>
    /// <param name="scratch">A folder for the authority's certificate.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="LandfallException">LF4310.</exception>
    public static async Task<NpgsqlConnection> OpenAsync(
        ServerLogin login, string database, string scratch, CancellationToken cancellationToken)
    {
        NpgsqlConnection connection = new(SettingsOf(login, database, scratch).ConnectionString);
        try
        {
            await connection.OpenAsync(cancellationToken);
            return connection;
        }
        catch (Exception problem) when (problem is NpgsqlException or TimeoutException)
        {
            await connection.DisposeAsync();
            throw Refused(login, database, problem);
        }
    }

    private static LandfallException Refused(ServerLogin login, string database, Exception problem)
    {
        string state = problem is PostgresException refused ? $" (SQLSTATE {refused.SqlState})" : "";
        string next = login.Address.IsEmbedded
            ? "Start it with 'landfall up', and look at its log below HOME/serving/server."
            : "See that the server runs, that postgres: of the target names it right, and that its certificate is "
                + "vouched for, then run again.";
        return new(
            ServingCodes.NoConnection,
            $"The database {database} does not accept the connection of {login}{state}. Nothing was published or "
            + $"changed. {next}",
            problem);
    }

    /// <summary>We speak to the embedded server without encryption: nothing leaves the machine.</summary>
    private static NpgsqlConnectionStringBuilder SettingsOf(ServerLogin login, string database, string scratch)
    {
        NpgsqlConnectionStringBuilder settings = new()
        {
            Host = login.Address.IsEmbedded ? "127.0.0.1" : login.Address.Host,
            Port = login.Address.Port,
            Database = database,
            Username = login.User,
            Password = login.Password,
            ApplicationName = "landfall",
            Timeout = Seconds,
            CommandTimeout = 0,
            Pooling = false,
            GssEncryptionMode = GssEncryptionMode.Disable,
            SslMode = login.Address.IsEmbedded ? SslMode.Disable : login.Address.Tls,
            TcpKeepAlive = true,
            TcpKeepAliveTime = AliveSeconds,
            TcpKeepAliveInterval = AliveSeconds / 4,
        };
        if (!login.Address.IsEmbedded && login.Address.AuthorityPem.Length > 0)
        {
            settings.RootCertificate = Path.Combine(scratch, "authority.pem");
            File.WriteAllText(settings.RootCertificate, login.Address.AuthorityPem);
        }

        return settings;
    }
}
