using Landfall.Engine.Steps;
using Landfall.Estate;
using Landfall.Testing.Ingest;

namespace Landfall.Sources.Tests;

public sealed class PostgresTests(SourceServer server) : IClassFixture<SourceServer>
{
    private static readonly string[] Line =
    [
        "name: id, logicalType: integer, physicalType: bigint, required: true, primaryKey: true, primaryKeyPosition: 1",
        "name: amount, logicalType: number, physicalType: \"decimal(18,2)\"", "name: note, logicalType: string",
        "name: changed, logicalType: timestamp",
    ];

    [Fact]
    public async Task Upsert_CursorWithOverlap_EachChangeArrivesOnce()
    {
        using IngestLake lake = Lake("mode: upsert, cursor: changed, overlap: 1h", Line, await TableAsync());
        Assert.Equal(StepState.Done, (await lake.RunAsync()).State);
        Assert.Equal(["1, 1.50, NULL", "2, 2.00, ", "3, -0.01, 'quote\"d',\\nü"],
            await lake.RowsAsync("id, amount, note"));
        Assert.Equal(StepState.UpToDate, (await lake.LandAsync()).State);
        Assert.Equal(StepState.UpToDate, (await lake.EnrichAsync()).State);

        await server.RunAsync("update line set amount = 9, changed = '2026-01-01 02:00+00' where id = 1");
        await server.RunAsync("insert into line values (4, 4, 'late', '2026-01-01 01:30+00')");
        await lake.RunAsync();
        Assert.Equal(["1, 9.00, 2", "2, 2.00, 1", "3, -0.01, 1",
            "4, 4.00, 2"], await lake.RowsAsync("id, amount, _batch"));
        Assert.Equal(StepState.UpToDate, (await lake.LandAsync()).State);
    }

    [Fact]
    public async Task Append_CursorTiesAndOverlap_RowsArriveOnce()
    {
        using IngestLake lake = Lake("mode: append, cursor: changed, overlap: 2h", Line, await TableAsync());
        await lake.RunAsync();
        await server.RunAsync("insert into line values (4, 4, 'tie', '2026-01-01 01:00+00'), (5, 5, 'late', "
            + "'2026-01-01 00:30+00')");
        await lake.RunAsync();
        Assert.Equal(["1, 1", "2, 1", "3, 1", "4, 2", "5, 2"], await lake.RowsAsync("id, _batch"));
        Assert.Equal(StepState.UpToDate, (await lake.LandAsync()).State);

        await lake.EnrichAsync(fullRefresh: true);
        Assert.Equal(["1, 1", "2, 1", "3, 1", "4, 2", "5, 2"], await lake.RowsAsync("id, _batch"));
    }

    [Fact]
    public async Task Upsert_CursorRenamed_IsFoundInTheSource()
    {
        string[] renamed = [.. Line.Select(l => l.Replace("name: changed", "name: at_time", StringComparison.Ordinal))];
        using IngestLake lake = Lake("mode: upsert, cursor: at_time, rename: { at_time: changed }",
            renamed, await TableAsync());
        await lake.RunAsync();
        await server.RunAsync("update line set amount = 7, changed = '2026-01-02 00:00+00' where id = 3");
        await lake.RunAsync();
        Assert.Equal(["1, 1.50", "2, 2.00", "3, 7.00"], await lake.RowsAsync("id, amount"));
        Assert.Equal(StepState.UpToDate, (await lake.LandAsync()).State);
    }

    [Fact]
    public async Task Snapshot_Unchanged_MakesNoBatch()
    {
        using IngestLake lake = Lake("mode: snapshot", Line, await TableAsync());
        await lake.RunAsync();
        await server.RunAsync("update line set note = note");
        Assert.Equal(StepState.UpToDate, (await lake.LandAsync()).State);
        Assert.Equal(1, (await lake.RegisterAsync()).LastBatch);

        await server.RunAsync("delete from line where id = 2");
        await lake.RunAsync();
        Assert.Equal(["1", "3"], await lake.RowsAsync("id"));
        await server.RunAsync("delete from line");
        await lake.RunAsync();
        Assert.Empty(await lake.RowsAsync("id"));
    }

    [Fact]
    public async Task Values_OfManyTypes_AreAsInTheSource()
    {
        await server.RunAsync("drop table if exists line; create type mood as enum ('so'); create table line (i "
            + "smallint, r real, u uuid, "
            + "j json, e mood, b bytea, a int[], ok boolean, d date, n numeric, t timestamp); insert into line values "
            + "(7, 0.5, '00000000-0000-0000-0000-000000000001', '{\"a\": 1}', 'so', '\\x00ff', '{1,2}', true, "
            + "'2026-01-02', 1.2345, "
            + "'2026-07-01 12:00')");
        using IngestLake lake = Lake(
            "mode: snapshot, sourceTimeZone: Europe/Berlin",
            [
                "name: i, logicalType: integer, physicalType: int", "name: r, logicalType: number, physicalType: "
                    + "double",
                "name: u, logicalType: string", "name: j, logicalType: string", "name: e, logicalType: string",
                "name: b, logicalType: string, physicalType: binary", "name: a, logicalType: string",
                    "name: ok, logicalType: boolean",
                "name: d, logicalType: date", "name: n, logicalType: number, physicalType: \"decimal(9,4)\"",
                    "name: t, logicalType: timestamp",
            ],
            server);
        await lake.RunAsync();
        Assert.Equal(
            ["7, 0.5, 00000000-0000-0000-0000-000000000001, {\"a\": 1}, so, \\x00\\xFF, {1,2}, true, 2026-01-02, "
                + "1.2345, 2026-07-01 10:00:00+00"],
            await lake.RowsAsync());
    }

    /// <summary>Where the contract has a text, arrays stay in the source's own spelling.</summary>
    [Fact]
    public async Task Arrays_OfTheContract_LandAsArrays()
    {
        await server.RunAsync("drop table if exists line; create table line (id bigint, n int[], t text[], s text[]); "
            + "insert into line values (1, '{1,NULL,3}', '{a,\"b, c\",\"\"}', '{x}'), (2, '{}', '{}', '{}'), "
            + "(3, null, null, null)");
        using IngestLake lake = Lake(
            "mode: snapshot",
            [
                "name: id, logicalType: integer, physicalType: bigint",
                "name: n, logicalType: array, items: { logicalType: integer, physicalType: int }",
                "name: t, logicalType: array, items: { logicalType: string }",
                "name: s, logicalType: string",
            ],
            server);

        await lake.RunAsync();

        Assert.Equal(
            ["1, [1, NULL, 3], 3, b, c, {x}", "2, [], 0, NULL, {}", "3, NULL, NULL, NULL, NULL"],
            await lake.RowsAsync("id, n, len(t), t[2], s"));
    }

    [Fact]
    public async Task LocalTimestamps_ThatClocksSkip_AreQuarantined()
    {
        await server.RunAsync("drop table if exists line; create table line (id bigint, t timestamp); insert into line "
            + "values (1, '2024-03-31 02:30'), (2, '2024-10-27 02:30'), (3, '2024-07-01 12:00:00.123456')");
        using IngestLake lake = Lake(
            "mode: snapshot, sourceTimeZone: Europe/Berlin",
            ["name: id, logicalType: integer, physicalType: bigint", "name: t, logicalType: timestamp"],
            server, threshold: 1);

        await lake.RunAsync();

        Assert.Equal(
            ["2, 2024-10-27 01:30:00", "3, 2024-07-01 10:00:00.123456"],
            await lake.RowsAsync("id, t at time zone 'UTC'"));
        Assert.Equal(["1, local-time-gap, t"], await lake.RowsAsync("_row, rule, column_name", "t__quarantine"));
    }

    [Fact]
    public async Task NotFinite_Values_AreQuarantined()
    {
        await server.RunAsync("drop table if exists line; create table line (id bigint, x double precision, n "
            + "numeric(9,2), d date); "
            + "insert into line values (1, 1, 1, '2026-01-01'), (2, 'NaN', 1, null), (3, 1, 'NaN', null), (4, 1, "
            + "1, 'infinity'), (5, '-infinity', 1, null)");
        using IngestLake lake = Lake(
            "mode: snapshot",
            [
                "name: id, logicalType: integer, physicalType: bigint", "name: x, logicalType: number, "
                    + "physicalType: double",
                "name: n, logicalType: number, physicalType: \"decimal(9,2)\"", "name: d, logicalType: date",
            ],
            server, threshold: 1);
        await lake.RunAsync();
        Assert.Equal(["1, 1.0, 1.00, 2026-01-01"], await lake.RowsAsync());
        Assert.Equal(["2, not-finite, x", "3, not-finite, n", "4, range, d", "5, not-finite, x"],
            await lake.RowsAsync("_row, rule, column_name", "t__quarantine"));
    }

    [Fact]
    public async Task Password_Wrong_IsNamedNowhere()
    {
        using IngestLake lake = Lake("mode: snapshot", Line, await TableAsync());
        lake.Secrets = lake.Secrets.SetItem("TEST_PASSWORD", "wr0ng-secret");
        LandfallException failure = await Assert.ThrowsAsync<LandfallException>(lake.LandAsync);
        Assert.Equal("LF4270", failure.Code);
        Assert.DoesNotContain("wr0ng-secret", failure.ToString(), StringComparison.Ordinal);
    }

    private async Task<SourceServer> TableAsync()
    {
        await server.RunAsync("drop table if exists line; create table line (id bigint primary key, amount "
            + "numeric(18,2), note text, "
            + "changed timestamptz); insert into line values (1, 1.5, null, '2026-01-01 00:00+00'), (2, 2, '', "
            + "'2026-01-01 01:00+00'), "
            + "(3, -0.01, E'''quote\"d'',\\nü', '2026-01-01 01:00+00')");
        return server;
    }

    private static IngestLake Lake(string mode, string[] columns, SourceServer server, double threshold = 0) =>
        server.Lake($"relation: public.line, {mode}", columns, threshold: threshold);
}
