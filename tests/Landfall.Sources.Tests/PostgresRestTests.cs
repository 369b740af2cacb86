using Landfall.Engine.Ingest;
using Landfall.Engine.Steps;
using Landfall.Testing.Ingest;

namespace Landfall.Sources.Tests;

/// <summary>
/// What was read of a database once is not read into another batch: an integration comes to rest after each change of
/// the source and of how it is read, and nothing that changed is passed over.
/// </summary>
public sealed class PostgresRestTests(SourceServer server) : IClassFixture<SourceServer>
{
    private const string Create =
        "drop table if exists line, other; create table line (id bigint, amount numeric(18,2), created timestamptz, "
        + "changed timestamptz); create table other (like line)";

    private static readonly string[] Columns =
    [
        "name: id, logicalType: integer, physicalType: bigint, required: true, primaryKey: true, primaryKeyPosition: 1",
        "name: amount, logicalType: number, physicalType: \"decimal(18,2)\"", "name: created, logicalType: timestamp",
        "name: changed, logicalType: timestamp",
    ];

    [Theory]
    [InlineData("mode: append, cursor: created")]
    [InlineData("mode: append, cursor: created, overlap: 1h")]
    [InlineData("mode: append, cursor: amount")]
    [InlineData("mode: upsert, cursor: changed, overlap: 1h")]
    [InlineData("mode: upsert")]
    [InlineData("mode: snapshot")]
    public async Task Table_EmptyThenFilledThenEmptied_RestsAfterEachBatch(string mode)
    {
        using IngestLake lake = await LakeAsync(mode, "");
        Assert.Equal(StepState.Done, (await lake.LandAsync()).State);
        Assert.Equal(StepState.Done, (await lake.EnrichAsync()).State);
        await RestsAsync(lake, batches: 1);
        Assert.Equal(0, await lake.VersionAsync());
        Assert.Empty(await lake.RowsAsync("id"));

        await server.RunAsync("insert into line values (1, 1, '2026-01-01 00:00+00', '2026-01-01 00:00+00')");
        await lake.RunAsync();
        await RestsAsync(lake, batches: 2);
        Assert.Equal(["1, 2"], await lake.RowsAsync("id, _batch"));

        await server.RunAsync("delete from line");
        await lake.RunAsync();
        await RestsAsync(lake, batches: 3);
        Assert.Equal(mode == "mode: snapshot" ? [] : ["1"], await lake.RowsAsync("id"));

        await server.RunAsync("insert into line values (2, 2, '2026-01-02 00:00+00', '2026-01-02 00:00+00')");
        await lake.RunAsync();
        await RestsAsync(lake, batches: 4);
        Assert.Equal(mode == "mode: snapshot" ? ["2"] : ["1", "2"], await lake.RowsAsync("id"));
    }

    [Theory]
    [InlineData("mode: append, cursor: created, overlap: 1h")]
    [InlineData("mode: upsert, cursor: changed")]
    public async Task Cursors_AllMissing_RestUntilThereIsOne(string mode)
    {
        using IngestLake lake = await LakeAsync(mode, "(1, 1, null, null)");
        await lake.RunAsync();
        await RestsAsync(lake, batches: 1);

        await server.RunAsync("insert into line values (2, 2, null, null)");
        await lake.RunAsync();
        await RestsAsync(lake, batches: 2);

        await server.RunAsync("insert into line values (3, 3, '2026-01-01 00:00+00', '2026-01-01 00:00+00')");
        await lake.RunAsync();
        await RestsAsync(lake, batches: 3);
        Assert.Equal(["1", "2", "3"], await lake.RowsAsync("id"));
    }

    [Fact]
    public async Task Cursors_Infinite_RestUntilThereIsAFiniteOne()
    {
        using IngestLake lake = await LakeAsync("mode: append, cursor: created", "(1, 1, 'infinity', null)");
        await lake.LandAsync();
        Assert.Equal(StepState.UpToDate, (await lake.LandAsync()).State);

        await server.RunAsync("insert into line values (2, 2, '2026-01-01 00:00+00', null)");
        Assert.Equal(StepState.Done, (await lake.LandAsync()).State);
        Assert.Equal(StepState.UpToDate, (await lake.LandAsync()).State);
    }

    [Fact]
    public async Task Cursor_NotANumber_IsReadOnceMoreWithEachBatchAndRests()
    {
        using IngestLake lake = await LakeAsync(
            "mode: append, cursor: amount, overlap: 1", "(1, 'NaN', null, null), (2, 5, null, null)");
        await lake.LandAsync();
        Assert.Equal(StepState.UpToDate, (await lake.LandAsync()).State);

        await server.RunAsync("insert into line values (3, 6, null, null)");
        Assert.Equal(3, (await lake.LandAsync()).Rows);
        Assert.Equal(StepState.UpToDate, (await lake.LandAsync()).State);
    }

    [Fact]
    public async Task Rows_DeletedAtTheEnd_MakeOneBatch()
    {
        using IngestLake lake = await LakeAsync(
            "mode: upsert, cursor: changed, overlap: 1h",
            "(1, 1, null, '2026-01-01 08:15+00'), (2, 2, null, '2026-01-01 09:00+00'), "
            + "(3, 3, null, '2026-01-01 10:00+00')");
        await lake.RunAsync();
        await server.RunAsync("delete from line where id = 3");
        await lake.RunAsync();
        await RestsAsync(lake, batches: 2);
    }

    [Fact]
    public async Task Tables_OneOfThemEmpty_EachRestsAndMakesBatchesOfItsOwn()
    {
        const string mode = "mode: append, cursor: created";
        using IngestLake lake = await LakeAsync(mode, "(1, 1, '2026-01-01 00:00+00', null)");
        Declare(lake, $"relation: public.line, {mode}", $"relation: public.other, {mode}");
        await lake.LandAsync();
        await lake.EnrichAsync();
        await lake.EnrichAsync(table: "u");
        await RestsAsync(lake, batches: 1);
        Assert.Equal(StepState.UpToDate, (await lake.EnrichAsync(table: "u")).State);
        Assert.Equal(0, await lake.VersionAsync("u"));

        await server.RunAsync("insert into line values (2, 2, '2026-01-02 00:00+00', null)");
        await lake.RunAsync();
        Assert.Equal(StepState.UpToDate, (await lake.EnrichAsync(table: "u")).State);
        await server.RunAsync("insert into other values (3, 3, '2026-01-01 00:00+00', null)");
        await lake.RunAsync();
        await lake.EnrichAsync(table: "u");
        await RestsAsync(lake, batches: 3);
        Assert.Equal(["1, 1", "2, 2"], await lake.RowsAsync("id, _batch"));
        Assert.Equal(["3, 3"], await lake.RowsAsync("id, _batch", "u"));
        Assert.Equal([(1, "t"), (1, "u"), (2, "t"), (3, "u")],
            (await lake.RegisterAsync()).Entries.Select(e => (e.Batch, e.Table)));
    }

    [Theory]
    [InlineData("mode: snapshot")]
    [InlineData("mode: upsert")]
    [InlineData("mode: upsert, cursor: created")]
    public async Task Manifest_NowNamesACursor_ReadsWholeUntilThereIsAChange(string before)
    {
        using IngestLake lake = await LakeAsync(before, "(1, 1, null, '2026-01-01 00:00+00')");
        await lake.RunAsync();
        Declare(lake, "relation: public.line, mode: upsert, cursor: changed");
        await lake.RunAsync();
        await RestsAsync(lake, batches: 1);

        // Before the greatest cursor that is there: whoever began with that would pass it over.
        await server.RunAsync("insert into line values (2, 2, null, '2025-06-01 00:00+00')");
        await lake.RunAsync();
        await RestsAsync(lake, batches: 2);
        Assert.Equal(["1", "2"], await lake.RowsAsync("id"));
        Assert.Equal("2026-01-01 00:00:00+00", (await lake.RegisterAsync()).Entries[^1].Cursor);
    }

    [Theory]
    [InlineData("mode: upsert")]
    [InlineData("mode: snapshot")]
    public async Task Manifest_NamesNoCursorAnyMore_ReadsWholeOnce(string after)
    {
        using IngestLake lake = await LakeAsync(
            "mode: upsert, cursor: changed",
            "(1, 1, null, '2026-01-01 00:00+00'), (2, 2, null, '2026-01-02 00:00+00')");
        await lake.RunAsync();

        // What a cursor does not show.
        await server.RunAsync("update line set amount = 9 where id = 1");
        Assert.Equal(StepState.UpToDate, (await lake.LandAsync()).State);
        Declare(lake, "relation: public.line, " + after);
        await lake.RunAsync();
        await RestsAsync(lake, batches: 2);
        Assert.Equal(["1, 9.00", "2, 2.00"], await lake.RowsAsync("id, amount"));
    }

    [Theory]
    [InlineData("mode: upsert, cursor: created")]
    [InlineData("mode: append, cursor: created")]
    [InlineData("mode: snapshot")]
    public async Task Manifest_NamesAnotherRelation_ReadsItWholeOnce(string mode)
    {
        using IngestLake lake = await LakeAsync(mode, "(1, 1, '2026-01-02 00:00+00', null)");
        await lake.RunAsync();
        await server.RunAsync("insert into other values (2, 2, '2026-01-01 00:00+00', null)");
        Declare(lake, "relation: public.other, " + mode);
        await lake.RunAsync();
        await RestsAsync(lake, batches: 2);
        Assert.Equal(mode == "mode: snapshot" ? ["2"] : ["1", "2"], await lake.RowsAsync("id"));
    }

    [Fact]
    public async Task Manifest_NamesAnEmptyRelation_RestsAfterOneBatch()
    {
        using IngestLake lake = await LakeAsync("mode: append, cursor: created", "(1, 1, '2026-01-02 00:00+00', null)");
        await lake.RunAsync();
        Declare(lake, "relation: public.other, mode: append, cursor: created");
        await lake.RunAsync();
        await RestsAsync(lake, batches: 2);
        Assert.Equal(["1"], await lake.RowsAsync("id"));
    }

    [Theory]
    [InlineData("1h", "4h")]
    [InlineData("4h", "1h")]
    public async Task Manifest_NamesAnotherOverlap_RestsAfterOneBatchAtMost(string before, string after)
    {
        using IngestLake lake = await LakeAsync(
            $"mode: append, cursor: created, overlap: {before}",
            "(1, 1, '2026-01-01 07:00+00', null), (2, 2, '2026-01-01 10:00+00', null)");
        await lake.RunAsync();
        Declare(lake, $"relation: public.line, mode: append, cursor: created, overlap: {after}");
        await lake.RunAsync();
        await RestsAsync(lake, batches: 2);
        Assert.Equal(["1, 1", "2, 1"], await lake.RowsAsync("id, _batch"));
    }

    [Theory]
    [InlineData("created")]
    [InlineData("amount")]
    public async Task Manifest_NamesAnotherCursor_ReadsWholeOnce(string before)
    {
        using IngestLake lake = await LakeAsync(
            $"mode: upsert, cursor: {before}",
            "(1, 1, '2026-01-01 00:00+00', '2026-01-01 00:00+00'), "
            + "(2, 2, '2026-01-05 00:00+00', '2026-01-05 00:00+00')");
        await lake.RunAsync();

        // Neither the old cursor nor the new one after the old one's last value shows this.
        await server.RunAsync("update line set amount = 1.5, changed = '2026-01-03 00:00+00' where id = 1");
        Declare(lake, "relation: public.line, mode: upsert, cursor: changed");
        await lake.RunAsync();
        await RestsAsync(lake, batches: 2);
        Assert.Equal(["1, 1.50", "2, 2.00"], await lake.RowsAsync("id, amount"));

        Declare(lake, $"relation: public.line, mode: upsert, cursor: {before}");
        await lake.LandAsync();
        Assert.Equal(2, (await lake.RegisterAsync()).Entries[^1].Rows);
        Assert.Equal(StepState.UpToDate, (await lake.LandAsync()).State);
    }

    [Fact]
    public async Task Manifest_NamesTheCursorUnderAnotherName_GoesOnWithIt()
    {
        using IngestLake lake = await LakeAsync(
            "mode: append, cursor: created", "(1, 1, '2026-01-01 00:00+00', null)");
        await lake.RunAsync();
        lake.Declare(
            "relation: public.line, mode: append, cursor: made, rename: { made: created }",
            [.. Columns.Select(c => c.Replace("name: created", "name: made", StringComparison.Ordinal))],
            source: Source);
        Assert.Equal(StepState.UpToDate, (await lake.LandAsync()).State);
    }

    [Fact]
    public async Task Cursor_OfAnotherTypeInTheSource_IsReadWholeOnce()
    {
        using IngestLake lake = await LakeAsync(
            "mode: append, cursor: created", "(1, 1, '2026-01-01 00:00+00', null)");
        await lake.LandAsync();
        await server.RunAsync(
            "alter table line alter created type bigint using 7; insert into line values (2, 2, 6, null)");
        Assert.Equal(2, (await lake.LandAsync()).Rows);
        Assert.Equal(StepState.UpToDate, (await lake.LandAsync()).State);

        await server.RunAsync("alter table line alter created type timestamptz using '2026-01-01 00:00+00'");
        Assert.Equal(2, (await lake.LandAsync()).Rows);
        Assert.Equal(StepState.UpToDate, (await lake.LandAsync()).State);
    }

    /// <summary>Registers did not always say which column the cursor is.</summary>
    [Fact]
    public async Task Register_OfEarlierVersions_GoesOnWithoutAnotherBatch()
    {
        const string mode = "mode: append, cursor: created";
        using IngestLake lake = await LakeAsync(mode, "(1, 1, '2026-01-01 00:00+00', null)");
        Declare(lake, $"relation: public.line, {mode}", $"relation: public.other, {mode}");
        await lake.RunAsync();
        await ForgetColumnsAsync(lake);
        await RestsAsync(lake, batches: 1);

        await server.RunAsync("insert into line values (2, 2, '2026-01-02 00:00+00', null)");
        await lake.RunAsync();
        await RestsAsync(lake, batches: 2);
        Assert.Equal(["1, 1", "2, 2"], await lake.RowsAsync("id, _batch"));

        // What the value cannot be of is told without the column's name.
        await ForgetColumnsAsync(lake);
        Declare(lake, "relation: public.line, mode: append, cursor: amount");
        await lake.RunAsync();
        await RestsAsync(lake, batches: 3);
        Assert.Equal("2.00", (await lake.RegisterAsync()).Entries[^1].Cursor);
    }

    private static async Task ForgetColumnsAsync(IngestLake lake)
    {
        RegisterEntry[] entries = [.. (await lake.RegisterAsync()).Entries.Select(e => e with
        {
            StateHash = string.Join(':', e.StateHash!.Split(':').Take(2)),
        })];
        Assert.NotEmpty(entries);
        IStepHost host = lake.HostOf("_register");
        Directory.Delete(Path.Combine(RawPaths.FolderOf(host), Register.FolderName), recursive: true);
        await (await lake.RegisterAsync()).AppendAsync(host, entries, default);
    }

    private async Task<IngestLake> LakeAsync(string mode, string rows)
    {
        await server.RunAsync(rows.Length == 0 ? Create : $"{Create}; insert into line values {rows}");
        IngestLake lake = new($"relation: public.line, {mode}", Columns, source: Source);
        lake.Secrets = lake.Secrets.SetItem("TEST_PASSWORD", server.Running.SuperuserPassword);
        return lake;
    }

    private void Declare(IngestLake lake, string table, string? second = null) =>
        lake.Declare(table, Columns, source: Source, second: second);

    private string Source => server.Source();

    /// <summary>Running again twice lands nothing and commits nothing.</summary>
    private static async Task RestsAsync(IngestLake lake, long batches)
    {
        Assert.Equal(batches, (await lake.RegisterAsync()).LastBatch);
        long version = await lake.VersionAsync();
        for (int again = 0; again < 2; again++)
        {
            Assert.Equal(StepState.UpToDate, (await lake.LandAsync()).State);
            Assert.Equal(StepState.UpToDate, (await lake.EnrichAsync()).State);
        }

        Assert.Equal(batches, (await lake.RegisterAsync()).LastBatch);
        Assert.Equal(version, await lake.VersionAsync());
    }
}
