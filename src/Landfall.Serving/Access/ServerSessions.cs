using Landfall.Engine.Lakes;
using Landfall.Estate;
using Landfall.Estate.Zones;
using Landfall.Serving.Servers;
using Npgsql;

namespace Landfall.Serving.Access;

/// <summary>Our connections to a server: the administrator's, and each zone's publisher's.</summary>
/// <param name="server">The server.</param>
/// <param name="address">Where it answers.</param>
/// <param name="home">The home, which keeps the publishers' passwords.</param>
internal sealed class ServerSessions(ISqlServer server, ServerAddress address, LandfallHome home)
{
    private readonly PublisherPasswords _passwords = new(Path.Combine(home.Serving, "publishers"));

    /// <summary>Where the server answers.</summary>
    public ServerAddress Address => address;

    /// <summary>The password of a zone's publisher: a secret.</summary>
    public string PasswordOf(Zone zone) => _passwords.Of(zone.Id);

    /// <summary>Makes databases and roles what the estate says.</summary>
    public ClusterReconciler ClusterOf(EstateDefinition estate) =>
        new(DesiredAccess.Of(estate), Administrator(), _passwords, Scratch());

    /// <summary>The administrator, connected to the database that every server has.</summary>
    public Task<NpgsqlConnection> OpenAsync(CancellationToken cancellationToken) =>
        ServerSession.OpenAsync(
            Administrator(), ClusterReconciler.MaintenanceDatabase, Scratch(), cancellationToken);

    /// <summary>
    /// A zone's publisher, connected to its database; a password that was changed by hand is set again.
    /// </summary>
    public async Task<NpgsqlConnection> OpenAsync(Zone zone, CancellationToken cancellationToken)
    {
        try
        {
            return await ConnectAsync(zone, cancellationToken);
        }
        catch (LandfallException problem) when (IsOf(problem, PostgresErrorCodes.InvalidPassword))
        {
            await new ClusterReconciler(DesiredAccess.None, Administrator(), _passwords, Scratch())
                .SetPasswordAsync(zone.Id, cancellationToken);
            return await ConnectAsync(zone, cancellationToken);
        }
    }

    /// <summary>The same to look only; null where the server does not have the database or the publisher yet.</summary>
    public async Task<NpgsqlConnection?> TryOpenAsync(Zone zone, CancellationToken cancellationToken)
    {
        try
        {
            return await ConnectAsync(zone, cancellationToken);
        }
        catch (LandfallException problem) when (IsOf(problem, PostgresErrorCodes.InvalidCatalogName)
            || IsOf(problem, PostgresErrorCodes.InvalidPassword)
            || IsOf(problem, PostgresErrorCodes.InvalidAuthorizationSpecification))
        {
            return null;
        }
    }

    private Task<NpgsqlConnection> ConnectAsync(Zone zone, CancellationToken cancellationToken) =>
        ServerSession.OpenAsync(
            new(address, RoleNames.PublisherOf(zone.Id), PasswordOf(zone)), zone.SqlName, Scratch(),
            cancellationToken);

    private static bool IsOf(LandfallException problem, string state) =>
        problem.InnerException is PostgresException refused && refused.SqlState == state;

    private ServerLogin Administrator()
    {
        (string user, string password) = server.Administrator();
        return new(address, user, password);
    }

    /// <summary>Holds the authority's certificate, which is no secret.</summary>
    private string Scratch()
    {
        Directory.CreateDirectory(home.Serving);
        return home.Serving;
    }
}
