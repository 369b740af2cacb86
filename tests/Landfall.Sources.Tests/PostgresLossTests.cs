using Landfall.Engine.Steps;
using Landfall.Estate;
using Landfall.Testing.Ingest;
using Npgsql;

namespace Landfall.Sources.Tests;

/// <summary>A database that goes away, is changed or is damaged while it is read.</summary>
public sealed class PostgresLossTests(SourceServer server) : IClassFixture<SourceServer>
{
    private const string Slow = "create or replace view slow as select i::bigint as id, 'v' as note, "
        + "pg_sleep(0.05)::text as pause from generate_series(1, 200) i";

    private static readonly string[] Columns =
    [
        "name: id, logicalType: integer, physicalType: bigint, required: true, primaryKey: true",
        "name: note, logicalType: string",
    ];

    [Fact]
    public async Task Session_EndedDuringACopy_LandsNothingAndTheNextRunAll()
    {
        using IngestLake lake = await LakeAsync("relation: public.line, mode: snapshot", "relation: public.slow, mode: "
            + "snapshot");
        Task<StepOutcome> landing = lake.LandAsync();
        await server.RunAsync($"select pg_terminate_backend({await server.CopyingAsync("slow")})");

        await AssertLostAsync(lake, landing);
        await AssertLandsAllAsync(lake);
    }

    [Fact]
    public async Task Server_StoppedDuringACopy_LandsNothingAndTheNextRunAll()
    {
        using IngestLake lake = await LakeAsync("relation: public.line, mode: snapshot", "relation: public.slow, mode: "
            + "snapshot");
        Task<StepOutcome> landing = lake.LandAsync();
        await server.CopyingAsync("slow");
        await server.StopAsync();

        await AssertLostAsync(lake, landing);
        LandfallException refused = await Assert.ThrowsAsync<LandfallException>(lake.LandAsync);
        Assert.Equal("LF4270", refused.Code);
        await server.StartAsync();
        await AssertLandsAllAsync(lake);
    }

    /// <summary>
    /// A table that is emptied or rewritten after the snapshot was taken would seem empty: nobody can, not even before
    /// it is read.
    /// </summary>
    [Theory]
    [InlineData("truncate line")]
    [InlineData("alter table line alter note type varchar(9)")]
    [InlineData("alter table line rename note to remark")]
    [InlineData("drop table line")]
    public async Task Table_ChangedBetweenSnapshotAndCopy_WaitsForTheEnd(string change)
    {
        using IngestLake lake = await LakeAsync("relation: public.slow, mode: snapshot", "relation: public.line, mode: "
            + "snapshot");
        Task<StepOutcome> landing = lake.LandAsync();
        await server.CopyingAsync("slow");

        PostgresException waited = await Assert.ThrowsAsync<PostgresException>(
            () => server.RunAsync($"set lock_timeout = '100ms'; {change}"));
        await server.RunAsync("insert into line values (3, 'later')");
        StepOutcome outcome = await landing;

        Assert.Equal(PostgresErrorCodes.LockNotAvailable, waited.SqlState);
        Assert.Empty(outcome.LeftOut);
        Assert.Equal([2], (await lake.RegisterAsync()).Entries.Where(e => e.Table == "u").Select(e => e.Rows!.Value));
        await server.RunAsync(change);
    }

    [Fact]
    public async Task Column_RenamedBetweenRuns_LandsUnlessItIsTheCursor()
    {
        using IngestLake lake = await LakeAsync(
            "relation: public.line, mode: snapshot", "relation: public.line, mode: upsert, cursor: id");
        await lake.LandAsync();

        await server.RunAsync("alter table line rename note to remark; insert into line values (3, 'c')");
        StepOutcome outcome = await lake.LandAsync();
        Assert.Equal(StepState.Done, outcome.State);
        Assert.Empty(outcome.LeftOut);

        await server.RunAsync("alter table line rename id to number; insert into line values (4, 'd')");
        outcome = await lake.LandAsync();
        Assert.Equal(StepState.Done, outcome.State);
        Assert.Contains("it has no column id, which u names", Assert.Single(outcome.LeftOut).Problem,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Table_Damaged_IsLeftOut()
    {
        using IngestLake lake = await LakeAsync(
            "relation: public.line, mode: snapshot", "relation: public.other, mode: snapshot");
        string folder = (string)(await server.RunAsync("show data_directory"))!;
        string file = (string)(await server.RunAsync("checkpoint; select pg_relation_filepath('other')"))!;
        await server.StopAsync();
        await using (FileStream damaged = File.OpenWrite(Path.Combine(folder, file)))
        {
            damaged.Position = 8000;
            damaged.Write("damaged"u8);
        }

        await server.StartAsync();
        StepOutcome outcome = await lake.LandAsync();

        Assert.Equal((StepState.Done, 2), (outcome.State, outcome.Rows));
        Assert.Equal(
            "u from public.other (the server finds it damaged (SQLSTATE XX001))",
            Assert.Single(outcome.LeftOut).ToString());
    }

    private static async Task AssertLostAsync(IngestLake lake, Task<StepOutcome> landing)
    {
        LandfallException lost = await Assert.ThrowsAsync<LandfallException>(() => landing);
        Assert.Equal("LF4272", lost.Code);
        Assert.Contains("Nothing of the batch was landed", lost.Message, StringComparison.Ordinal);
        Assert.Null((await lake.RegisterAsync()).Snapshot);
    }

    private async Task AssertLandsAllAsync(IngestLake lake)
    {
        await server.RunAsync("create or replace view slow as select 1::bigint as id, 'v' as note, "
            + "pg_sleep(0)::text as pause");
        StepOutcome outcome = await lake.LandAsync();
        Assert.Equal(StepState.Done, outcome.State);
        Assert.Empty(outcome.LeftOut);
        Assert.Equal(["t", "u"], (await lake.RegisterAsync()).Entries.Select(e => e.Table));
    }

    private async Task<IngestLake> LakeAsync(string first, string second)
    {
        await server.RunAsync("drop table if exists line, other; create table line (id bigint, note text); insert into "
            + $"line values (1, 'a'), (2, 'b'); create table other as select * from line; {Slow}");
        return server.Lake(first, Columns, second);
    }
}
