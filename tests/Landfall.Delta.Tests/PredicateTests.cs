using Landfall.Estate.Types;

namespace Landfall.Delta.Tests;

public sealed class PredicateTests
{
    private const string Statistics = """
        {
          "numRecords":10,
          "minValues":{"n":5,"d":1.25,"s":"b","t":"2026-01-01T00:00:00.000Z","day":"2026-01-05","x":1.0},
          "maxValues":{"n":9,"d":2.50,"s":"d","t":"2026-01-02T00:00:00.999Z","day":"2026-01-09"},
          "nullCount":{"n":0,"d":3,"s":10}
        }
        """;

    private static readonly TableMetadata Metadata = new()
    {
        Id = "t",
        SchemaText = new TableSchema(
        [
            new("n", DataType.BigInt), new("d", DataType.Decimal(18, 2)), new("s", DataType.String),
            new("t", DataType.Timestamp), new("day", DataType.Date), new("x", DataType.Double),
            new("p", DataType.String), new("m", DataType.Int),
        ]).ToJson(),
        PartitionColumns = ["p", "m"],
    };

    private static readonly AddFile File = new()
    {
        Path = "f",
        Size = 1,
        ModificationTime = 1,
        PartitionValues = AddFile.NoPartition.Add("p", "red").Add("m", null),
        Statistics = FileStatistics.Of(Statistics),
    };

    public static TheoryData<string, Comparison, object?, bool> Cases => new()
    {
        { "n", Comparison.Equal, 5, true },
        { "n", Comparison.Equal, 4, false },
        { "n", Comparison.Equal, 10L, false },
        { "n", Comparison.Less, 5, false },
        { "n", Comparison.LessOrEqual, 5, true },
        { "n", Comparison.Greater, 9, false },
        { "n", Comparison.GreaterOrEqual, 9, true },
        { "n", Comparison.IsNull, null, false },
        { "n", Comparison.IsNotNull, null, true },
        { "n", Comparison.Equal, "5", true },
        { "d", Comparison.Equal, 2.51m, false },
        { "d", Comparison.IsNull, null, true },
        { "s", Comparison.Equal, "c", false },
        { "s", Comparison.IsNull, null, true },
        { "s", Comparison.IsNotNull, null, false },
        { "t", Comparison.Greater, At("2026-01-02T00:00:00.9995Z"), true },
        { "t", Comparison.Greater, At("2026-01-02T00:00:01Z"), false },
        { "t", Comparison.Less, At("2026-01-01T00:00:00Z"), false },
        { "day", Comparison.Equal, new DateOnly(2026, 1, 10), false },
        { "day", Comparison.Equal, new DateOnly(2026, 1, 9), true },
        { "x", Comparison.Greater, 1e300, true },
        { "x", Comparison.Less, 0.5, false },
        { "x", Comparison.IsNull, null, true },
        { "p", Comparison.Equal, "red", true },
        { "p", Comparison.Equal, "blue", false },
        { "p", Comparison.IsNull, null, false },
        { "m", Comparison.IsNull, null, true },
        { "m", Comparison.Equal, 1, false },
        { "unknown", Comparison.Equal, 1, true },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void MayMatch_WhatTheLogKnows_SkipsOnlyWhatCannot(
        string column, Comparison comparison, object? literal, bool expected) =>
        Assert.Equal(expected, Predicate.Column(column, comparison, literal).MayMatch(File, Metadata));

    [Theory]
    [MemberData(nameof(Cases))]
    public void MayMatch_WithoutStatistics_KeepsTheFile(
        string column, Comparison comparison, object? literal, bool expected)
    {
        bool known = column is "p" or "m" && !expected;

        Assert.Equal(
            !known, Predicate.Column(column, comparison, literal).MayMatch(File with { Statistics = null }, Metadata));
    }

    [Fact]
    public void MayMatch_Conjunction_NeedsEveryPart()
    {
        Predicate one = Predicate.Column("n", Comparison.GreaterOrEqual, 6);
        Predicate none = Predicate.Column("n", Comparison.Less, 1);

        Assert.True(Predicate.All(one).MayMatch(File, Metadata));
        Assert.True(Predicate.All().MayMatch(File, Metadata));
        Assert.False(Predicate.All(one, none).MayMatch(File, Metadata));
    }

    [Fact]
    public void MayMatch_Strings_CompareByCodePoints()
    {
        // As UTF-16 units the emoji sorts below U+FF61, as every reader sorts it above.
        AddFile file = File with { Statistics =
            FileStatistics.Of("""{"numRecords":1,"minValues":{"s":"a"},"maxValues":{"s":"😀"}}""") };

        Assert.True(Predicate.Column("s", Comparison.Equal, "\uFF61").MayMatch(file, Metadata));
    }

    [Fact]
    public void MayMatch_DecimalWithMoreDigitsThanFit_IsUnknown()
    {
        AddFile file = File with
        {
            Statistics =
                FileStatistics.Of("""{"numRecords":1,"maxValues":{"d":12345678901234567890123456789.0123456789}}"""),
        };

        Assert.True(Predicate.Column("d", Comparison.Greater, decimal.MaxValue).MayMatch(file, Metadata));
    }

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, null);
}
