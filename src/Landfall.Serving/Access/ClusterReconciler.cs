using System.Collections.Immutable;
using System.Globalization;
using Landfall.Estate;
using Landfall.Estate.Zones;
using Landfall.Serving.Servers;
using Npgsql;

namespace Landfall.Serving.Access;

/// <summary>
/// Makes databases, roles and memberships of a server what the estate says, whatever was changed by hand. Deny first:
/// nobody but a zone's roles connects to its database, and roles own and make nothing.
/// </summary>
/// <param name="access">What the estate says.</param>
/// <param name="administrator">The role that makes databases and roles.</param>
/// <param name="passwords">Passwords of the logins that publish.</param>
/// <param name="scratch">A folder for files of a call.</param>
internal sealed class ClusterReconciler(
    DesiredAccess access, ServerLogin administrator, PublisherPasswords passwords, string scratch)
{
    /// <summary>The database that every server has.</summary>
    public const string MaintenanceDatabase = "postgres";

    private const int OldestVersion = 150_000;

    /// <summary>Serialises those who change roles: PostgreSQL refuses changes of one at a time.</summary>
    private const long LockNumber = 0x4C46_0001;

    private readonly List<string> _repairs = [];

    /// <summary>Brings everything in line; returns what was not, each as a phrase.</summary>
    /// <exception cref="LandfallException">LF4310, LF4314, LF4315.</exception>
    public async Task<ImmutableArray<string>> RunAsync(CancellationToken cancellationToken)
    {
        await using NpgsqlConnection connection = await ServerSession.OpenAsync(
            administrator, MaintenanceDatabase, scratch, cancellationToken);
        await RequireVersionAsync(connection, cancellationToken);
        try
        {
            await connection.RunAsync([$"select pg_advisory_lock({LockNumber})"], cancellationToken);
            await RolesAsync(connection, cancellationToken);
            await MembersAsync(connection, cancellationToken);
            foreach (Zone zone in access.Zones)
            {
                await DatabaseAsync(connection, zone, cancellationToken);
            }

            await CloseOwnDatabasesAsync(connection, cancellationToken);
            await GoneRolesAsync(connection, cancellationToken);
            return [.. _repairs];
        }
        catch (PostgresException problem) when (problem.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            throw new LandfallException(
                ServingCodes.NoRights,
                $"The role {administrator} may not make databases and roles ({problem.MessageText}). What was "
                + "published before stays. Use a superuser, or a role with CREATEDB and CREATEROLE that owns what it "
                + "made.",
                problem);
        }
    }

    private async Task RequireVersionAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        List<object?[]> rows = await connection.RowsAsync(
            "select current_setting('server_version_num')::int, current_setting('server_version')", cancellationToken);
        if ((int)rows[0][0]! < OldestVersion)
        {
            throw new LandfallException(
                ServingCodes.TooOld,
                $"The server of {administrator} is PostgreSQL {rows[0][1]}; tables are served by 15 or newer. Nothing "
                + "was changed. Upgrade it, or name another in postgres: of the target.");
        }
    }

    private async Task RolesAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        Dictionary<string, string[]> present = (await connection.RowsAsync(
            """
            select rolname::text, array[
                case when rolsuper then 'superuser' else 'nosuperuser' end,
                case when rolcreatedb then 'createdb' else 'nocreatedb' end,
                case when rolcreaterole then 'createrole' else 'nocreaterole' end,
                case when rolreplication then 'replication' else 'noreplication' end,
                case when rolbypassrls then 'bypassrls' else 'nobypassrls' end,
                case when rolinherit then 'inherit' else 'noinherit' end,
                case when rolcanlogin then 'login' else 'nologin' end,
                'connection limit ' || rolconnlimit]
            from pg_roles
            """,
            cancellationToken)).ToDictionary(r => (string)r[0]!, r => (string[])r[1]!, StringComparer.Ordinal);
        foreach (string role in (string[])[RoleNames.Users, RoleNames.Publishers, .. access.Roles])
        {
            await RoleAsync(connection, present, role, RoleAttributes.Group, cancellationToken);
        }

        foreach (string publisher in access.Zones.Select(z => RoleNames.PublisherOf(z.Id)))
        {
            await RoleAsync(connection, present, publisher, RoleAttributes.Publisher, cancellationToken);
        }

        foreach (Zone zone in access.Zones.Where(z => !present.ContainsKey(RoleNames.PublisherOf(z.Id))))
        {
            await SetPasswordAsync(connection, zone.Id, cancellationToken);
        }

        foreach ((string user, string[] settings) in await SqlLogins.ReadAsync(connection, cancellationToken))
        {
            ImmutableArray<string> attributes =
                access.Members.ContainsKey(user) ? RoleAttributes.User : RoleAttributes.FormerUser;
            await RoleAsync(connection, present, user, attributes, cancellationToken);
            await SettingsAsync(connection, user, settings, cancellationToken);
        }
    }

    private async Task RoleAsync(
        NpgsqlConnection connection, Dictionary<string, string[]> present, string role,
        ImmutableArray<string> attributes, CancellationToken cancellationToken)
    {
        if (!present.TryGetValue(role, out string[]? now))
        {
            await connection.RunAsync(
                [$"create role {PgSql.Name(role)} {string.Join(' ', attributes)}"], cancellationToken);
            return;
        }

        // Only what is wrong: some of it only a superuser may name.
        string wrong = string.Join(' ', attributes.Except(now));
        if (wrong.Length > 0)
        {
            _repairs.Add($"the role {role} was not {wrong}");
            await connection.RunAsync([$"alter role {PgSql.Name(role)} {wrong}"], cancellationToken);
        }
    }

    /// <summary>Gives a zone's publisher the password that this home knows.</summary>
    public async Task SetPasswordAsync(string zone, CancellationToken cancellationToken)
    {
        await using NpgsqlConnection connection = await ServerSession.OpenAsync(
            administrator, MaintenanceDatabase, scratch, cancellationToken);
        await connection.RunAsync([$"select pg_advisory_lock({LockNumber})"], cancellationToken);
        await SetPasswordAsync(connection, zone, cancellationToken);
    }

    private Task SetPasswordAsync(NpgsqlConnection connection, string zone, CancellationToken cancellationToken) =>
        connection.RunAsync(
            [
                $"alter role {PgSql.Name(RoleNames.PublisherOf(zone))} password "
                    + PgSql.Text(ScramSecret.Of(passwords.Of(zone))),
            ],
            cancellationToken);

    private async Task SettingsAsync(
        NpgsqlConnection connection, string user, string[] present, CancellationToken cancellationToken)
    {
        if (present.Order(StringComparer.Ordinal).SequenceEqual(RoleAttributes.Settings))
        {
            return;
        }

        _repairs.Add($"settings of {user} were changed");
        await connection.RunAsync(RoleAttributes.SettingsOf(user), cancellationToken);
    }

    private async Task MembersAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        HashSet<(string Role, string Member)> present =
        [
            .. (await connection.RowsAsync(
                """
                select g.rolname::text, m.rolname::text
                from pg_auth_members a join pg_roles g on g.oid = a.roleid join pg_roles m on m.oid = a.member
                """,
                cancellationToken)).Select(r => ((string)r[0]!, (string)r[1]!)),
        ];
        HashSet<string> logins =
        [
            .. present.Where(p => p.Role == RoleNames.Users && p.Member != administrator.User)
                .Select(p => p.Member),
        ];
        HashSet<(string Role, string Member)> wanted =
        [
            .. access.Zones.Select(z => (RoleNames.Publishers, RoleNames.PublisherOf(z.Id))),
            .. logins.Select(l => (RoleNames.Users, l)),
            .. logins.Where(access.Members.ContainsKey)
                .SelectMany(l => access.Members[l].Select(r => (r, l))),
        ];
        HashSet<string> ours = [RoleNames.Users, RoleNames.Publishers, .. access.Roles, .. logins];
        foreach ((string role, string member) in wanted.Except(present).Order())
        {
            await connection.RunAsync([$"grant {PgSql.Name(role)} to {PgSql.Name(member)}"], cancellationToken);
        }

        // A role of ours in anything more, and anybody more in one of ours, the administrator apart, who made them.
        foreach ((string role, string member) in present.Except(wanted)
            .Where(p => (ours.Contains(p.Member) || ours.Contains(p.Role)) && p.Member != administrator.User)
            .Order())
        {
            _repairs.Add($"{member} was in {role}");
            await connection.RunAsync(
                [$"revoke {PgSql.Name(role)} from {PgSql.Name(member)} cascade"], cancellationToken);
        }
    }

    private async Task DatabaseAsync(NpgsqlConnection connection, Zone zone, CancellationToken cancellationToken)
    {
        string name = zone.SqlName;
        string publisher = RoleNames.PublisherOf(zone.Id);
        List<object?[]> rows = await connection.RowsAsync(
            "select pg_get_userbyid(datdba)::text from pg_database where datname = $1", cancellationToken, name);
        if (rows.Count == 0)
        {
            // To give a role something one has to be in it.
            await connection.RunAsync(
                [
                    $"grant {PgSql.Name(publisher)} to current_user",
                    $"create database {PgSql.Name(name)} owner {PgSql.Name(publisher)} template template0 "
                        + "encoding 'UTF8'",
                ],
                cancellationToken);
        }
        else if ((string)rows[0][0]! != publisher)
        {
            throw new LandfallException(
                ServingCodes.NoRights,
                $"The server has a database {name} that belongs to {rows[0][0]}, not to Landfall. It was left as it "
                + "is, and nothing was published. Rename it, or name another server in postgres: of the target.");
        }

        await ConnectAsync(connection, zone, cancellationToken);
        await using NpgsqlConnection inside = await ServerSession.OpenAsync(
            administrator, name, scratch, cancellationToken);
        _repairs.AddRange(await new DatabaseHardening(inside).RunAsync(cancellationToken));
    }

    /// <summary>Who may connect: the zone's roles. Nobody may make schemas or temporary tables.</summary>
    private async Task ConnectAsync(NpgsqlConnection connection, Zone zone, CancellationToken cancellationToken)
    {
        HashSet<string> present =
        [
            .. (await connection.RowsAsync(
                """
                select case when a.grantee = 0 then '' else pg_get_userbyid(a.grantee)::text end
                    || ':' || a.privilege_type
                from pg_database d, aclexplode(coalesce(d.datacl, acldefault('d', d.datdba))) a
                where d.datname = $1 and a.grantee <> d.datdba
                """,
                cancellationToken,
                zone.SqlName)).Select(r => (string)r[0]!),
        ];
        HashSet<string> wanted = [.. zone.Roles.Select(r => RoleNames.Of(zone.Id, r.Id) + ":CONNECT")];
        string database = PgSql.Name(zone.SqlName);
        foreach (string extra in present.Except(wanted).Order(StringComparer.Ordinal))
        {
            (string grantee, string privilege) = Split(extra);
            if (grantee.Length > 0)
            {
                _repairs.Add($"{grantee} had {privilege} on the database {zone.SqlName}");
            }

            string from = grantee.Length == 0 ? "public" : PgSql.Name(grantee);
            await connection.RunAsync(
                [$"revoke {privilege} on database {database} from {from}"],
                cancellationToken);
        }

        await connection.RunAsync(
            wanted.Except(present).Order(StringComparer.Ordinal)
                .Select(w => $"grant connect on database {database} to {PgSql.Name(Split(w).Grantee)}"),
            cancellationToken);
    }

    /// <summary>In the embedded server nobody but us has anything to do in the databases that come with it.</summary>
    private async Task CloseOwnDatabasesAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        if (!administrator.Address.IsEmbedded)
        {
            return;
        }

        List<object?[]> open = await connection.RowsAsync(
            """
            select d.datname::text
            from pg_database d, aclexplode(coalesce(d.datacl, acldefault('d', d.datdba))) a
            where a.grantee = 0 and d.datname in ('postgres', 'template1') group by 1
            """,
            cancellationToken);
        await connection.RunAsync(
            open.Select(r => $"revoke all on database {PgSql.Name((string)r[0]!)} from public"), cancellationToken);
    }

    private static (string Grantee, string Privilege) Split(string entry)
    {
        int colon = entry.LastIndexOf(':');
        return (entry[..colon], entry[(colon + 1)..]);
    }

    /// <summary>Roles of the estate's zones that its manifests no longer have.</summary>
    private async Task GoneRolesAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        string[] prefixes = [.. access.Zones.Select(z => z.Id + "/")];
        foreach (object?[] row in await connection.RowsAsync(
            "select rolname::text from pg_roles where not rolcanlogin order by 1", cancellationToken))
        {
            string role = (string)row[0]!;
            if (access.Roles.Contains(role)
                || !prefixes.Any(p => role.StartsWith(p, StringComparison.Ordinal)))
            {
                continue;
            }

            _repairs.Add(string.Create(CultureInfo.InvariantCulture, $"the role {role} is in no manifest any more"));
            foreach (Zone zone in access.Zones)
            {
                await using NpgsqlConnection inside = await ServerSession.OpenAsync(
                    administrator, zone.SqlName, scratch, cancellationToken);
                await inside.RunAsync([$"drop owned by {PgSql.Name(role)}"], cancellationToken);
            }

            await connection.RunAsync([$"drop role {PgSql.Name(role)}"], cancellationToken);
        }
    }
}
