using Landfall.Engine.Steps;
using Landfall.Estate;
using Landfall.Testing.Ingest;

namespace Landfall.Sources.Tests;

/// <summary>Keys and dropped columns of tables that follow a database by cursor.</summary>
public sealed class PostgresKeyTests(SourceServer server) : IClassFixture<SourceServer>
{
    private const string Upsert = "relation: public.item, mode: upsert, cursor: at";
    private const string Append = "relation: public.item, mode: append, cursor: at, overlap: 1h";

    [Fact]
    public async Task Append_RowWithAKeyThatTheTableHas_IsQuarantined()
    {
        using IngestLake lake = server.Lake(Append, Columns(), threshold: 1);
        await MakeAsync();
        await lake.RunAsync();
        await server.RunAsync(
            "update item set note = 'changed', at = '2026-01-01 02:00+00' where id = 1; "
            + "insert into item values (3, 'c', 'z', '2026-01-01 02:00+00')");

        StepOutcome outcome = await lake.RunAsync();

        Assert.Equal(["1, a", "2, b", "3, c"], await lake.RowsAsync("id, note"));
        Assert.Equal(1, outcome.Quarantined);
        Assert.Equal(["2, primary-key, id"], await lake.QuarantineAsync("_batch, rule, column_name"));
    }

    [Fact]
    public async Task Upsert_TwoRowsOfOneUniqueValue_AreNotCommitted()
    {
        using IngestLake lake = server.Lake(Upsert, Columns(code: ", unique: true"), threshold: 1);
        await MakeAsync();
        await lake.RunAsync();
        await server.RunAsync("update item set code = 'y', at = '2026-01-01 02:00+00' where id = 1");

        var refused = await Assert.ThrowsAsync<LandfallException>(lake.RunAsync);

        Assert.Equal("LF4020", refused.Code);
        Assert.Contains("repeated values of the unique column code is 1", refused.Message, StringComparison.Ordinal);
        Assert.Equal(["1, x", "2, y"], await lake.RowsAsync("id, code"));

        await server.RunAsync("update item set code = 'x', at = '2026-01-01 03:00+00' where id = 2");
        await lake.RunAsync();
        Assert.Equal(["1, y", "2, x"], await lake.RowsAsync("id, code"));
    }

    [Theory]
    [InlineData(Upsert)]
    [InlineData(Append)]
    public async Task Column_DroppedOfKnownRows_WaitsUntilItIsAccepted(string mode)
    {
        using IngestLake lake = server.Lake(mode, Columns(), threshold: 1);
        await MakeAsync();
        await lake.RunAsync();
        await server.RunAsync(
            "alter table item drop column note; update item set at = '2026-01-01 02:00+00' where id = 1");

        var refused = await Assert.ThrowsAsync<LandfallException>(lake.RunAsync);

        Assert.Equal("LF4279", refused.Code);
        Assert.Equal(["1, a", "2, b"], await lake.RowsAsync("id, note"));
        await Assert.ThrowsAsync<LandfallException>(() => lake.EnrichAsync(fullRefresh: true));
        Assert.Equal(["1, a", "2, b"], await lake.RowsAsync("id, note"));

        lake.Declare(
            mode, Columns(", customProperties: [{ property: landfall.goneFromSource, value: \"2026-01-01\" }]"), 1,
            server.Source());
        await lake.EnrichAsync();
        Assert.Equal(
            mode == Upsert ? ["1, NULL", "2, b"] : ["1, a", "2, b"], await lake.RowsAsync("id, note"));
    }

    [Fact]
    public async Task Upsert_NewRowsWithoutADroppedColumn_AreTaken()
    {
        using IngestLake lake = server.Lake(Upsert, Columns(), threshold: 1);
        await MakeAsync();
        await server.RunAsync("update item set note = null where id = 2");
        await lake.RunAsync();
        await server.RunAsync(
            "alter table item drop column note; insert into item values (3, 'z', '2026-01-01 02:00+00')");

        StepOutcome outcome = await lake.RunAsync();

        Assert.Equal(["1, a", "2, NULL", "3, NULL"], await lake.RowsAsync("id, note"));
        Assert.Contains(outcome.Warnings, w => w.EndsWith("are null: note", StringComparison.Ordinal));
    }

    /// <summary>A late row loses against a greater cursor; one that the source deleted stays.</summary>
    [Fact]
    public async Task Upsert_LateAndDeletedRows()
    {
        using IngestLake lake = server.Lake(Upsert + ", overlap: 1d", Columns(), threshold: 1);
        await MakeAsync();
        await lake.RunAsync();
        await server.RunAsync(
            "delete from item where id = 2; update item set note = 'late', at = '2025-12-31 23:00+00' where id = 1");

        await lake.RunAsync();

        Assert.Equal(["1, a", "2, b"], await lake.RowsAsync("id, note"));
    }

    private async Task MakeAsync() => await server.RunAsync(
        "drop table if exists item; create table item (id bigint, note text, code text, at timestamptz); "
        + "insert into item values (1, 'a', 'x', '2026-01-01 00:00+00'), (2, 'b', 'y', '2026-01-01 01:00+00')");

    private static string[] Columns(string note = "", string code = "") =>
    [
        "name: id, logicalType: integer, physicalType: bigint, primaryKey: true",
        "name: note, logicalType: string" + note, "name: code, logicalType: string" + code,
        "name: at, logicalType: timestamp",
    ];
}
