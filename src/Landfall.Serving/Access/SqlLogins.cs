using System.Collections.Immutable;
using Landfall.Serving.Servers;
using Npgsql;

namespace Landfall.Serving.Access;

/// <summary>The logins of readers that a server has.</summary>
internal static class SqlLogins
{
    /// <summary>
    /// Settings of sessions by login; the administrator, who made the roles and may be in them, is none.
    /// </summary>
    public static async Task<ImmutableSortedDictionary<string, string[]>> ReadAsync(
        NpgsqlConnection connection, CancellationToken cancellationToken) =>
        (await connection.RowsAsync(
            """
            select m.rolname::text,
                (select setconfig from pg_db_role_setting s where s.setrole = m.oid and s.setdatabase = 0)
            from pg_auth_members a join pg_roles g on g.oid = a.roleid join pg_roles m on m.oid = a.member
            where g.rolname = $1 and m.rolname <> current_user
            """,
            cancellationToken,
            RoleNames.Users)).DistinctBy(r => r[0]).ToImmutableSortedDictionary(
                r => (string)r[0]!, r => (string[]?)r[1] ?? [], StringComparer.Ordinal);
}
