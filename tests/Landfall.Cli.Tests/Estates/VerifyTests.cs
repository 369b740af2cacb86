using System.Text.Json.Nodes;
using Landfall.Delta;
using Landfall.DuckDb;
using Landfall.Engine;
using Landfall.Engine.DuckDb.Storage;
using Landfall.Engine.Engines;
using Landfall.Engine.Lakes;
using Landfall.Estate;

namespace Landfall.Cli.Tests.Estates;

/// <summary><c>verify</c> finds tables that are not what a full rebuild gives, and nothing else.</summary>
public sealed class VerifyTests
{
    [Fact]
    public async Task Verify_TablesAsBuilt_AreEqualAndNothingChanges()
    {
        using SmallEstate home = EvolvingEstate.Create();
        await home.RunWellAsync();
        home.Put("events/three.csv", "id,sold_at,item,qty,note\n6,2026-02-09T10:00:00Z,a,13,late\n");
        await home.RunWellAsync();
        string[] before = Files(home);

        CliResult result = await home.TryAsync("verify", "--all", "--format", "json");

        Assert.True(result.ExitCode == 0, result.Error + result.Output);
        Assert.Equal(5, Rows(result).Count);
        Assert.All(Rows(result), r => Assert.Equal("equal", (string?)r["state"]));
        Assert.Equal(before, Files(home));
    }

    [Fact]
    public async Task Verify_TamperedTable_NamesTheMonthsAndNoRow()
    {
        using SmallEstate home = EvolvingEstate.Create();
        await home.RunWellAsync();
        await TamperAsync(home, "ops.daily.by_item", "month", "2026-02-01", "qty", "qty + 1");
        string[] before = Files(home);

        CliResult json = await home.TryAsync("verify", "daily", "--format", "json");
        CliResult text = await home.TryAsync("verify", "ops.daily.by_item");

        JsonNode row = Assert.Single(Rows(json));
        Assert.Equal("differs", (string?)row["state"]);
        JsonNode where = Assert.Single(row["differences"]!.AsArray())!;
        Assert.Equal("2026-02-01", (string?)where["value"]);
        Assert.Equal((2, 2), ((int)where["missing"]!, (int)where["extra"]!));
        Assert.Equal(1, text.ExitCode);
        Assert.Contains("LF4250", text.Error, StringComparison.Ordinal);
        Assert.Contains("--select ops.daily.by_item --full-refresh", text.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Bread", text.Error + text.Output + json.Output, StringComparison.Ordinal);
        Assert.Equal(before, Files(home));
        CliResult mended = await home.TryAsync("run", "--select", "ops.daily.by_item", "--full-refresh");
        Assert.True(mended.ExitCode == 0, mended.Error);
        Assert.Equal(0, (await home.TryAsync("verify", "daily")).ExitCode);
    }

    [Fact]
    public async Task Verify_EnrichedTableThatLostARow_IsFound()
    {
        using SmallEstate home = EvolvingEstate.Create();
        await home.RunWellAsync();
        await TamperAsync(home, "ops.inbox.event", null, null, "id", "id * 2");

        CliResult result = await home.TryAsync("verify", "inbox", "--format", "json");

        Assert.Equal(1, result.ExitCode);
        Assert.Equal(
            ["ops.inbox.event differs", "ops.inbox.item equal"],
            Rows(result).Select(r => $"{r["table"]} {r["state"]}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Verify_NotUpToDateOrNotBuilt_SaysSo()
    {
        using SmallEstate home = EvolvingEstate.Create();
        CliResult none = await home.TryAsync("verify", "daily");
        await home.RunWellAsync();
        home.Change(EvolvingEstate.DailySql, "sum(event.qty)", "sum(event.qty) + 1");
        CliResult changed = await home.TryAsync("verify", "daily");
        CliResult nothing = await home.TryAsync("verify");

        Assert.Equal((1, 1, 2), (none.ExitCode, changed.ExitCode, nothing.ExitCode));
        Assert.Contains("LF4251", none.Error, StringComparison.Ordinal);
        Assert.Contains("no data yet", none.Error, StringComparison.Ordinal);
        Assert.Contains("its SQL or its contract changed", changed.Error, StringComparison.Ordinal);
    }

    private static IReadOnlyList<JsonNode> Rows(CliResult result) =>
        [.. result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonNode.Parse(l)!)];

    /// <summary>Files of the lake but the audit's, to which verifying adds.</summary>
    private static string[] Files(SmallEstate home) =>
    [
        .. Directory.EnumerateFiles(home.Lake, "*", SearchOption.AllDirectories)
            .Where(f => !f.Contains("/audit/", StringComparison.Ordinal)
                && !f.Contains("/_locks/", StringComparison.Ordinal)).Order(StringComparer.Ordinal),
    ];

    /// <summary>Another program's commit: one file is replaced by one of the same rows with a column changed.</summary>
    private static async Task TamperAsync(
        SmallEstate home, string name, string? partition, string? value, string column, string expression)
    {
        using EngineSession session = home.Open();
        Assert.True(TableName.TryParse(name, out TableName parsed));
        CatalogTable table = session.Catalog.Get(parsed);
        DeltaTable delta = session.Open(table);
        Snapshot snapshot = await delta.LoadAsync(CancellationToken.None);
        AddFile file = snapshot.Files.First(f => partition is null || f.PartitionValues[partition] == value);
        string folder = session.Lake.TableFolder(table.Name, table.Layer);
        TableSchema schema = snapshot.Metadata.Schema;
        using DuckDbDatabase database = DuckDbDatabase.Open();
        using DuckDbConnection connection = database.Connect();
        connection.Execute("set TimeZone = 'UTC'");
        IReadOnlyList<DataFile> files = DataFileWriter.Write(
            connection,
            $"select * replace ({expression} as {column}) from ({DeltaScan.Sql(folder, schema, [file])})",
            schema, folder, "tampered", CancellationToken.None, partition);
        Transaction transaction = delta.Begin(snapshot, "WRITE");
        transaction.Remove(file);
        foreach (DataFile written in files)
        {
            transaction.Add(written.ToAddFile(TimeProvider.System.GetUtcNow()));
        }

        Assert.IsType<Committed>(await transaction.CommitAsync(CancellationToken.None));
    }
}
