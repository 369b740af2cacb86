using System.Globalization;
using Landfall.Engine.Quality;
using Landfall.Engine.Engines;
using Landfall.Estate.Contracts;
using Landfall.Estate.Diagnostics;

namespace Landfall.Engine.DuckDb.Tests.Quality;

/// <summary>Every metric with every operator, as rows and as a share of them, in every severity.</summary>
public sealed class QualityCheckerTests
{
    // Eight rows: two nulls, one empty text, one 'n/a', two of one word.
    private static readonly string[] _rows =
        ["(1, null)", "(1, null)", "(2, '')", "(3, 'n/a')", "(4, 'kg')", "(5, 'kg')", "(6, 'lb')", "(null, 'KG')"];

    // What each metric counts in them, found by eye.
    private static readonly Dictionary<string, (QualityRule Rule, decimal Count)> _metrics = new()
    {
        ["nullValues"] = (QualityBench.Rule("nullValues", "b"), 2),
        ["missingValues"] = (QualityBench.Rule("missingValues", "b"), 3),
        ["missingValues, listed"] =
            (QualityBench.Rule("missingValues", "b") with { MissingValues = ["n/a", "kg"] }, 5),
        ["invalidValues, listed"] = (QualityBench.Rule("invalidValues", "b") with { ValidValues = ["kg", "lb"] }, 3),
        ["invalidValues, pattern"] = (QualityBench.Rule("invalidValues", "b") with { Pattern = "[a-z]+" }, 3),
        ["duplicateValues"] = (QualityBench.Rule("duplicateValues", "b"), 2),
        ["duplicateValues, two columns"] = (QualityBench.Rule("duplicateValues", "a", "b"), 1),
        ["rowCount"] = (QualityBench.Rule("rowCount"), 8),
        ["sql"] = (QualityBench.Sql("select count(*) from ${table} where a > 2"), 4),
    };

    private static readonly string[] _operators =
    [
        "mustBe", "mustNotBe", "mustBeGreaterThan", "mustBeGreaterOrEqualTo", "mustBeLessThan", "mustBeLessOrEqualTo",
        "mustBeBetween", "mustNotBeBetween",
    ];

    public static TheoryData<string, bool, Severity> Cases
    {
        get
        {
            TheoryData<string, bool, Severity> cases = [];
            foreach (string metric in _metrics.Keys)
            {
                foreach (Severity severity in (Severity[])[Severity.Error, Severity.Warning])
                {
                    cases.Add(metric, false, severity);
                    if (metric is not ("rowCount" or "sql"))
                    {
                        cases.Add(metric, true, severity);
                    }
                }
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Check_EveryOperatorAroundTheNumber_HoldsAsItsNameSays(string metric, bool percent, Severity severity)
    {
        using QualityBench bench = new("a integer, b varchar", _rows);
        (QualityRule rule, decimal count) = _metrics[metric];
        decimal number = percent ? 100 * count / _rows.Length : count;
        rule = rule with { Percent = percent, Severity = severity };

        List<string> wrong = [.. Differences(bench, rule, number, Expected)];

        Assert.Empty(wrong);
    }

    [Fact]
    public void Check_EveryOperatorAroundTheNumber_NegativeControl_FindsOneThatDiffers()
    {
        using QualityBench bench = new("a integer, b varchar", _rows);

        string[] wrong = [.. Differences(bench, _metrics["rowCount"].Rule, 8, (o, n, low, high) =>
            Expected(o == "mustBeLessThan" ? "mustBeLessOrEqualTo" : o, n, low, high))];

        Assert.Equal(["mustBeLessThan 8 (8): it does not hold"], wrong);
    }

    [Theory]
    [InlineData("mustBe", 3, 0, false, "rule is 2 and must be 3")]
    [InlineData("mustNotBe", 2, 0, false, "rule is 2 and must be other than 2")]
    [InlineData("mustBeGreaterThan", 2, 0, false, "rule is 2 and must be more than 2")]
    [InlineData("mustBeGreaterOrEqualTo", 2.5, 0, false, "rule is 2 and must be at least 2.5")]
    [InlineData("mustBeLessThan", 2, 0, false, "rule is 2 and must be less than 2")]
    [InlineData("mustBeLessOrEqualTo", 1, 0, false, "rule is 2 and must be at most 1")]
    [InlineData("mustBeBetween", 3, 4, false, "rule is 2 and must be between 3 and 4")]
    [InlineData("mustNotBeBetween", 1, 2, false, "rule is 2 and must be not between 1 and 2")]
    [InlineData("mustBe", 0, 0, true, "rule is 25 and must be 0 %")]
    [InlineData("mustBeBetween", 1, 2, true, "rule is 25 and must be between 1 % and 2 %")]
    public void Check_ABrokenRule_SaysWhatItIsAndMustBe(
        string name, double value, double upper, bool percent, string expected)
    {
        using QualityBench bench = new("a integer, b varchar", _rows);
        QualityRule rule = QualityBench.Rule("nullValues", "b") with
        {
            Operator = name, Value = (decimal)value, UpperValue = (decimal)upper, Percent = percent,
        };

        QualityResult[] results = [bench.Check(rule), bench.Check(rule with { Severity = Severity.Warning })];

        Assert.Equal(expected, QualityReport.Blocking(results));
        Assert.Equal([expected], QualityReport.Warnings(results));
    }

    [Fact]
    public void Check_SeveralBrokenRules_AreAllNamedInOrder()
    {
        using QualityBench bench = new("a integer, b varchar", _rows);

        QualityResult[] results =
        [
            bench.Check(QualityBench.Rule("nullValues", "b") with { Name = "one" }),
            bench.Check(QualityBench.Rule("nullValues", "a") with { Name = "holds", Value = 1 }),
            bench.Check(QualityBench.Rule("rowCount") with { Name = "two" }),
        ];

        Assert.Equal("one is 2 and must be 0; two is 8 and must be 0", QualityReport.Blocking(results));
    }

    [Theory]
    [InlineData("nullValues")]
    [InlineData("missingValues")]
    [InlineData("missingValues, listed")]
    [InlineData("invalidValues, listed")]
    [InlineData("invalidValues, pattern")]
    [InlineData("duplicateValues")]
    [InlineData("duplicateValues, two columns")]
    [InlineData("rowCount")]
    [InlineData("sql")]
    public void Check_OfAnEmptyTable_IsZeroAndZeroPercent(string metric)
    {
        using QualityBench bench = new("a integer, b varchar");
        QualityRule rule = _metrics[metric].Rule;

        Assert.Equal(0, bench.Measure(rule));
        Assert.Equal(0, bench.Measure(rule with { Percent = true }));
        Assert.False(bench.Check(rule with { Operator = "mustBeGreaterThan", Percent = true }).Passed);
    }

    [Theory]
    [InlineData(1, 3, "33.33", "33.34")]
    [InlineData(1, 1000, "0.0999", "0.1001")]
    [InlineData(29, 100, "28.999", "29.001")]
    public void Check_AShare_IsExactEnoughToCompare(int nulls, int rows, string low, string high)
    {
        using QualityBench bench = new(
            "a integer", [.. Enumerable.Range(0, rows).Select(i => i < nulls ? "(null)" : $"({i})")]);
        QualityRule rule = QualityBench.Rule("nullValues", "a") with
        {
            Percent = true, Operator = "mustBeBetween", Value = decimal.Parse(low, CultureInfo.InvariantCulture),
            UpperValue = decimal.Parse(high, CultureInfo.InvariantCulture),
        };

        Assert.True(bench.Check(rule).Passed);
        if (100 * nulls % rows == 0 || rows == 1000)
        {
            Assert.True(bench.Check(rule with { Operator = "mustBe", Value = 100m * nulls / rows }).Passed);
        }
    }

    [Fact]
    public void Check_DuplicateValues_CountTheRowsBeyondTheFirstOfEachValueAndNullIsAValue()
    {
        using QualityBench bench = new(
            "a integer, b double",
            "(1, 'nan')", "(1, 'nan')", "(1, 0)", "(null, '-0')", "(null, null)", "(null, null)");

        Assert.Equal(4, bench.Measure(QualityBench.Rule("duplicateValues", "a")));
        Assert.Equal(3, bench.Measure(QualityBench.Rule("duplicateValues", "b")));
        Assert.Equal(2, bench.Measure(QualityBench.Rule("duplicateValues", "a", "b")));
    }

    /// <summary>What each operator says of a number, a bound and an upper bound.</summary>
    private static bool Expected(string name, decimal number, decimal low, decimal high) => name switch
    {
        "mustBe" => number == low,
        "mustNotBe" => number != low,
        "mustBeGreaterThan" => number > low,
        "mustBeGreaterOrEqualTo" => number >= low,
        "mustBeLessThan" => number < low,
        "mustBeLessOrEqualTo" => number <= low,
        "mustBeBetween" => low <= number && number <= high,
        _ => number < low || high < number,
    };

    /// <summary>Holds a rule against what its operator says, with bounds below, at and above the number.</summary>
    private static IEnumerable<string> Differences(
        QualityBench bench, QualityRule rule, decimal number, Func<string, decimal, decimal, decimal, bool> expected)
    {
        decimal[] steps = [-2, -0.5m, 0, 0.5m, 2];
        foreach (string name in _operators)
        {
            decimal[] upper = name.EndsWith("Between", StringComparison.Ordinal) ? [0.25m, 0.5m, 2, 4] : [0];
            foreach ((decimal low, decimal width) in steps.SelectMany(s => upper.Select(u => (number + s, u))))
            {
                QualityRule tried = rule with { Operator = name, Value = low, UpperValue = low + width };
                QualityResult result = bench.Check(tried);
                bool holds = QualityReport.Blocking([result]) is null && !QualityReport.Warnings([result]).Any();
                bool blocks = QualityReport.Blocking([result]) is not null;
                string what = string.Create(CultureInfo.InvariantCulture, $"{name} {low} ({result.Value})");
                if (result.Passed != expected(name, number, low, low + width) || holds != result.Passed)
                {
                    yield return $"{what}: it {(result.Passed ? "holds" : "does not hold")}";
                }
                else if (blocks != (!result.Passed && rule.Severity == Severity.Error))
                {
                    yield return $"{what}: it {(blocks ? "blocks" : "does not block")}";
                }
            }
        }
    }
}
