using System.Collections.Immutable;
using Landfall.Estate.Contracts;

namespace Landfall.Engine.DuckDb.Tests.Quality;

/// <summary>Which values of a column count as missing and as invalid.</summary>
public sealed class ColumnConditionTests
{
    private const string Double = "double";
    private const string Decimal = "decimal(18,2)";
    private const string Instant = "timestamptz";

    [Fact]
    public void Missing_WithoutAList_IsNullAndEmptyText()
    {
        using QualityBench bench = new("a varchar", "(null)", "('')", "(' ')", "('n/a')");

        Assert.Equal(2, bench.Measure(QualityBench.Rule("missingValues", "a")));
    }

    [Fact]
    public void Missing_WithAList_IsNullAndWhatIsListed()
    {
        using QualityBench bench = new("a varchar", "(null)", "('')", "('n/a')", "('n/a')", "('N/A')", "('n/a ')");
        QualityRule rule = QualityBench.Rule("missingValues", "a");

        Assert.Equal(3, bench.Measure(rule with { MissingValues = ["n/a"] }));
        Assert.Equal(5, bench.Measure(rule with { MissingValues = ["", "n/a", "N/A"] }));
        Assert.Equal(1, bench.Measure(rule with { MissingValues = ["absent"] }));
    }

    [Theory]
    [InlineData("varchar", "'1'", "1", true)]
    [InlineData("varchar", "'1'", "1.0", false)]
    [InlineData("varchar", "'NULL'", "NULL", true)]
    [InlineData("varchar", "'it''s'", "it's", true)]
    [InlineData("varchar", "'a\"b'", "a\"b", true)]
    [InlineData("varchar", "'a\\b'", "a\\b", true)]
    [InlineData("varchar", "'a' || chr(10) || 'b'", "a\nb", true)]
    [InlineData("varchar", "'%'", "_", false)]
    [InlineData("varchar", "'漢😀'", "漢😀", true)]
    [InlineData("varchar", "chr(233)", "e\u0301", false)]
    [InlineData("integer", "1", "1", true)]
    [InlineData("integer", "1", "1.0", true)]
    [InlineData("integer", "1", "+01", true)]
    [InlineData("integer", "2", "1.5", false)]
    [InlineData("integer", "0", "-0", true)]
    [InlineData("integer", "1", "", false)]
    [InlineData("bigint", "9007199254740993", "9007199254740993", true)]
    [InlineData("bigint", "9007199254740993", "9007199254740992", false)]
    [InlineData(Decimal, "1", "1", true)]
    [InlineData(Decimal, "1.5", "1.50", true)]
    [InlineData(Decimal, "1.5", "1.500", true)]
    [InlineData(Decimal, "1.51", "1.505", false)]
    [InlineData("decimal(38,0)", "'99999999999999999999999999999999999999'", "99999999999999999999999999999999999999",
        true)]
    [InlineData(Double, "0.1", "0.1", true)]
    [InlineData(Double, "0.1", "1e-1", true)]
    [InlineData(Double, "-0.0", "0", true)]
    [InlineData(Double, "'nan'", "NaN", true)]
    [InlineData(Double, "'nan'", "0", false)]
    [InlineData(Double, "'-inf'", "-Infinity", true)]
    [InlineData("boolean", "false", "False", true)]
    [InlineData("boolean", "true", "false", false)]
    [InlineData("date", "'9999-12-31'", "9999-12-31", true)]
    [InlineData("date", "'9999-12-30'", "9999-12-31", false)]
    [InlineData(Instant, "'1900-01-01T00:00:00Z'", "1900-01-01", true)]
    [InlineData(Instant, "'1900-01-01T00:00:00Z'", "1900-01-01 00:00:00+00", true)]
    [InlineData(Instant, "'1900-01-01T00:00:00Z'", "1900-01-01T02:00:00+02:00", true)]
    [InlineData(Instant, "'1900-01-01T00:00:00.000001Z'", "1900-01-01T00:00:00.000001", true)]
    [InlineData(Instant, "'1900-01-01T00:00:00.000001Z'", "1900-01-01T00:00:00", false)]
    [InlineData("blob", "'x'", "x", true)]
    public void Listed_InAColumnOfAType_IsComparedAsAValue(string type, string stored, string listed, bool equal)
    {
        using QualityBench bench = new($"a {type}", $"({stored})", "(null)");
        ImmutableArray<string> texts = [listed];

        decimal missing = bench.Measure(QualityBench.Rule("missingValues", "a") with { MissingValues = texts });
        decimal invalid = bench.Measure(QualityBench.Rule("invalidValues", "a") with { ValidValues = texts });

        Assert.Equal(equal ? 2 : 1, missing);
        Assert.Equal(equal ? 0 : 1, invalid);
    }

    [Fact]
    public void Invalid_WithListAndPattern_MustBeInTheListAndMatch()
    {
        using QualityBench bench = new("a varchar", "('kg')", "('lb')", "('KG')", "('g')", "(null)");
        QualityRule rule = QualityBench.Rule("invalidValues", "a");

        Assert.Equal(2, bench.Measure(rule with { ValidValues = ["kg", "KG"] }));
        Assert.Equal(2, bench.Measure(rule with { Pattern = "[a-z]{2}" }));
        Assert.Equal(3, bench.Measure(rule with { ValidValues = ["kg", "KG"], Pattern = "[a-z]{2}" }));
    }

    [Theory]
    [InlineData("kg", 0)]
    [InlineData("k", 1)]
    [InlineData("^kg$", 0)]
    [InlineData("k.", 0)]
    [InlineData("it's|kg", 0)]
    [InlineData("KG", 1)]
    [InlineData("(?i)KG", 0)]
    public void Invalid_Pattern_MatchesTheWholeValue(string pattern, int expected)
    {
        using QualityBench bench = new("a varchar", "('kg')");

        Assert.Equal(expected, bench.Measure(QualityBench.Rule("invalidValues", "a") with { Pattern = pattern }));
    }

    [Fact]
    public void Invalid_Pattern_MatchesTheTextOfOtherTypes()
    {
        using QualityBench bench = new("a integer, b date", "(12, '2026-01-31')", "(123, '2026-02-01')");

        Assert.Equal(1, bench.Measure(QualityBench.Rule("invalidValues", "a") with { Pattern = "[0-9]{2}" }));
        Assert.Equal(1, bench.Measure(QualityBench.Rule("invalidValues", "b") with { Pattern = "2026-01-.*" }));
    }

    [Fact]
    public void Invalid_WithMissingValues_LeavesThemOut()
    {
        using QualityBench bench = new("a varchar", "('kg')", "('n/a')", "('?')", "('')", "(null)");
        QualityRule rule = QualityBench.Rule("invalidValues", "a") with { ValidValues = ["kg"] };

        Assert.Equal(3, bench.Measure(rule));
        Assert.Equal(2, bench.Measure(rule with { MissingValues = ["n/a"] }));
        Assert.Equal(1, bench.Measure(rule with { MissingValues = ["n/a", ""] }));
        Assert.Equal(1, bench.Measure(rule with { ValidValues = [], Pattern = "kg", MissingValues = ["n/a", ""] }));
    }

    [Fact]
    public void Missing_OfAColumnWithAnOddName_IsQuoted()
    {
        using QualityBench bench = new("\"se\"\"lect\" varchar", "('-')", "('x')");

        Assert.Equal(1, bench.Measure(QualityBench.Rule("missingValues", "se\"lect") with { MissingValues = ["-"] }));
    }
}
