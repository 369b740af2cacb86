using System.Collections.Immutable;
using Landfall.Serving.Schemas;
using Landfall.Serving.Servers;
using Npgsql;

namespace Landfall.Serving.Publishing;

/// <summary>
/// What a zone's database knows of its publications: the schema <c>landfall</c>, which belongs to the publisher and is
/// shown to nobody else. It is written in the transaction that publishes.
/// </summary>
internal static class PublicationStore
{
    /// <summary>The schema.</summary>
    public const string Schema = "landfall";

    /// <summary>The setting under which changes are ours.</summary>
    public const string OwnChanges = "landfall.publishing";

    /// <summary>Suffix of a schema that is being filled.</summary>
    public const string NextSuffix = "__next";

    /// <summary>Suffix of a schema that was replaced; a number follows.</summary>
    public const string FormerSuffix = "__former_";

    /// <summary>Serialises those who make the schema.</summary>
    private const long LockNumber = 0x4C46_0002;

    /// <summary>
    /// What the server says of a schema's objects: everything that <c>psql</c>'s <c>\d+</c> would show differently if
    /// somebody changed it, comments and rights apart.
    /// </summary>
    private const string ShapeItems =
        """
        select concat_ws(' ', 'relation', c.relname, c.relkind, c.relpersistence, c.relrowsecurity,
            c.relforcerowsecurity, pg_get_userbyid(c.relowner), c.reloptions, c.relispartition) as item
        from pg_class c where c.relnamespace = n.oid and c.relkind not in ('i', 't')
        union all
        select concat_ws(' ', 'column', c.relname, a.attnum, a.attname, format_type(a.atttypid, a.atttypmod),
            a.attnotnull, a.attisdropped, a.attcollation, a.attgenerated, a.attidentity,
            (select pg_get_expr(d.adbin, d.adrelid) from pg_attrdef d
                where d.adrelid = a.attrelid and d.adnum = a.attnum))
        from pg_class c join pg_attribute a on a.attrelid = c.oid
        where c.relnamespace = n.oid and c.relkind not in ('i', 't', 'c') and a.attnum > 0
        union all
        select concat_ws(' ', 'constraint', k.conrelid::regclass, k.conname, pg_get_constraintdef(k.oid),
            k.convalidated)
        from pg_constraint k where k.connamespace = n.oid
        union all
        select concat_ws(' ', 'index', pg_get_indexdef(i.indexrelid), i.indisvalid, i.indisreplident)
        from pg_index i join pg_class c on c.oid = i.indexrelid where c.relnamespace = n.oid
        union all
        select concat_ws(' ', 'trigger', t.tgname, t.tgenabled, pg_get_triggerdef(t.oid))
        from pg_trigger t join pg_class c on c.oid = t.tgrelid where c.relnamespace = n.oid and not t.tgisinternal
        union all
        select concat_ws(' ', 'rule', r.rulename, r.ev_enabled, pg_get_ruledef(r.oid))
        from pg_rewrite r join pg_class c on c.oid = r.ev_class where c.relnamespace = n.oid
        union all
        select concat_ws(' ', 'policy', p.polname, c.relname, p.polcmd, p.polpermissive)
        from pg_policy p join pg_class c on c.oid = p.polrelid where c.relnamespace = n.oid
        union all
        select concat_ws(' ', 'function', p.oid::regprocedure, md5(p.prosrc)) from pg_proc p
        where p.pronamespace = n.oid
        union all
        select concat_ws(' ', 'type', t.typname) from pg_type t
        where t.typnamespace = n.oid and t.typtype not in ('c') and t.typelem = 0
        """;

    private const string WordItems =
        """
        select concat_ws(' ', 'schema', obj_description(n.oid, 'pg_namespace')) as item
        union all
        select concat_ws(' ', c.relname, d.objsubid, d.description)
        from pg_class c join pg_description d on d.classoid = 'pg_class'::regclass and d.objoid = c.oid
        where c.relnamespace = n.oid and c.relkind <> 'i'
        """;

    private const string NoteChange =
        """
        begin
            if current_setting('landfall.publishing', true) is distinct from 'on' then
                update landfall.published_table set changed = true where relation = tg_relid;
            end if;
            return null;
        end
        """;

    /// <summary>Whether everything is there as we make it, so that nothing need be written.</summary>
    private const string IsThere =
        """
        select to_regclass('landfall.publication') is not null and to_regclass('landfall.published_table') is not null
            and exists(select from pg_proc p where p.pronamespace = to_regnamespace('landfall')
                and p.proname = 'note_change' and p.prosecdef and p.prosrc = $1
                and not has_function_privilege('public', p.oid, 'execute'))
        """;

    /// <summary>An expression: the hash of a schema's shape.</summary>
    public static string ShapeOf(string schema) => HashOf(ShapeItems, schema);

    /// <summary>An expression: the hash of a schema's comments.</summary>
    public static string WordsOf(string schema) => HashOf(WordItems, schema);

    /// <summary>Makes the schema where it is missing or another.</summary>
    public static async Task EnsureAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        if ((await connection.RowsAsync(IsThere, cancellationToken, NoteChange))[0][0] is true)
        {
            return;
        }

        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(cancellationToken);
        await connection.RunAsync(
            [
                $"select pg_advisory_xact_lock({LockNumber})",
                "create schema if not exists landfall",
                """
                create table if not exists landfall.publication (
                    unit text primary key, structure text not null, texts text not null, shape text not null,
                    words text not null, mark text not null default '', step text not null,
                    published_at timestamptz not null default now())
                """,
                """
                create table if not exists landfall.published_table (
                    unit text not null references landfall.publication on delete cascade, name text not null,
                    relation oid not null, delta_id text not null, version bigint not null,
                    changed boolean not null default false, primary key (unit, name))
                """,
                $"""
                create or replace function landfall.note_change() returns trigger
                language plpgsql security definer set search_path = pg_catalog as $${NoteChange}$$
                """,
                "revoke all on function landfall.note_change() from public",
            ],
            cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>What is published of a unit.</summary>
    public static async Task<PublicationState> ReadAsync(
        NpgsqlConnection connection, string unit, CancellationToken cancellationToken)
    {
        List<object?[]> known = await connection.RowsAsync(
            "select to_regclass('landfall.published_table') is not null, "
                + "exists(select from pg_namespace where nspname = $1)",
            cancellationToken,
            unit);
        PublicationState none = PublicationState.None with
        {
            HasSchema = (bool)known[0][1]!, Leftovers = await LeftoversAsync(connection, unit, cancellationToken),
        };
        if (!(bool)known[0][0]!)
        {
            return none;
        }

        List<object?[]> rows = await connection.RowsAsync(
            $"""
            select step, structure, texts, shape, words, mark, {ShapeOf(unit)}, {WordsOf(unit)}
            from landfall.publication where unit = $1
            """,
            cancellationToken,
            unit);
        return rows.Count == 0 ? none : none with
        {
            Step = (string)rows[0][0]!,
            Structure = (string)rows[0][1]!,
            Texts = (string)rows[0][2]!,
            Shape = (string)rows[0][3]!,
            Words = (string)rows[0][4]!,
            Mark = (string)rows[0][5]!,
            ShapeNow = (string)rows[0][6]!,
            WordsNow = (string)rows[0][7]!,
            Tables = await TablesAsync(connection, unit, cancellationToken),
        };
    }

    /// <summary>
    /// Says in the descriptions of a unit why it is not newer; false where nothing of it is published.
    /// </summary>
    public static async Task<bool> MarkAsync(
        NpgsqlConnection connection, ServedUnit unit, string reason, CancellationToken cancellationToken)
    {
        PublicationState state = await ReadAsync(connection, unit.Schema, cancellationToken);
        if (state.Structure.Length == 0 || state.Structure != SchemaOf(connection, unit).Structure)
        {
            return false;
        }

        if (state.Mark != reason || state.Words != state.WordsNow)
        {
            await WriteTextsAsync(connection, unit, reason, cancellationToken);
        }

        return true;
    }

    /// <summary>A unit's statements at the server of a connection.</summary>
    public static SchemaScript SchemaOf(NpgsqlConnection connection, ServedUnit unit) =>
        new(unit, connection.PostgreSqlVersion);

    /// <summary>Writes the descriptions of a unit anew, and that they are as they should be.</summary>
    /// <param name="connection">The publisher's.</param>
    /// <param name="unit">The unit.</param>
    /// <param name="mark">Why it is not newer; empty where it is the newest.</param>
    /// <param name="cancellationToken">Stops before the commit.</param>
    public static async Task WriteTextsAsync(
        NpgsqlConnection connection, ServedUnit unit, string mark, CancellationToken cancellationToken)
    {
        SchemaScript script = SchemaOf(connection, unit);
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(cancellationToken);
        await connection.RunAsync(
            [
                .. script.Comments(unit.Schema, mark),
                $"update landfall.publication set texts = {PgSql.Text(script.Texts)}, mark = {PgSql.Text(mark)}, "
                    + $"words = {WordsOf(unit.Schema)} where unit = {PgSql.Text(unit.Schema)}",
            ],
            cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>Tables that are still the relations that were published.</summary>
    private static async Task<ImmutableDictionary<string, PublishedTable>> TablesAsync(
        NpgsqlConnection connection, string unit, CancellationToken cancellationToken)
    {
        List<object?[]> rows = await connection.RowsAsync(
            """
            select t.name, t.delta_id, t.version, t.changed
            from landfall.published_table t join pg_class c on c.oid = t.relation and c.relname = t.name
                join pg_namespace n on n.oid = c.relnamespace and n.nspname = t.unit
            where t.unit = $1
            """,
            cancellationToken,
            unit);
        return rows.ToImmutableDictionary(
            r => (string)r[0]!, r => new PublishedTable((string)r[1]!, (long)r[2]!, (bool)r[3]!));
    }

    private static async Task<ImmutableArray<string>> LeftoversAsync(
        NpgsqlConnection connection, string unit, CancellationToken cancellationToken) =>
    [
        .. (await connection.RowsAsync(
            "select nspname::text from pg_namespace where starts_with(nspname, $1) or nspname = $2 order by 1",
            cancellationToken,
            unit + FormerSuffix,
            unit + NextSuffix)).Select(r => (string)r[0]!),
    ];

    private static string HashOf(string items, string schema) =>
        $"""
        (select coalesce(md5(string_agg(i.item, E'\n' order by i.item collate "C")), '')
        from pg_namespace n, lateral ({items}) i where n.nspname = {PgSql.Text(schema)})
        """;
}
