using Landfall.Engine.Steps;
using Landfall.Estate;
using Landfall.Testing.Ingest;

namespace Landfall.Engine.Tests.Ingest;

public sealed class AppendTests
{
    private const string Json = "files: \"**/*.jsonl*\", format: jsonl, mode: append";
    private static readonly string[] Typed =
    [
        "name: id, logicalType: string, required: true", "name: n, logicalType: integer, physicalType: int",
        "name: amount, logicalType: number, physicalType: \"decimal(18,3)\"", "name: ts, logicalType: timestamp",
    ];

    [Fact]
    public async Task Files_New_RowsAreTypedAndCarrySystemColumns()
    {
        using IngestLake lake = new(Json, Typed);
        lake.Put("2026/a.jsonl.gz", """
            {"id":"a","n":1,"amount":12345678901234.567,"ts":"2026-01-02T03:04:05.678Z"}
            {"ts":"2026-01-02T05:04:05+02:00","amount":"0.1","n":"2","id":"é\n\"x\""}

            {"id":"c","n":null,"extra":[1,{"a":2}]}
            """);

        StepOutcome outcome = await lake.RunAsync();

        Assert.Equal(StepState.Done, outcome.State);
        Assert.Equal(
            [
                "a, 1, 12345678901234.567, 2026-01-02 03:04:05.678+00, 1, 2026/a.jsonl.gz",
                "c, NULL, NULL, NULL, 1, 2026/a.jsonl.gz",
                "é\\n\"x\", 2, 0.100, 2026-01-02 03:04:05+00, 1, 2026/a.jsonl.gz",
            ],
            await lake.RowsAsync("id, n, amount, ts, _batch, _source"));
        Assert.Equal(0, outcome.Quarantined);
        Assert.Contains("extra", Assert.Single(outcome.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SecondRun_NothingNew_CommitsNothing()
    {
        using IngestLake lake = new(Json, Typed);
        lake.Put("a.jsonl", "{\"id\":\"a\"}\n");
        await lake.RunAsync();
        long register = (await lake.RegisterAsync()).Snapshot!.Version;

        Assert.Equal(StepState.UpToDate, (await lake.LandAsync()).State);
        Assert.Equal(StepState.UpToDate, (await lake.EnrichAsync()).State);
        Assert.Equal(0, await lake.VersionAsync());
        Assert.Equal(register, (await lake.RegisterAsync()).Snapshot!.Version);
    }

    [Fact]
    public async Task Raw_AnyFile_IsByteForByte()
    {
        using IngestLake lake = new(Json, Typed);
        lake.Put("x/ü.jsonl.gz", "{\"id\":\"a\"}\n");
        lake.Put("x/.hidden.jsonl", "no");
        lake.Put("_tmp/a.jsonl", "no");
        await lake.LandAsync();

        var entry = Assert.Single((await lake.RegisterAsync()).Entries);
        Assert.Equal("t/000000000001/x/ü.jsonl.gz", entry.Path);
        Assert.Equal(1, entry.Rows);
        Assert.Equal(
            File.ReadAllBytes(Path.Combine(lake.Source, "x/ü.jsonl.gz")),
            File.ReadAllBytes(Path.Combine(lake.Folder, "lake/ops/raw/inbox", entry.Path)));
    }

    [Fact]
    public async Task LateFile_SecondBatch_IsAdded()
    {
        using IngestLake lake = new(Json, Typed);
        lake.Put("a.jsonl", "{\"id\":\"a\"}\n");
        await lake.RunAsync();
        lake.Put("b.jsonl", "{\"id\":\"b\"}\n");
        await lake.RunAsync();
        lake.Put("c.jsonl", "{\"id\":\"a\"}\n");
        await lake.RunAsync();

        Assert.Equal(["a, 1", "a, 3", "b, 2"], await lake.RowsAsync("id, _batch"));
    }

    [Fact]
    public async Task RewrittenFile_Replace_OldRowsGo()
    {
        using IngestLake lake = new(Json + ", onRewrite: replace", Typed);
        lake.Put("a.jsonl", "{\"id\":\"a1\"}\n{\"id\":\"a2\"}\n", new(2026, 1, 1, 0, 0, 0, default));
        lake.Put("b.jsonl", "{\"id\":\"b\"}\n");
        await lake.RunAsync();
        lake.Put("a.jsonl", "{\"id\":\"a3\"}\n", new(2026, 1, 2, 0, 0, 0, default));
        await lake.RunAsync();

        Assert.Equal(["a3, 2, a.jsonl", "b, 1, b.jsonl"], await lake.RowsAsync("id, _batch, _source"));

        await lake.EnrichAsync(fullRefresh: true);
        Assert.Equal(["a3, 2, a.jsonl", "b, 1, b.jsonl"], await lake.RowsAsync("id, _batch, _source"));
    }

    [Fact]
    public async Task RewrittenFile_Append_BothStay()
    {
        using IngestLake lake = new(Json + ", onRewrite: append", Typed);
        lake.Put("a.jsonl", "{\"id\":\"a1\"}\n");
        await lake.RunAsync();
        lake.Put("a.jsonl", "{\"id\":\"a1\"}\n{\"id\":\"a2\"}\n");
        await lake.RunAsync();

        Assert.Equal(["a1, 1", "a1, 2", "a2, 2"], await lake.RowsAsync("id, _batch"));
    }

    [Fact]
    public async Task RewrittenFile_Fail_LandsNothing()
    {
        using IngestLake lake = new(Json + ", onRewrite: fail", Typed);
        lake.Put("a.jsonl", "{\"id\":\"a1\"}\n");
        await lake.RunAsync();
        lake.Put("a.jsonl", "{\"id\":\"a2\"}\n{}\n");

        LandfallException failure = await Assert.ThrowsAsync<LandfallException>(lake.LandAsync);
        Assert.Equal("LF4263", failure.Code);
        Assert.Equal(1, (await lake.RegisterAsync()).LastBatch);
    }

    [Fact]
    public async Task TouchedFile_SameContent_IsNotHashedAgain()
    {
        using IngestLake lake = new(Json, Typed);
        lake.Put("a.jsonl", "{\"id\":\"a\"}\n", new(2026, 1, 1, 0, 0, 0, default));
        await lake.RunAsync();
        lake.Put("a.jsonl", "{\"id\":\"a\"}\n", new(2026, 1, 2, 0, 0, 0, default));

        Assert.Equal(StepState.UpToDate, (await lake.LandAsync()).State);
        int tasks = lake.Tasks.Count;
        Assert.Equal(StepState.UpToDate, (await lake.LandAsync()).State);
        Assert.Equal(tasks, lake.Tasks.Count);
        Assert.Equal(StepState.UpToDate, (await lake.EnrichAsync()).State);
        Assert.Equal(["a, 1"], await lake.RowsAsync("id, _batch"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Killed_BeforeAnyCommit_NextRunGivesTheSame(int commits)
    {
        using IngestLake lake = new(Json, Typed);
        lake.Put("a.jsonl", "{\"id\":\"a\"}\nbad\n{\"id\":\"b\"}\n");
        lake.CommitsLeft = commits;
        await Assert.ThrowsAsync<OperationCanceledException>(lake.RunAsync);

        await lake.RunAsync();

        Assert.Equal(["a, 1", "b, 1"], await lake.RowsAsync("id, _batch"));
        Assert.Equal(["1, a.jsonl, 2, malformed, NULL, bad"], await lake.RowsAsync("_batch, _source, _row, rule, "
            + "column_name, raw", "t__quarantine"));
    }

    [Fact]
    public async Task Contract_Changed_IsDerivedAnewFromRaw()
    {
        using IngestLake lake = new(Json, Typed);
        lake.Put("a.jsonl", "{\"id\":\"1\",\"more\":\"x\"}\n");
        await lake.RunAsync();
        lake.Declare(Json, ["name: id, logicalType: integer, physicalType: bigint, required: true",
            "name: more, logicalType: string"]);

        Assert.StartsWith("contract 1.0.0 to 2.0.0: ", (await lake.EnrichAsync()).Reason, StringComparison.Ordinal);
        Assert.Equal(["1, x"], await lake.RowsAsync("id, more"));
        Assert.Equal(StepState.UpToDate, (await lake.EnrichAsync()).State);
    }

    [Fact]
    public async Task Location_Missing_SaysSo()
    {
        using IngestLake lake = new(Json, Typed);
        Directory.Delete(lake.Source);

        Assert.Equal("LF4260", (await Assert.ThrowsAsync<LandfallException>(lake.LandAsync)).Code);
    }
}
