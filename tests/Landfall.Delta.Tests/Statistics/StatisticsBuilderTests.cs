using System.Collections.Immutable;
using Landfall.Delta.Statistics;
using Landfall.Estate.Types;

namespace Landfall.Delta.Tests.Statistics;

public sealed class StatisticsBuilderTests
{
    public static TheoryData<string, string?, string?, string?, string?> Bounds => new()
    {
        { "bigint", "-9223372036854775808", "9223372036854775807", "-9223372036854775808", "9223372036854775807" },
        { "double", "-1.5", "9.0", "-1.5", "9" },
        { "double", "-inf", "inf", null, null },
        { "double", "nan", "nan", null, null },
        { "decimal(38,10)", "-1234567890123456789012345678.0123456789", "0.5000000000",
            "-1234567890123456789012345678.0123456789", "0.5000000000" },
        { "decimal(38,0)", "1e5", "12x", null, null },
        { "boolean", "0", "1", null, null },
        { "binary", "00", "FF", null, null },
        { "decimal(5,5)", "-0.00100", "0.99999", "-0.00100", "0.99999" },
        { "date", "0001-01-01", "9999-12-31", "\"0001-01-01\"", "\"9999-12-31\"" },
        { "date", "0044-03-15 (BC)", "infinity", null, null },
        { "timestamp", "1969-12-31T23:59:59.9999990+00:00", "2021-01-01T00:00:00.1239990+00:00",
            "\"1969-12-31T23:59:59.999Z\"",
            "\"2021-01-01T00:00:00.123Z\"" },
        { "timestamp", "2021-06-01T02:00:00.0000000+02:00", "2021-06-01T05:30:00.5000000+05:30",
            "\"2021-06-01T00:00:00.000Z\"",
            "\"2021-06-01T00:00:00.500Z\"" },
        { "timestamp", "infinity", "infinity", null, null },
        { "string", "a\"b", "", "\"a\\\"b\"", "\"\"" },
        { "string", null, null, null, null },
    };

    [Theory]
    [MemberData(nameof(Bounds))]
    public void Build_Bounds_AreExactOrLeftOut(
        string type, string? min, string? max, string? expectedMin, string? expectedMax)
    {
        Assert.True(DataType.TryParse(type, out DataType parsed));

        FileStatistics statistics = Build(parsed, new(min, max, 1, HasNan: false));

        Assert.Equal(expectedMin, statistics.Min("c")?.GetRawText());
        Assert.Equal(expectedMax, statistics.Max("c")?.GetRawText());
        Assert.Equal(1, statistics.NullCount("c"));
    }

    [Fact]
    public void Build_ColumnWithNan_HasNoUpperBound()
    {
        FileStatistics statistics = Build(DataType.Double, new("1.0", "2.0", 0, HasNan: true));

        Assert.Equal("1", statistics.Min("c")?.GetRawText());
        Assert.Null(statistics.Max("c"));
    }

    [Fact]
    public void Build_NestedColumns_FollowTheSchema()
    {
        TableSchema schema = new(
        [
            new("s",
                DataType.Struct([new("a.b", DataType.Int), new("t", DataType.Struct([new("x", DataType.String)]))])),
            new("l", DataType.Array(DataType.Int)),
            new("q\"q", DataType.Int),
        ]);

        var facts = new Dictionary<string, ColumnFacts>
        {
            ["s/a.b"] = new("1", "2", 1, false),
            ["s/t/x"] = new("u", "v", 2, false),
            ["l"] = new("1", "9", 5, false),
            ["q\"q"] = new("4", "5", 0, false),
        };
        FileStatistics statistics = StatisticsBuilder.Build(
            3, schema, (names, _) => facts.GetValueOrDefault(string.Join('/', names)));

        Assert.Equal(
            """{"numRecords":3,"minValues":{"s":{"a.b":1,"t":{"x":"u"}},"q\"q":4},"maxValues":{"s":{"a.b":2"""
            + ""","t":{"x":"v"}},"q\"q":5},"nullCount":{"s":{"a.b":1,"t":{"x":2}},"q\"q":0}}""",
            statistics.Json);
    }

    [Fact]
    public void Build_MoreThan32Columns_IndexesTheFirst32()
    {
        ImmutableArray<SchemaField> fields =
            [.. Enumerable.Range(0, 40).Select(i => new SchemaField("c" + i, DataType.Int))];

        FileStatistics statistics = StatisticsBuilder.Build(1, new(fields), (_, _) => new("1", "2", 0, false));

        Assert.Equal(0, statistics.NullCount("c31"));
        Assert.Null(statistics.NullCount("c32"));
    }

    public static TheoryData<string, string?> Maxima => new()
    {
        { new string('a', 32), new string('a', 32) },
        { new string('a', 33), new string('a', 32) + "\u007F" },
        { new string('a', 32) + "\u007Fz", new string('a', 32) + "\U0010FFFF" },
        { new string('a', 32) + "\u00E9", new string('a', 32) + "\U0010FFFF" },
        { new string('a', 31) + "\U0001F600x", new string('a', 31) + "\U0010FFFF" },
        { new string('a', 32) + "\U0010FFFFb", new string('a', 32) + "\U0010FFFF\u007F" },
        { new string('a', 32) + string.Concat(Enumerable.Repeat("\U0010FFFF", 40)), null },
    };

    [Theory]
    [MemberData(nameof(Maxima))]
    public void TruncateMax_LongText_SortsAfterTheWhole(string text, string? expected)
    {
        string? bound = StatisticsBuilder.TruncateMax(text);

        Assert.Equal(expected, bound);
        Assert.True(bound is null || CodePoints(bound).CompareTo(CodePoints(text)) >= 0);
    }

    [Theory]
    [InlineData("short", "short")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaabc", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\U0001F600", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public void TruncateMin_LongText_NeverSplitsAPair(string text, string expected) =>
        Assert.Equal(expected, StatisticsBuilder.TruncateMin(text));

    /// <summary>Text whose ordinal order is that of code points.</summary>
    private static string CodePoints(string text) =>
        string.Concat(text.EnumerateRunes().Select(r => r.Value.ToString("X8")));

    private static FileStatistics Build(DataType type, ColumnFacts facts) => StatisticsBuilder.Build(
        5, new([new("c", type)]), (names, of) => names is ["c"] && of == type ? facts : null);
}
