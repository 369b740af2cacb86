using Landfall.DuckDb;
using Landfall.Engine.Steps;
using Landfall.Estate;
using Landfall.Testing.Ingest;

namespace Landfall.Engine.Tests.Ingest;

public sealed class QuarantineTests
{
    private const string Json = "files: \"*.jsonl\", format: jsonl, mode: append";

    [Theory]
    [InlineData("int", "\"x\"", "type")]
    [InlineData("int", "3000000000", "type")]
    [InlineData("int", "2.5", "precision")]
    [InlineData("bigint", "9223372036854775808", "type")]
    [InlineData("bigint", "true", "type")]
    [InlineData("\"decimal(6,2)\"", "12345.6", "type")]
    [InlineData("\"decimal(6,2)\"", "1.234", "precision")]
    [InlineData("timestamp", "\"2026-02-03T12:00:00.1234567+05:30\"", "precision")]
    [InlineData("\"decimal(6,2)\"", "\"NaN\"", "not-finite")]
    [InlineData("double", "\"NaN\"", "not-finite")]
    [InlineData("double", "\"-Infinity\"", "not-finite")]
    [InlineData("double", "\"1,5\"", "type")]
    [InlineData("boolean", "\"maybe\"", "type")]
    [InlineData("date", "\"2026-02-30\"", "type")]
    [InlineData("date", "\"infinity\"", "range")]
    [InlineData("date", "\"2026-02-03 12:00:00\"", "precision")]
    [InlineData("timestamp", "\"2026-02-03 12:00:00\"", "timestamp-without-offset")]
    [InlineData("timestamp", "\"2026-02-03\"", "timestamp-without-offset")]
    [InlineData("timestamp", "1767225600", "type")]
    public async Task Value_DoesNotCast_IsQuarantinedNeverNull(string type, string value, string rule)
    {
        using IngestLake lake = new(Json, [Column(type)]);
        lake.Put("a.jsonl", $"{{\"v\":null}}\n{{\"v\":{value}}}\n");
        StepOutcome outcome = await lake.RunAsync();

        Assert.Equal(1, outcome.Quarantined);
        Assert.Equal(["NULL"], await lake.RowsAsync("v"));
        Assert.Equal([$"1, a.jsonl, 2, {rule}, v"], await lake.RowsAsync("_batch, _source, _row, rule, column_name",
            "t__quarantine"));
    }

    [Fact]
    public void PlainTryCast_SameValues_WouldGiveNull()
    {
        using DuckDbDatabase database = DuckDbDatabase.Open();
        using DuckDbConnection connection = database.Connect();
        Assert.True(connection.Scalar<bool>("select try_cast('x' as int) is null and try_cast('2026-02-30' as "
            + "date) is null"));
        Assert.Equal(3, connection.Scalar<int>("select try_cast('2.5' as int)"));
    }

    [Theory]
    [InlineData("int", "\" 5 \"", "5")]
    [InlineData("int", "1e3", "1000")]
    [InlineData("bigint", "5.00", "5")]
    [InlineData("bigint", "-9223372036854775807", "-9223372036854775807")]
    [InlineData("\"decimal(38,20)\"", "123456789012345678.12345678901234567890",
        "123456789012345678.12345678901234567890")]
    [InlineData("\"decimal(18,2)\"", "-1234567890123456.78", "-1234567890123456.78")]
    [InlineData("\"decimal(6,2)\"", "1.230", "1.23")]
    [InlineData("double", "1e-7", "1e-07")]
    [InlineData("boolean", "1", "true")]
    [InlineData("string", "1.50", "1.50")]
    [InlineData("string", "{\"a\": [1, 2]}", "{\"a\": [1, 2]}")]
    [InlineData("date", "\"2024-02-29\"", "2024-02-29")]
    [InlineData("timestamp", "\"2026-02-03T12:00:00.123456+05:30\"", "2026-02-03 06:30:00.123456+00")]
    [InlineData("timestamp", "\"1969-12-31T23:59:59.5Z\"", "1969-12-31 23:59:59.5+00")]
    public async Task Value_Casts_NothingIsLost(string type, string value, string expected)
    {
        using IngestLake lake = new(Json, [Column(type)]);
        lake.Put("a.jsonl", $"{{\"v\":{value}}}\n");
        await lake.RunAsync();

        Assert.Empty(await lake.RowsAsync("rule", "t__quarantine"));
        Assert.Equal([expected], await lake.RowsAsync("v"));
    }

    [Fact]
    public async Task Lines_Malformed_AreQuarantinedWithTheirNumbers()
    {
        using IngestLake lake = new(Json, ["name: v, logicalType: string, required: true"], threshold: 1);
        lake.Put("a.jsonl", "\uFEFF{\"v\":\"a\"}\r\n\r\n{\"v\":\"b\"\n{\"v\":1,\"v\":2}\n[1]\n{\"v\":\"c\"} "
            + "x\n{\"v\":null}\n{\"v\":\"\\ud800\"}\n{\"v\":\"z\"}");
        await lake.RunAsync();

        Assert.Equal(["a", "z"], await lake.RowsAsync("v"));
        Assert.Equal(
            ["3, malformed", "4, malformed", "5, malformed", "6, malformed", "7, required", "8, malformed"],
            await lake.RowsAsync("_row, rule", "t__quarantine"));
        Assert.Contains("{\"v\":\"b\"", string.Concat(await lake.RowsAsync("raw",
            "t__quarantine")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ManyRows_OneBadInEach_AllOthersArrive()
    {
        using IngestLake lake = new(Json, ["name: v, logicalType: integer, physicalType: bigint"]);
        for (int file = 0; file < 3; file++)
        {
            lake.Put($"{file}.jsonl", string.Concat(Enumerable.Range(0, 10_000).Select(i => i == 7000 ? "{\n"
                : $"{{\"v\":{i}}}\n")));
        }

        await lake.RunAsync();

        Assert.Equal(["29997, 149964000"], await lake.RowsAsync("count(*), sum(v)"));
        Assert.Equal(["7001", "7001", "7001"], await lake.RowsAsync("_row", "t__quarantine"));
    }

    [Fact]
    public async Task Threshold_Exceeded_BatchBlocksUntilItMayPass()
    {
        string[] typed = ["name: v, logicalType: integer, physicalType: int"];
        using IngestLake lake = new(Json, typed, threshold: 0.1);
        lake.Put("1.jsonl", "{\"v\":1}\n");
        await lake.RunAsync();
        lake.Put("2.jsonl", "{\"v\":2}\n{\"v\":\"x\"}\n");
        await lake.LandAsync();
        lake.Put("3.jsonl", "{\"v\":3}\n");
        await lake.LandAsync();

        Assert.Equal("LF4265", (await Assert.ThrowsAsync<LandfallException>(() => lake.EnrichAsync())).Code);
        Assert.Equal(["1"], await lake.RowsAsync("v"));
        Assert.Equal(["2, 2"], await lake.RowsAsync("_batch, _row", "t__quarantine"));
        int tasks = lake.Tasks.Count;
        Assert.Equal("LF4265", (await Assert.ThrowsAsync<LandfallException>(() => lake.EnrichAsync())).Code);
        Assert.Equal(tasks, lake.Tasks.Count);

        lake.Declare(Json, typed, threshold: 0.5);
        await lake.EnrichAsync();
        Assert.Equal(["1", "2", "3"], await lake.RowsAsync("v"));
        Assert.Equal(["2, 2"], await lake.RowsAsync("_batch, _row", "t__quarantine"));
    }

    [Fact]
    public async Task Threshold_ExceededByNewContentOfASource_KeepsItsOldRows()
    {
        using IngestLake lake = new(Json, ["name: v, logicalType: integer, physicalType: int"], threshold: 0.1);
        lake.Put("1.jsonl", "{\"v\":1}\n");
        await lake.RunAsync();
        lake.Put("1.jsonl", "{\"v\":\"x\"}\n{\"v\":2}\n");

        await lake.LandAsync();
        Assert.Equal("LF4265", (await Assert.ThrowsAsync<LandfallException>(() => lake.EnrichAsync())).Code);

        Assert.Equal(["1"], await lake.RowsAsync("v"));
    }

    [Fact]
    public async Task Threshold_ExceededWhileDerivedAnew_KeepsTheTableAndItsQuarantine()
    {
        string[] loose = ["name: v, logicalType: string"];
        using IngestLake lake = new(Json, loose, threshold: 0.1);
        lake.Put("1.jsonl", "{\"v\":1}\n");
        await lake.RunAsync();
        lake.Put("2.jsonl", "{\"v\":\"x\"}\n");
        await lake.RunAsync();
        lake.Declare(Json, ["name: v, logicalType: integer, physicalType: int"], threshold: 0.1);

        Assert.Equal("LF4265", (await Assert.ThrowsAsync<LandfallException>(() => lake.EnrichAsync())).Code);

        Assert.Equal(1, await lake.VersionAsync());
        Assert.Equal(-1, await lake.VersionAsync("t__quarantine"));
    }

    [Fact]
    public async Task Quarantine_SourceHasNewContent_HoldsRowsOfTheNewContentOnly()
    {
        using IngestLake lake = new(Json, ["name: v, logicalType: integer, physicalType: int"], threshold: 1);
        lake.Put("1.jsonl", "{\"v\":\"x\"}\n{\"v\":1}\n");
        lake.Put("2.jsonl", "{\"v\":\"y\"}\n");
        await lake.RunAsync();
        lake.Put("1.jsonl", "{\"v\":1}\n{\"v\":2}\n{\"v\":\"z\"}\n");
        await lake.RunAsync();

        Assert.Equal(["1.jsonl, 3", "2.jsonl, 1"], await lake.RowsAsync("_source, _row", "t__quarantine"));
        Assert.Equal(["1", "2"], await lake.RowsAsync("v"));
    }

    [Fact]
    public async Task Threshold_ExceededByLaterBatch_EarlierOnesPass()
    {
        using IngestLake lake = new(Json, ["name: v, logicalType: integer, physicalType: int"], threshold: 0.1);
        lake.Put("1.jsonl", "{\"v\":1}\n");
        await lake.LandAsync();
        lake.Put("2.jsonl", "{\"v\":\"x\"}\n");
        await lake.LandAsync();

        Assert.Equal("LF4265", (await Assert.ThrowsAsync<LandfallException>(() => lake.EnrichAsync())).Code);
        Assert.Equal(["1"], await lake.RowsAsync("v"));
    }

    [Fact]
    public async Task RequiredColumn_NowhereInTheBatch_FailsIt()
    {
        using IngestLake lake = new(Json, ["name: v, logicalType: string, required: true"]);
        lake.Put("1.jsonl", "{\"w\":\"1\"}\n");
        LandfallException failure = await Assert.ThrowsAsync<LandfallException>(lake.RunAsync);
        Assert.Equal("LF4264", failure.Code);
        Assert.Contains("v", failure.Message, StringComparison.Ordinal);
    }

    private static string Column(string type)
    {
        string logical = type switch
        {
            "int" or "bigint" => "integer",
            "boolean" or "string" or "date" or "timestamp" => type,
            _ => "number",
        };
        return $"name: v, logicalType: {logical}, physicalType: {type}";
    }
}
