namespace Landfall.Cli.Tests.Estates;

/// <summary>
/// Values that a table cannot hold as they are fail the build, which names the column and commits nothing.
/// </summary>
public sealed class BuiltRowsTests
{
    private const string Sql = "ops/products/daily/by_item.sql";

    [Fact]
    public async Task Run_EmptyTextInTheIncrementalColumn_IsRefusedUntilTheQuerySaysWhatItMeans()
    {
        using SmallEstate home = ByNote("event.note");

        CliResult refused = await home.TryAsync("run");
        home.Change(Sql, "event.note as note", "nullif(event.note, '') as note");
        home.Change(Sql, "group by event.note", "group by nullif(event.note, '')");
        CliResult run = await home.TryAsync("run");

        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("LF2037", refused.Error, StringComparison.Ordinal);
        Assert.Contains("nullif(note, '')", refused.Error, StringComparison.Ordinal);
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Equal(
            ["{'note': NULL, 'qty': 8}", "{'note': first, 'qty': 2}"], await home.RowsAsync("ops.daily.by_item"));
    }

    [Fact]
    public async Task Run_NullsOfTheIncrementalColumn_AreBuiltAnewWhenTheyComeAndGo()
    {
        using SmallEstate home = ByNote("nullif(event.note, '')");
        await home.RunWellAsync();

        home.Put("events/three.csv", "id,sold_at,item,qty,note\n6,2026-02-09T10:00:00Z,a,13,\n");
        CliResult plan = await home.TryAsync("plan");
        await home.RunWellAsync();

        Assert.Contains("builds anew: null", plan.Output, StringComparison.Ordinal);
        Assert.Contains("{'note': NULL, 'qty': 21}", await home.RowsAsync("ops.daily.by_item"));
        home.Put("events/three.csv", "id,sold_at,item,qty,note\n6,2026-02-09T10:00:00Z,a,13,first\n");
        await home.RunWellAsync();
        Assert.Contains("{'note': NULL, 'qty': 8}", await home.RowsAsync("ops.daily.by_item"));
        Assert.Equal(0, (await home.TryAsync("verify", "daily")).ExitCode);
    }

    [Theory]
    [InlineData("event.qty * 900000000", "qty, physicalType: int", "The column qty, int")]
    [InlineData("sum(cast(99999999999999999999999999999999999999 as decimal(38,0)) + event.qty - 3)",
        "qty, logicalType: number, physicalType: \"decimal(38,0)\"", "The column qty, decimal(38,0)")]
    public async Task Run_ValueThatDoesNotFit_NamesTheColumn(string expression, string column, string message)
    {
        using SmallEstate home = Build(
            $"select event.item as note, {expression} as qty from ops.inbox.event as event where event.qty = 3\n"
            + (expression.StartsWith("sum", StringComparison.Ordinal) ? "group by event.item" : ""), column, "");

        CliResult run = await home.TryAsync("run");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("LF4100", run.Error, StringComparison.Ordinal);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
    }

    private static SmallEstate ByNote(string note) => Build(
        $"select {note} as note, sum(event.qty) as qty\nfrom ops.inbox.event as event\ngroup by {note}\n",
        "qty, physicalType: bigint",
        "\n    incremental:\n      column: note\n      inputs:\n        ops.inbox.event: note");

    /// <summary>Events with and without a note, one of them empty, and a product of them.</summary>
    private static SmallEstate Build(string sql, string column, string incremental)
    {
        SmallEstate home = EvolvingEstate.Create();
        Directory.Delete(Path.Combine(home.EstateFolder, "fin"), recursive: true);
        foreach (string agreement in Directory.GetFiles(
            home.EstateFolder, "*.oaas.yaml", SearchOption.AllDirectories))
        {
            File.Delete(agreement);
        }

        home.Change("ops/zone.yaml", "peers: [fin]", "peers: []");
        home.Put("events/one.csv", "id,sold_at,item,qty,note\n1,2026-01-05T10:00:00Z,a,2,first\n");
        home.Put("events/two.csv",
            "id,sold_at,item,qty,note\n2,2026-01-05T10:00:00Z,b,3,\n3,2026-01-05T10:00:00Z,b,5,\"\"\n");
        home.Write("ops/products/daily/product.yaml", $"""
            apiVersion: landfall/v1
            kind: Product
            id: daily
            title: Daily
            owner: ops-team
            type: sql
            pool: shared
            tables:
              - name: by_item{incremental}
            """);
        home.Write(Sql, sql);
        home.Write("ops/products/daily/contract.odcs.yaml", $$"""
            apiVersion: v3.1.0
            kind: DataContract
            id: daily
            version: 1.0.0
            status: active
            schema:
              - name: by_item
                properties:
                  - { name: note, logicalType: string }
                  - { name: {{column}} }
            """);
        return home;
    }
}
