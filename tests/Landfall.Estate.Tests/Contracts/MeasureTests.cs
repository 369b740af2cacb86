using Landfall.Estate.Contracts;
using Landfall.Estate.Diagnostics;

namespace Landfall.Estate.Tests.Contracts;

/// <summary>Measures of contracts: what is read of them, and mistakes, each the only problem found.</summary>
public sealed class MeasureTests
{
    private const string Contract = "alpha/integrations/events/contract.odcs.yaml";
    private const string Before = "description: One click.\n";

    [Fact]
    public void Read_AnAggregate_HasAllThatIsSaid()
    {
        ContractMeasure measure = Assert.Single(Read(
            "{ name: 'Clicks of \"x\"', aggregate: count, column: page, where: { page: x, clicked_on: 2026-01-31 }, "
            + "format: '#,0', description: What was clicked. }"));

        Assert.Equal("Clicks of \"x\"", measure.Name);
        Assert.Equal(MeasureAggregate.Count, measure.Aggregate);
        Assert.Equal("page", measure.Column);
        Assert.Equal([new("page", "x"), new("clicked_on", "2026-01-31")], measure.Where.AsEnumerable());
        Assert.Equal("#,0", measure.Format);
        Assert.Equal("What was clicked.", measure.Description);
        Assert.Empty(measure.Divide);
    }

    [Theory]
    [InlineData("sum", MeasureAggregate.Sum)]
    [InlineData("min", MeasureAggregate.Min)]
    [InlineData("max", MeasureAggregate.Max)]
    [InlineData("average", MeasureAggregate.Average)]
    [InlineData("count", MeasureAggregate.Count)]
    [InlineData("countDistinct", MeasureAggregate.CountDistinct)]
    public void Read_AnAggregateOfNumbers_IsTaken(string word, MeasureAggregate aggregate) => Assert.Equal(
        aggregate, Assert.Single(Read($"{{ name: M, aggregate: {word}, column: click_id }}")).Aggregate);

    [Fact]
    public void Read_ACountWithoutColumn_IsOfRows() =>
        Assert.Equal("", Assert.Single(Read("{ name: Clicks, aggregate: count }")).Column);

    /// <summary>A quotient may stand before what it divides.</summary>
    [Fact]
    public void Read_AQuotient_HasTwoMeasures() => Assert.Equal(
        ["Pages", "Clicks"],
        Read("{ name: Q, divide: [Pages, Clicks] }", "{ name: Clicks, aggregate: count }",
            "{ name: Pages, aggregate: countDistinct, column: page }")[0].Divide.AsEnumerable());

    [Fact]
    public void Read_OtherCustomProperties_AreKept()
    {
        using EstateFolder folder = new();
        folder.Change(
            Contract, Before, Before + "    customProperties: [{ property: other, value: { measures: 1 } }]\n");

        Assert.Empty(folder.Problems());
    }

    [Theory]
    [InlineData("{ name: M, aggregate: ^^total, column: click_id }", "LF1016", "'total'")]
    [InlineData("^^{ name: M, column: click_id }", "LF1013", "'aggregate'")]
    [InlineData("^^{ name: M, aggregate: sum }", "LF1013", "'column'")]
    [InlineData("{ name: M, aggregate: sum, column: ^^click }", "LF1082", "no column 'click'")]
    [InlineData("{ name: M, aggregate: ^^sum, column: page }", "LF1081", "'page' is string")]
    [InlineData("{ name: M, aggregate: ^^max, column: page }", "LF1081", "'page' is string")]
    [InlineData("{ name: M, aggregate: ^^average, column: clicked_at }", "LF1081", "'clicked_at' is timestamp")]
    [InlineData("{ name: M, aggregate: ^^count, column: tags }", "LF1081", "'tags' is array")]
    [InlineData("{ name: M, aggregate: count, where: { ^^pages: x } }", "LF1082", "no column 'pages'")]
    [InlineData("{ name: M, aggregate: count, where: { click_id: ^^x } }", "LF1081", "'x' is no value")]
    [InlineData("{ name: M, aggregate: count, where: { clicked_at: ^^2026-01-31 } }", "LF1081", "'clicked_at'")]
    [InlineData("{ name: M, aggregate: count, where: ^^[page] }", "LF1011", "a list")]
    [InlineData("{ name: M, aggregate: count, ^^colour: red }", "LF1012", "'colour'")]
    [InlineData("{ name: ^^' M', aggregate: count }", "LF1081", "blanks at an end")]
    [InlineData("{ name: ^^\"a\\nb\", aggregate: count }", "LF1081", "control characters")]
    [InlineData("{ name: ^^PAGE, aggregate: count }", "LF1022", "a column of the table")]
    [InlineData("{ name: M, aggregate: count }, { name: ^^m, aggregate: count }", "LF1022", "a measure of")]
    [InlineData("{ name: M, aggregate: count }, { name: Q, divide: ^^[M] }", "LF1081", "of two measures")]
    [InlineData("{ name: M, aggregate: count }, { name: Q, divide: [M, ^^N] }", "LF1082", "no measure 'N'")]
    [InlineData("{ name: Q, divide: [^^Q, M] }, { name: M, aggregate: count }", "LF1081", "itself a quotient")]
    [InlineData("{ name: M, aggregate: count }, { name: N, aggregate: count }, "
        + "{ name: Q, divide: [M, N], column: ^^page }", "LF1048", "'column'")]
    public void Load_AMistake_IsReported(string measures, string code, string message)
    {
        using EstateFolder folder = new();
        folder.Change(Contract, Before, Text(measures));

        Diagnostic found = Assert.Single(folder.Problems());
        Assert.Equal(code, found.Code);
        Assert.Contains(message, found.Message, StringComparison.Ordinal);
        Assert.Equal(folder.Expected, found.Location);
    }

    [Theory]
    [InlineData(100, true)]
    [InlineData(101, false)]
    public void Load_ANameOfALength_IsTakenUpToOneHundred(int length, bool isTaken)
    {
        using EstateFolder folder = new();
        folder.Change(Contract, Before, Text($"{{ name: {new string('m', length)}, aggregate: count }}"));

        Assert.Equal(isTaken, folder.Problems().IsEmpty);
    }

    [Fact]
    public void Fingerprint_OfATableWithMeasures_IsTheSame()
    {
        using EstateFolder folder = new();
        ContractTable without = Table(folder.Load());
        folder.Change(Contract, Before, Text("{ name: M, aggregate: count }"));
        ContractTable with = Table(folder.Load());

        Assert.NotEmpty(with.Measures);
        Assert.Equal(without.Fingerprint(), with.Fingerprint());
        Assert.Empty(ContractChange.Compare(without, with));
    }

    private static ContractMeasure[] Read(params string[] measures)
    {
        using EstateFolder folder = new();
        folder.Change(
            Contract, "- { name: clicked_at, logicalType: timestamp, required: true }",
            "- { name: clicked_at, logicalType: timestamp, required: true }\n"
            + "      - { name: clicked_on, logicalType: date }");
        folder.Change(Contract, Before, Text(string.Join(", ", measures)));
        EstateLoadResult result = folder.Load();
        Assert.Empty(result.Diagnostics);
        return [.. Table(result).Measures];
    }

    private static string Text(string measures) =>
        Before + $"    customProperties: [{{ property: measures, value: [{measures}] }}]\n";

    private static ContractTable Table(EstateLoadResult result) => result.Estate!.Zones
        .SelectMany(z => z.Integrations).Single(i => i.Id == "events").Contract.Tables.Single();
}
