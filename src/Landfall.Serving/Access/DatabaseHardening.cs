using Landfall.Serving.Servers;
using Npgsql;

namespace Landfall.Serving.Access;

/// <summary>
/// Takes from everybody what PostgreSQL gives everybody and readers have no use for: the schema <c>public</c>, large
/// objects, which anyone may make, advisory locks, which exhaust the server's memory of locks, messages to all and into
/// the server's log.
/// </summary>
/// <param name="connection">The administrator's, to the database.</param>
internal sealed class DatabaseHardening(NpgsqlConnection connection)
{
    private const string Functions =
        """
        select p.oid::regprocedure::text
        from pg_proc p, aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a
        where p.pronamespace = 'pg_catalog'::regnamespace and a.grantee = 0
            and (p.proname ~ '^(lo_|lowrite$|loread$|pg_(try_)?advisory_|pg_notify$|pg_logical_emit_message$)')
        order by 1
        """;

    /// <summary>Hardens; returns what could not be, for want of rights, as phrases.</summary>
    public async Task<IReadOnlyList<string>> RunAsync(CancellationToken cancellationToken)
    {
        string[] open = await OpenAsync(cancellationToken);
        await TryAsync(open.Select(f => $"revoke execute on function {f} from public"), cancellationToken);
        await TryAsync(
            [
                $"grant execute on function pg_advisory_xact_lock(bigint) to {PgSql.Name(RoleNames.Publishers)}",
                "revoke all on schema public from public",
            ],
            cancellationToken);
        return open.Length == 0 || (await OpenAsync(cancellationToken)).Length == 0 ? []
            :
            [
                "readers of this server may make large objects and take advisory locks: only a superuser can take that "
                    + "from them",
            ];
    }

    private async Task<string[]> OpenAsync(CancellationToken cancellationToken) =>
        [.. (await connection.RowsAsync(Functions, cancellationToken)).Select(r => (string)r[0]!)];

    /// <summary>What the role may not do, PostgreSQL refuses or only warns of.</summary>
    private async Task TryAsync(IEnumerable<string> statements, CancellationToken cancellationToken)
    {
        try
        {
            await connection.RunAsync(statements, cancellationToken);
        }
        catch (PostgresException problem) when (problem.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            // Said by the caller, which looks again.
        }
    }
}
