using System.Collections.Immutable;
using Landfall.Serving.Servers;
using Npgsql;

namespace Landfall.Serving.Access;

/// <summary>Makes the rights in a unit's schema what the zone's roles say, whatever was changed by hand.</summary>
/// <param name="connection">The publisher's, to the zone's database.</param>
/// <param name="schema">The schema.</param>
internal sealed class GrantReconciler(NpgsqlConnection connection, string schema)
{
    private const string Granted =
        """
        select c.relname::text, '', a.grantee, a.privilege_type, a.is_grantable
        from pg_class c, aclexplode(c.relacl) a
        where c.relnamespace = $1::regnamespace and a.grantee <> c.relowner
        union all
        select c.relname::text, t.attname::text, a.grantee, a.privilege_type, a.is_grantable
        from pg_class c join pg_attribute t on t.attrelid = c.oid, aclexplode(t.attacl) a
        where c.relnamespace = $1::regnamespace and a.grantee <> c.relowner and not t.attisdropped
        union all
        select '', '', a.grantee, a.privilege_type, a.is_grantable
        from pg_namespace n, aclexplode(n.nspacl) a where n.nspname = $2 and a.grantee <> n.nspowner
        """;

    /// <summary>Looks; changes nothing.</summary>
    /// <returns>Rights that are missing, and rights too many.</returns>
    public async Task<(ImmutableArray<Grant> Missing, ImmutableArray<Grant> Extra)> LookAsync(
        ImmutableHashSet<Grant> wanted, CancellationToken cancellationToken)
    {
        List<object?[]> rows = await connection.RowsAsync(
            $"""
            select g.*, case when g.grantee = 0 then '' else pg_get_userbyid(g.grantee)::text end
            from ({Granted}) g (relation, field, grantee, privilege, grantable)
            """,
            cancellationToken,
            PgSql.Name(schema),
            schema);
        HashSet<Grant> present =
        [
            .. rows.Select(r => new Grant((string)r[0]!, (string)r[1]!, (string)r[5]!, (string)r[3]!, (bool)r[4]!)),
        ];
        return (
            [.. wanted.Except(present).OrderBy(g => g.ToString(), StringComparer.Ordinal)],
            [.. present.Except(wanted).OrderBy(g => g.ToString(), StringComparer.Ordinal)]);
    }

    /// <summary>
    /// Takes what is too much, then gives what is missing, in one transaction. Units of a zone share a schema, and two
    /// that changed its rights at once would end each other: they go one after another.
    /// </summary>
    public async Task ApplyAsync(
        ImmutableArray<Grant> missing, ImmutableArray<Grant> extra, CancellationToken cancellationToken)
    {
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(cancellationToken);

        // One that may be given on is taken whole and given again.
        IEnumerable<Grant> again = extra.Where(g => g.Grantable).Select(g => g with { Grantable = false });
        await connection.RunAsync(
            [
                $"select pg_advisory_xact_lock(hashtextextended({PgSql.Text("rights of " + schema)}, 0))",
                .. extra.Select(g => g.TakeIn(schema)),
                .. missing.Union(again.Where(missing.Contains)).Select(g => g.GiveIn(schema)),
            ],
            cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }
}
