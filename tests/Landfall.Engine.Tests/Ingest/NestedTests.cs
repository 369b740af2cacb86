using Landfall.DuckDb;
using Landfall.Sql;
using Landfall.Testing.Ingest;

namespace Landfall.Engine.Tests.Ingest;

/// <summary>Arrays and structs of JSON: what an object lacks is null, what does not fit is quarantined.</summary>
public sealed class NestedTests
{
    private static readonly string[] Leaves =
    [
        "name: v, logicalType: object, properties: [ { name: n, logicalType: integer, physicalType: bigint }, "
            + "{ name: p, logicalType: number, physicalType: \"decimal(9,2)\" }, { name: d, logicalType: date }, "
            + "{ name: t, logicalType: timestamp }, { name: f, logicalType: number, physicalType: double } ]",
    ];

    private static readonly string[] Columns =
    [
        "name: id, logicalType: integer, physicalType: int",
        "name: v, logicalType: object, properties: [ { name: city, logicalType: string }, "
            + "{ name: zip, logicalType: integer, physicalType: int }, { name: more, logicalType: array, items: "
            + "{ logicalType: object, properties: [ { name: a, logicalType: string }, "
            + "{ name: b, logicalType: string } ] } } ]",
    ];

    [Theory]
    [InlineData("{\"city\":\"X\",\"zip\":1,\"more\":[]}", "X, 1, []")]
    [InlineData("{\"city\":\"X\"}", "X, NULL, NULL")]
    [InlineData("{}", "NULL, NULL, NULL")]
    [InlineData("{\"city\":null,\"more\":null}", "NULL, NULL, NULL")]
    [InlineData(
        "{\"zip\":2,\"more\":[{\"a\":\"x\"},null,{}]}",
        "NULL, 2, [{'a': x, 'b': NULL}, NULL, {'a': NULL, 'b': NULL}]")]
    [InlineData("{\"city\":\"ü \\u00fc \\\" \\\\\"}", "ü ü \" \\, NULL, NULL")]
    public async Task Struct_WithMissingKeys_HasNulls(string value, string expected)
    {
        using IngestLake lake = new("files: \"*\", mode: append", Columns, threshold: 1);
        lake.Put("a.jsonl", $"{{\"id\":1,\"v\":{value}}}\n{{\"id\":2}}\n");
        PutParquet(lake, $"select 3 as id, {SqlText.Literal(value)} as v");

        await lake.RunAsync();

        Assert.Equal(
            [$"1, {expected}", "2, NULL, NULL, NULL", $"3, {expected}"],
            await lake.RowsAsync("id, v.city, v.zip, v.more"));
    }

    [Theory]
    [InlineData("{\"zip\":\"no\"}")]
    [InlineData("{\"more\":{}}")]
    [InlineData("[1]")]
    [InlineData("5")]
    public async Task Struct_WithAWrongValue_IsQuarantined(string value)
    {
        using IngestLake lake = new("files: \"*\", mode: append", Columns, threshold: 1);
        lake.Put("a.jsonl", $"{{\"id\":1,\"v\":{value}}}\n");
        PutParquet(lake, $"select 3 as id, {SqlText.Literal(value)} as v");

        await lake.RunAsync();

        Assert.Empty(await lake.RowsAsync("id"));
        Assert.Equal(["1, type, v", "1, type, v"], await lake.RowsAsync("_row, rule, column_name", "t__quarantine"));
    }

    /// <summary>Values inside of objects follow the same rules as those of columns.</summary>
    [Theory]
    [InlineData("\"n\":1.0,\"p\":1.50,\"d\":\"2024-01-02\",\"t\":\"2024-01-02T03:04:05+01:00\",\"f\":1e3", "")]
    [InlineData("\"n\":1e2,\"t\":\"2024-01-02T03:04:05.123456Z\"", "")]
    [InlineData("\"n\":1.5", "precision")]
    [InlineData("\"p\":1.555", "precision")]
    [InlineData("\"n\":\"0x10\"", "type")]
    [InlineData("\"d\":\"24-01-02\"", "type")]
    [InlineData("\"d\":\"epoch\"", "type")]
    [InlineData("\"d\":\"2024-01-02T03:00:00\"", "precision")]
    [InlineData("\"t\":\"2024-01-02T03:04:05\"", "timestamp-without-offset")]
    [InlineData("\"t\":\"2024-01-02T03:04:05+25:00\"", "type")]
    [InlineData("\"t\":\"2024-01-02T03:04:05.1234567Z\"", "precision")]
    [InlineData("\"f\":\"nan\"", "type")]
    public async Task Leaf_InAStruct_FollowsTheRulesOfItsType(string fields, string rule)
    {
        using IngestLake lake = new("files: \"*\", mode: append", Leaves, threshold: 1);
        lake.Put("a.jsonl", $"{{\"v\":{{{fields}}}}}\n");
        PutParquet(lake, $"select {SqlText.Literal("{" + fields + "}")} as v");

        await lake.RunAsync();

        Assert.Equal(rule.Length == 0 ? 2 : 0, (await lake.RowsAsync("v")).Length);
        Assert.Equal(rule.Length == 0 ? [] : [rule, rule], await lake.RowsAsync("rule", "t__quarantine"));
    }

    /// <summary>Columns of a source may have any name, and structs of Parquet any types.</summary>
    [Fact]
    public async Task Struct_OfOtherTypesInParquet_IsConverted()
    {
        using IngestLake lake = new("files: \"*\", mode: append, rename: { v: text }", Leaves, threshold: 1);
        PutParquet(
            lake,
            "select {'n': 1.0, 'p': 1.5, 'more': 'x'} as text, 1 as number, 'x' as rule union all "
            + "select {'n': 1.5, 'p': 1.5, 'more': 'x'}, 1, 'x' union all select null, 1, 'x'");

        await lake.RunAsync();

        Assert.Equal(["1, 1.50, NULL", "NULL, NULL, NULL"], await lake.RowsAsync("v.n, v.p, v.d"));
        Assert.Equal(["2, precision"], await lake.RowsAsync("_row, rule", "t__quarantine"));
    }

    private static void PutParquet(IngestLake lake, string select)
    {
        using DuckDbDatabase database = DuckDbDatabase.Open();
        using DuckDbConnection connection = database.Connect();
        connection.Execute($"copy ({select}) to {SqlText.Literal(Path.Combine(lake.Source, "b.parquet"))}");
    }
}
