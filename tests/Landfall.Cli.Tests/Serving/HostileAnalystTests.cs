using Landfall.Engine.Lakes;
using Landfall.Serving.Access;
using Landfall.Testing;
using Npgsql;

namespace Landfall.Cli.Tests.Serving;

/// <summary>What an analyst tries beyond reading gives nothing, and others notice nothing.</summary>
public sealed class HostileAnalystTests : IAsyncLifetime
{
    private readonly ServedEstate _estate = ServedEstate.Create();

    public async ValueTask InitializeAsync() => await _estate.RunWellAsync();

    public ValueTask DisposeAsync() => _estate.DisposeAsync();

    /// <summary>Statements that must be refused, also in a session that is not read-only.</summary>
    [Fact]
    public async Task Attempts_AtOtherThings_AreRefused()
    {
        string[] attempts =
        [
            "select * from inbox.sale", "select owner from inbox.item", "table inbox.sale",
            "select (i).owner from inbox.item i", "select i::text from inbox.item i",
            "select to_jsonb(i) from inbox.item i", "select count(owner) from inbox.item",
            "select 1 from inbox.item where owner like 'a%'", "select code from inbox.item order by owner",
            "copy inbox.sale to stdout", "copy (select owner from inbox.item) to stdout",
            "explain analyze select owner from inbox.item",
            "select * from landfall.publication", "select * from landfall.published_table",
            "select * from pg_authid", "select * from pg_shadow", "select * from pg_statistic",
            "select * from pg_user_mapping", "select * from pg_subscription", "select * from pg_hba_file_rules",
            "select * from pg_file_settings", "select pg_read_file('PG_VERSION')", "select pg_ls_dir('.')",
            "select pg_stat_file('PG_VERSION')", "select pg_read_binary_file('server.key')",
            "select lo_import('/etc/passwd')", "select lo_create(0)", "select lo_from_bytea(0, 'x')",
            "select lo_get(1)", "select lo_put(1, 0, 'x')", "copy report.total to '/tmp/landfall-out'",
            "copy report.total from '/etc/passwd'", "copy report.total to program 'id'",
            "create table report.mine (a int)", "create table public.mine (a int)", "create temp table mine (a int)",
            "create schema mine", "create view report.mine as select 1", "create database mine", "create role mine",
            "create extension dblink", "create function report.f() returns int language sql as 'select 1'",
            "create function pg_temp.f() returns int language sql as 'select 1'",
            "insert into report.total values (1, 1, null)", "update report.total set sales = 0",
            "delete from report.total", "truncate report.total", "drop table report.total",
            "alter table report.total add column mine int", "lock table report.total in share mode",
            "comment on table report.total is 'mine'", "create index on report.total (sales)",
            "set role \"ops/carer\"",
            "set role postgres", "set role landfall_publisher_ops", "set session authorization postgres",
            "alter role \"ana@test.example\" superuser", "alter role \"ana@test.example\" connection limit 100",
            "alter role postgres password 'mine'", "alter system set work_mem = '1GB'", "select pg_reload_conf()",
            "select pg_advisory_lock(1)", "select pg_try_advisory_xact_lock(1)", "select pg_notify('a', 'b')",
            "select pg_switch_wal()", "select pg_create_restore_point('x')", "select pg_rotate_logfile()",
            "select pg_terminate_backend(pid) from pg_stat_activity where usename = 'postgres'",
            "set log_statement = 'all'", "set session_replication_role = 'replica'", "set temp_file_limit = -1",
            "load 'auto_explain'", "checkpoint", "reassign owned by postgres to current_user",
            "select pg_logical_emit_message(true, 'a', 'b')", "create publication mine for all tables",
            "create policy mine on report.total using (true)", "create trigger mine before insert on report.total "
                + "for each row execute function suppress_redundant_updates_trigger()",
            "select query_to_xml('select owner from inbox.item', true, false, '')",
            "select table_to_xml('inbox.sale', true, false, '')",
        ];
        await using NpgsqlConnection analyst = await _estate.ConnectAsync(ServedEstate.Analyst);
        await ServedEstate.ExecuteAsync(analyst, "set default_transaction_read_only = off");
        List<string> passed = [];
        foreach (string attempt in attempts)
        {
            try
            {
                await ServedEstate.ExecuteAsync(analyst, attempt);
                passed.Add(attempt);
            }
            catch (PostgresException)
            {
                // Refused, as it has to be.
            }
        }

        Assert.True(passed.Count == 0, string.Join('\n', passed));

        // PostgreSQL only warns of this one.
        await ServedEstate.ExecuteAsync(analyst, "grant select on report.total to public");
        Assert.Empty(await _estate.TextsAsync(
            "select 1 from pg_class c, aclexplode(c.relacl) a where c.relname = 'total' and a.grantee = 0"));
        Assert.Equal(["40"], await _estate.TextsAsync("select sales::text from report.total"));
    }

    /// <summary>What another user hides does not show in what the analyst sees of sessions and statistics.</summary>
    [Fact]
    public async Task Sessions_OfOthers_ShowNoStatement()
    {
        await using NpgsqlConnection analyst = await _estate.ConnectAsync(ServedEstate.Analyst);
        await using NpgsqlConnection carer = await _estate.ConnectAsync(ServedEstate.Carer);
        await ServedEstate.TextsAsync(carer, "select owner from inbox.item where owner = 'secret-search'");

        Assert.Empty(await ServedEstate.TextsAsync(
            analyst, "select query from pg_stat_activity where query ~ 'secret-searc[h]'"));
        Assert.Empty(await ServedEstate.TextsAsync(
            analyst, "select attname from pg_stats where schemaname = 'inbox' and attname in ('owner', 'amount')"));
    }

    /// <summary>A session may set its own limits anew; the guard does not ask it.</summary>
    [Fact]
    public async Task Limits_SetAnewByASession_HoldAllTheSame()
    {
        SessionGuard guard = new(
            _estate.Server, new LandfallHome(_estate.Home.Folder),
            new SessionLimits(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1)));
        await using NpgsqlConnection busy = await _estate.ConnectAsync(ServedEstate.Analyst);
        await using NpgsqlConnection idle = await _estate.ConnectAsync(ServedEstate.Carer);
        await ServedEstate.ExecuteAsync(
            busy, "set statement_timeout = 0; set idle_in_transaction_session_timeout = 0");
        await ServedEstate.ExecuteAsync(idle, "begin; select 1");
        Task hog = ServedEstate.ExecuteAsync(busy, "select pg_sleep(60)");

        List<string> ended = [];
        await Eventually.TrueAsync(async () =>
        {
            ended.AddRange(await guard.LookAsync(CancellationToken.None));
            return ended.Distinct().Count() >= 2;
        });

        Assert.Contains(ended, e => e.Contains("a statement of ana@test.example", StringComparison.Ordinal));
        Assert.Contains(ended, e => e.Contains("a transaction of ben@test.example", StringComparison.Ordinal));
        Assert.Equal("57014", (await Assert.ThrowsAsync<PostgresException>(() => hog)).SqlState);
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => ServedEstate.ExecuteAsync(idle, "select 1"));
        Assert.Empty(await guard.LookAsync(CancellationToken.None));
    }

    /// <summary>Memory, temporary files, connections: each attempt ends in an error of its own session.</summary>
    [Fact]
    public async Task Attempts_ToExhaust_EndInTheirOwnSession()
    {
        string started = Assert.Single(await _estate.TextsAsync("select pg_postmaster_start_time()::text"));
        await using NpgsqlConnection other = await _estate.ConnectAsync(ServedEstate.Carer);
        string[] attempts =
        [
            "set work_mem = '1TB'; "
                + "select count(*) from (select distinct repeat('x', 1000) || i from generate_series(1, 9999999) i) t",
            "select array_length(array_agg(repeat('x', 1000000) || i), 1) from generate_series(1, 3000) i",
            "select length(string_agg(repeat('x', 1000000), '')) from generate_series(1, 2000)",
            "with recursive r as (select repeat('x', 1000) t, 1 i union all select t || t, i + 1 from r) "
                + "select max(length(t)) from r",
            "set statement_timeout = '1s'; select count(*) from generate_series(1, 100000000000)",
            "select repeat('x', 2000000000)",
        ];
        foreach (string attempt in attempts)
        {
            await using NpgsqlConnection analyst = await _estate.ConnectAsync(ServedEstate.Analyst);
            await ServedEstate.ExecuteAsync(analyst, "set statement_timeout = '20s'");
            Exception? ended = await Record.ExceptionAsync(() => ServedEstate.ExecuteAsync(analyst, attempt));
            Assert.True(ended is NpgsqlException, attempt);
            Assert.Equal(["2"], await ServedEstate.TextsAsync(other, "select count(*)::text from inbox.item"));
        }

        List<NpgsqlConnection> flood = [];
        PostgresException? full = null;
        while (full is null && flood.Count < 60)
        {
            try
            {
                flood.Add(await _estate.ConnectAsync(ServedEstate.Analyst));
            }
            catch (PostgresException refused)
            {
                full = refused;
            }
        }

        Assert.Equal("53300", full?.SqlState);
        Assert.Equal(20, flood.Count);
        await using NpgsqlConnection late = await _estate.ConnectAsync(ServedEstate.Carer);
        Assert.Equal(Landfall.Engine.Running.RunState.UpToDate, (await _estate.RunWellAsync()).State);
        foreach (NpgsqlConnection connection in flood)
        {
            await connection.DisposeAsync();
        }

        Assert.Equal([started], await _estate.TextsAsync("select pg_postmaster_start_time()::text"));
    }
}
