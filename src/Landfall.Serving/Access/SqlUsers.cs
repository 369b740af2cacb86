using System.Collections.Immutable;
using Landfall.Engine.Lakes;
using Landfall.Estate;
using Landfall.Estate.Names;
using Landfall.Serving.Servers;
using Npgsql;

namespace Landfall.Serving.Access;

/// <summary>
/// Logins of the people and applications that the management zone knows. Passwords are generated, shown once and kept
/// nowhere but, as SCRAM secrets, at the server. What a login reads its groups' roles decide, not this.
/// </summary>
/// <param name="server">The server.</param>
/// <param name="home">The home.</param>
/// <param name="estate">The estate.</param>
public sealed class SqlUsers(ISqlServer server, LandfallHome home, EstateDefinition estate)
{
    private readonly DesiredAccess _access = DesiredAccess.Of(estate);

    /// <summary>Gives a user a login.</summary>
    /// <returns>The password: a secret.</returns>
    /// <exception cref="LandfallException">LF4318 there is no such user; LF4319 there is a login already.</exception>
    public async Task<string> AddAsync(string user, CancellationToken cancellationToken)
    {
        RequireKnown(user);
        await using NpgsqlConnection connection = await OpenAsync(cancellationToken);
        return await HasLoginAsync(connection, user, cancellationToken)
            ? throw new LandfallException(
                ServingCodes.HasLogin,
                $"{user} has a login already, which was left as it is. A new password: landfall user password {user}")
            : await WriteAsync(connection, user, isNew: true, cancellationToken);
    }

    /// <summary>Gives a user a new password, and a login where there is none yet.</summary>
    /// <returns>The password: a secret; and whether the login is new.</returns>
    /// <exception cref="LandfallException">LF4318.</exception>
    public async Task<(string Password, bool IsNew)> SetPasswordAsync(
        string user, CancellationToken cancellationToken)
    {
        RequireKnown(user);
        await using NpgsqlConnection connection = await OpenAsync(cancellationToken);
        bool isNew = !await HasLoginAsync(connection, user, cancellationToken);
        return (await WriteAsync(connection, user, isNew, cancellationToken), isNew);
    }

    /// <summary>Ends a user's sessions and takes the login away.</summary>
    /// <exception cref="LandfallException">LF4318: there is none.</exception>
    public async Task RemoveAsync(string user, CancellationToken cancellationToken)
    {
        await using NpgsqlConnection connection = await OpenAsync(cancellationToken);
        if (!await HasLoginAsync(connection, user, cancellationToken))
        {
            throw new LandfallException(
                ServingCodes.NoUser, $"{user} has no login. Nothing changed. Who has one: landfall user list");
        }

        await connection.RunAsync(
            [
                $"alter role {PgSql.Name(user)} nologin",
                "select pg_terminate_backend(pid) from pg_stat_activity where usename = " + PgSql.Text(user),
                $"drop role {PgSql.Name(user)}",
            ],
            cancellationToken);
    }

    /// <summary>Everybody whom the management zone knows or who has a login, in order.</summary>
    public async Task<ImmutableArray<SqlUser>> ListAsync(CancellationToken cancellationToken)
    {
        await using NpgsqlConnection connection = await OpenAsync(cancellationToken);
        ImmutableSortedDictionary<string, string[]> logins = await SqlLogins.ReadAsync(connection, cancellationToken);
        return
        [
            .. _access.Members.Keys.Union(logins.Keys).Order(StringComparer.Ordinal).Select(u => new SqlUser(
                u, [.. _access.Members.GetValueOrDefault(u, [])], logins.ContainsKey(u))),
        ];
    }

    private async Task<string> WriteAsync(
        NpgsqlConnection connection, string user, bool isNew, CancellationToken cancellationToken)
    {
        string password = ScramSecret.NewPassword();
        string verb = isNew ? "create" : "alter";
        await connection.RunAsync(
            [
                $"{verb} role {PgSql.Name(user)} {string.Join(' ', RoleAttributes.User)} password "
                    + PgSql.Text(ScramSecret.Of(password)),
                .. RoleAttributes.SettingsOf(user),
                $"grant {PgSql.Name(RoleNames.Users)} to {PgSql.Name(user)}",
                .. _access.Members[user].Select(r => $"grant {PgSql.Name(r)} to {PgSql.Name(user)}"),
            ],
            cancellationToken);
        return password;
    }

    private static async Task<bool> HasLoginAsync(
        NpgsqlConnection connection, string user, CancellationToken cancellationToken) =>
        (await SqlLogins.ReadAsync(connection, cancellationToken)).ContainsKey(user);

    private void RequireKnown(string user)
    {
        if (_access.Members.ContainsKey(user) && RoleNames.CanLogIn(user))
        {
            return;
        }

        string near = Near(user) is { } closest ? $" Did you mean {closest}?" : "";
        throw new LandfallException(
            ServingCodes.NoUser,
            _access.Members.ContainsKey(user)
                ? $"{user} is longer than the 63 bytes that PostgreSQL keeps of a name. Nothing changed."
                : $"{user} is no user or service principal of the management zone. Nothing changed.{near} Add it to "
                    + $"identities in {estate.Management.Id}/zone.yaml first, and to a group that a role names.");
    }

    /// <summary>A user of nearly that id, or the only one of that name before the <c>@</c>; null for none.</summary>
    private string? Near(string user)
    {
        string[] named = [.. _access.Members.Keys.Where(
            k => k.StartsWith(user + "@", StringComparison.OrdinalIgnoreCase))];
        return named.Length == 1 ? named[0] : Spelling.Closest(user, _access.Members.Keys);
    }

    /// <summary>Connected as the administrator, to a server whose roles are what the estate says.</summary>
    private async Task<NpgsqlConnection> OpenAsync(CancellationToken cancellationToken)
    {
        ServerSessions sessions = new(server, await server.EnsureAsync(cancellationToken), home);
        await sessions.ClusterOf(estate).RunAsync(cancellationToken);
        return await sessions.OpenAsync(cancellationToken);
    }
}
