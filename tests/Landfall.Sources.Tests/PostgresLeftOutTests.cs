using Landfall.Engine.Steps;
using Landfall.Testing.Ingest;

namespace Landfall.Sources.Tests;

/// <summary>What cannot be read of a database is left out and named, and keeps nothing else from landing.</summary>
public sealed class PostgresLeftOutTests(SourceServer server) : IClassFixture<SourceServer>
{
    private static readonly string[] Columns =
    [
        "name: id, logicalType: integer, physicalType: bigint, required: true, primaryKey: true, primaryKeyPosition: 1",
        "name: note, logicalType: string", "name: at, logicalType: timestamp",
    ];

    [Theory]
    [InlineData("", "mode: snapshot", "LF4271", "there is no such relation")]
    [InlineData("create table bad.r (id bigint, note text, at timestamptz)", "mode: upsert, cursor: at, rename: "
        + "{ at: changed }", "LF4271", "it has no column changed, which u names as its cursor")]
    [InlineData("create table bad.r (id bigint, note text, at float8)", "mode: upsert, cursor: at", "LF4274",
        "its column at is double precision, by which u cannot be read")]
    [InlineData("create view bad.r as select i as id, (1 / (i - 4000))::text as note from generate_series(1, 5000) i",
        "mode: snapshot", "LF4281", "the server cannot compute one of its values (SQLSTATE 22012)")]
    [InlineData("create table bad.r ()", "mode: snapshot", "LF4283", "it has no columns")]
    [InlineData("create table bad.r (id bigint, \"ID\" bigint)", "mode: snapshot", "LF4283",
        "its columns id and ID differ in capitals alone")]
    [InlineData("create table bad.s (id bigint); create index r on bad.s (id)", "mode: snapshot", "LF4281",
        "the server ended the read; its log says why (SQLSTATE 42809)")]
    public async Task Relation_Bad_IsLeftOutAndTheOtherLands(string create, string mode, string code, string problem)
    {
        using IngestLake lake = await LakeAsync(create, mode);

        StepOutcome first = await lake.LandAsync();
        StepOutcome again = await lake.LandAsync();

        Assert.Equal(StepState.Done, first.State);
        Assert.Equal(StepState.UpToDate, again.State);
        Assert.All([first, again], o => AssertLeftOut(o, code, problem));
        Assert.Equal(["t"], (await lake.RegisterAsync()).Entries.Select(e => e.Table));
        await lake.EnrichAsync();
        Assert.Equal(["1, a", "2, b"], await lake.RowsAsync("id, note"));

        await server.RunAsync("drop schema bad cascade; create schema bad; create table bad.r (id bigint, note text, "
            + "at timestamptz, changed timestamptz); insert into bad.r values (7, 'mended')");
        StepOutcome mended = await lake.LandAsync();
        Assert.Equal((StepState.Done, 1), (mended.State, mended.Rows));
        Assert.Empty(mended.LeftOut);
    }

    /// <summary>What comes after it in the same snapshot lands, too.</summary>
    [Fact]
    public async Task Relation_BadBeforeAGoodOne_LeavesTheSnapshotGoingOn()
    {
        using IngestLake unused = await LakeAsync(
            "create view bad.r as select 1 / (i - 4000) as id from generate_series(1, 5000) i",
            "mode: snapshot");
        using IngestLake lake = server.Lake(
            "relation: bad.r, mode: snapshot", Columns, "relation: public.line, mode: snapshot");

        StepOutcome outcome = await lake.LandAsync();

        Assert.Equal("t from bad.r", Assert.Single(outcome.LeftOut).Name);
        Assert.Equal(["u"], (await lake.RegisterAsync()).Entries.Select(e => e.Table));
    }

    [Fact]
    public async Task Relations_AllBad_LandNothingAndAreNamed()
    {
        using IngestLake unused = await LakeAsync("", "mode: snapshot");
        using IngestLake lake = server.Lake(
            "relation: bad.one, mode: snapshot", Columns, "relation: bad.two, mode: snapshot");

        StepOutcome outcome = await lake.LandAsync();

        Assert.Equal((StepState.UpToDate, "no table could be read"), (outcome.State, outcome.Reason));
        Assert.Equal(["t from bad.one", "u from bad.two"], outcome.LeftOut.Select(l => l.Name));
        Assert.Null((await lake.RegisterAsync()).Snapshot);
    }

    [Theory]
    [InlineData("")]
    [InlineData("grant select on bad.r to reader;")]
    [InlineData("grant usage on schema bad to reader;")]
    public async Task Relation_NotGranted_IsLeftOut(string grants)
    {
        using IngestLake lake = await ReaderLakeAsync("create table bad.r (id bigint)", grants);
        AssertLeftOut(await lake.LandAsync(), "LF4271", "the user may not read it; have it granted USAGE on the schema "
            + "and SELECT (SQLSTATE 42501)");
    }

    /// <summary>A relation whose columns are granted one by one cannot be locked, yet be read.</summary>
    [Fact]
    public async Task Columns_GrantedOneByOne_Land()
    {
        using IngestLake lake = await ReaderLakeAsync(
            "create table bad.r (id bigint)",
            "grant usage on schema bad to reader; grant select (id) on bad.r to reader;");
        Assert.Empty((await lake.LandAsync()).LeftOut);
        Assert.Equal(2, (await lake.RegisterAsync()).Entries.Length);
    }

    [Fact]
    public async Task Relation_SlowerThanTheServersTimeout_IsLeftOut()
    {
        using IngestLake lake = await ReaderLakeAsync(
            "create view bad.r as select 1 as id, pg_sleep(30)::text", "grant usage on schema bad to reader; "
            + "grant select on bad.r to reader; alter role reader set statement_timeout = '300ms';");
        AssertLeftOut(await lake.LandAsync(), "LF4281", "statement_timeout");
    }

    [Fact]
    public async Task Relation_LockedForLongerThanItsTimeout_IsLeftOut()
    {
        using IngestLake lake = await ReaderLakeAsync(
            "create table bad.r (id bigint)", "grant usage on schema bad to reader; grant select on bad.r to reader; "
            + "alter role reader set lock_timeout = '200ms';");
        Task locked = server.RunAsync("begin; lock table bad.r; select pg_sleep(1.5); commit");
        await server.RunAsync("do $$ begin while not exists (select from pg_locks where mode = 'AccessExclusiveLock' "
            + "and relation = 'bad.r'::regclass) loop perform pg_sleep(0.01); end loop; end $$");
        AssertLeftOut(await lake.LandAsync(), "LF4281", "another session kept it locked");
        await locked;
        Assert.Empty((await lake.LandAsync()).LeftOut);
    }

    [Fact]
    public async Task Texts_NotUtf8_AreLeftOutWithTheirRelation()
    {
        await server.RunAsync("drop database if exists plain");
        await server.RunAsync("create database plain encoding 'SQL_ASCII' locale 'C' template template0");
        await server.RunAsync(
            "create table line (id bigint, note text); insert into line values (1, 'ü'); create schema bad; create "
            + "table bad.r (id bigint, note text); insert into bad.r values (1, convert_from('\\xfc', 'SQL_ASCII'))",
            "plain");
        using IngestLake lake = server.Lake(
            "relation: public.line, mode: snapshot", Columns[..2], "relation: bad.r, mode: snapshot",
            server.Source(database: "plain"));

        StepOutcome outcome = await lake.LandAsync();
        await lake.EnrichAsync();

        AssertLeftOut(outcome, "LF4281", "it has a text that cannot be given as UTF-8");
        Assert.Equal(["1, ü"], await lake.RowsAsync("id, note"));
    }

    private static void AssertLeftOut(StepOutcome outcome, string code, string problem)
    {
        LeftOut left = Assert.Single(outcome.LeftOut);
        Assert.Equal(("u from bad.r", code), (left.Name, left.Code));
        Assert.Contains(problem, left.Problem, StringComparison.Ordinal);
        Assert.DoesNotContain("4000", left.Problem, StringComparison.Ordinal);
    }

    private async Task<IngestLake> LakeAsync(string create, string mode)
    {
        await server.RunAsync("drop schema if exists bad cascade; create schema bad; drop table if exists line; create "
            + "table line (id bigint, note text, at timestamptz); insert into line values (1, 'a'), (2, 'b'); "
            + create);
        return server.Lake("relation: public.line, mode: snapshot", Columns, $"relation: bad.r, {mode}");
    }

    /// <summary>Reads as a user who may read the good table, and of the bad one what is granted.</summary>
    private async Task<IngestLake> ReaderLakeAsync(string create, string grants)
    {
        using IngestLake unused = await LakeAsync(create, "mode: snapshot");
        await server.RunAsync("do $$ begin if exists (select from pg_roles where rolname = 'reader') then drop "
            + "owned by reader; drop role reader; end if; end $$");
        await server.RunAsync($"create role reader login password '{server.Running.SuperuserPassword}'; grant select "
            + $"on line to reader; {grants}");
        return server.Lake(
            "relation: public.line, mode: snapshot", Columns, "relation: bad.r, mode: snapshot",
            server.Source("reader"));
    }
}
