using Landfall.Engine.Running;

namespace Landfall.Cli.Tests.Serving;

/// <summary>Whatever somebody changes by hand at the server, the next run finds and mends.</summary>
public sealed class DriftTests : IAsyncLifetime
{
    /// <summary>Changes of rows and definitions, tried one by one.</summary>
    private static readonly string[] _definitions =
    [
        "update report.by_month set amount = 0 where item = 'a'",
        "delete from report.total",
        "insert into report.total values (1, 1, null)",
        "truncate report.by_month",
        "alter table report.by_month drop column amount",
        "alter table report.by_month add column extra text default 'x'",
        "alter table report.by_month alter column amount type text",
        "alter table report.by_month rename to renamed",
        "alter table report.by_month drop constraint by_month_pkey",
        "alter table report.by_month enable row level security",
        "alter table report.by_month disable trigger landfall_note",
        "alter table report.by_month owner to postgres",
        "create index extra on report.by_month (amount)",
        "create view report.extra as select 1 as one",
        "create function report.extra() returns int language sql as 'select 1'",
        "create rule extra as on insert to report.total do instead nothing",
        "drop table report.total",
        "drop schema report cascade",
        "comment on table report.by_month is 'lies'",
        "comment on column report.by_month.month is null",
    ];

    /// <summary>Changes of rights and roles, which do not get in each other's way.</summary>
    private static readonly string[] _rights =
    [
        "revoke select on report.by_month from \"ops/analyst\"",
        "grant select on inbox.sale to \"ops/analyst\"",
        "grant insert on report.by_month to \"ops/analyst\"",
        "grant select on report.by_month to public",
        "grant select (owner) on inbox.item to \"ops/analyst\"",
        "grant create on schema report to \"ops/analyst\"",
        "grant select on report.by_month to \"ops/analyst\" with grant option",
        "revoke usage on schema report from \"ops/analyst\"",
        "grant create, temporary on database ops to \"ops/analyst\"",
        "grant connect on database ops to public",
        "grant connect on database postgres to public",
        "grant usage on schema landfall to public",
        "grant select on landfall.publication to \"ops/analyst\"",
        "revoke connect on database ops from \"ops/analyst\"",
        "alter role \"ops/analyst\" superuser",
        "alter role \"ops/analyst\" login",
        "alter role \"ana@test.example\" createrole",
        "alter role \"ana@test.example\" nologin",
        "alter role \"ana@test.example\" connection limit -1",
        "alter role \"ana@test.example\" set statement_timeout = 0",
        "grant \"ops/carer\" to \"ana@test.example\"",
        "revoke \"ops/analyst\" from \"ana@test.example\"",
        "grant pg_read_all_data to \"ana@test.example\"",
        "grant pg_read_server_files to \"ops/analyst\"",
        "grant landfall_publisher_ops to \"ana@test.example\"",
        "alter role landfall_publisher_ops password 'other'",
        "alter role landfall_publisher_ops superuser",
        "grant execute on function pg_advisory_lock(bigint) to public",
        "grant create on schema public to public",
    ];

    private readonly ServedEstate _estate = ServedEstate.Create();

    public async ValueTask InitializeAsync()
    {
        await _estate.RunWellAsync();
        await using Npgsql.NpgsqlConnection login = await _estate.ConnectAsync(ServedEstate.Analyst);
    }

    public ValueTask DisposeAsync() => _estate.DisposeAsync();

    [Fact]
    public async Task Change_ByHand_IsMendedByTheNextRun()
    {
        string before = await PictureAsync();
        List<string> left = [];
        foreach (string[] changes in _definitions.Chunk(1).Concat(_rights.Chunk(5)))
        {
            string seen = before;
            foreach (string change in changes)
            {
                await _estate.DoAsync(change);
                string now = await PictureAsync();

                // What a server keeps of a password is no part of the picture.
                if (now == seen && !change.Contains(" password ", StringComparison.Ordinal))
                {
                    left.Add($"not seen by the test itself: {change}");
                }

                seen = now;
            }

            RunSummary run = await _estate.RunAsync();
            if (run.State is not (RunState.Succeeded or RunState.UpToDate) || await PictureAsync() != before)
            {
                left.Add($"{string.Join("; ", changes)}: {run.State} "
                    + string.Join("; ", run.Steps.Select(s => s.Outcome.FailureMessage).Where(m => m.Length > 0)));
                await _estate.Home.TryAsync("run", "--full-refresh");
            }
        }

        Assert.True(left.Count == 0, string.Join('\n', left));
        Assert.Equal(RunState.UpToDate, (await _estate.RunWellAsync()).State);
    }

    /// <summary>What there is, what is in it and who may what, as one text.</summary>
    private async Task<string> PictureAsync()
    {
        string[] parts =
        [
            """
            select concat_ws(' ', n.nspname, c.relname, c.relkind, c.relrowsecurity, pg_get_userbyid(c.relowner),
                (select string_agg(x::text, ',' order by x::text)
                    from unnest(coalesce(c.relacl, acldefault('r', c.relowner))) x),
                obj_description(c.oid), obj_description(n.oid))
            from pg_class c right join pg_namespace n on n.oid = c.relnamespace
            where n.nspname in ('report', 'inbox', 'landfall') and coalesce(c.relkind, 'r') <> 't' order by 1
            """,
            """
            select concat_ws(' ', a.attrelid::regclass, a.attname, format_type(a.atttypid, a.atttypmod),
                nullif(a.attacl, '{}'),
                col_description(a.attrelid, a.attnum))
            from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
            where n.nspname in ('report', 'inbox') and a.attnum > 0 and c.relkind in ('r', 'v') order by 1
            """,
            "select concat_ws(' ', nspname, (select string_agg(x::text, ',' order by x::text) "
                + "from unnest(coalesce(nspacl, acldefault('n', nspowner))) x)) "
                + "from pg_namespace where nspname !~ '^pg_(toast|temp)' order by 1",
            "select concat_ws(' ', datname, (select string_agg(x::text, ',' order by x::text) "
                + "from unnest(coalesce(datacl, acldefault('d', datdba))) x)) from pg_database order by 1",
            "select concat_ws(' ', rolname, rolsuper, rolcreaterole, rolcanlogin, rolconnlimit, rolconfig) "
                + "from pg_roles where rolname !~ '^pg_' order by 1",
            "select concat_ws(' ', roleid::regrole, member::regrole) from pg_auth_members order by 1",
            "select proname || proacl::text from pg_proc where proname = 'pg_advisory_lock' order by 1",
            "select conname || pg_get_constraintdef(oid) from pg_constraint "
                + "where connamespace::regnamespace::text in ('report', 'inbox') order by 1",
            "select tgname || tgenabled::text || tgrelid::regclass from pg_trigger where not tgisinternal order by 1",
            "select rulename || tablename from pg_rules where schemaname = 'report' order by 1",
            "select proname from pg_proc where pronamespace::regnamespace::text = 'report' order by 1",
        ];
        List<string> picture = [];
        foreach (string part in parts)
        {
            picture.AddRange(await _estate.TextsAsync(part));
        }

        foreach (string table in (string[])["report.by_month", "report.total", "inbox.sale", "inbox.item"])
        {
            string[] there = await _estate.TextsAsync($"select coalesce(to_regclass('{table}')::text, '')");
            picture.AddRange(there[0].Length == 0 ? ["gone"]
                : await _estate.TextsAsync($"select t::text from {table} t order by 1"));
        }

        return string.Join('\n', picture);
    }
}
