using Landfall.Estate.Contracts;
using Landfall.Estate.Diagnostics;

namespace Landfall.Estate.Tests;

/// <summary>
/// Quality rules of contracts: what is read of them, and mistakes, of which each must be the only problem found.
/// </summary>
public sealed class QualityRuleTests
{
    private const string Clicks = "alpha/integrations/events/contract.odcs.yaml";
    private const string Months = "beta/products/report/contract.odcs.yaml";
    private const string Page = "metric: nullValues, mustBeLessThan: 5, unit: percent, severity: warning";
    private const string Rows =
        "name: any_rows, type: library, metric: rowCount, mustBeGreaterThan: 0, severity: error";
    private const string Tags = "{ name: tags, logicalType: array, items: { logicalType: string } }";
    private const string X = "{ name: x, physicalType: double, required: true }";

    [Theory]
    [InlineData("[null, '', N/A, 'n''a', 1, 1.0, true]", "|N/A|n'a|1|1.0|true")]
    [InlineData("[null, Null, NULL, ~, 'null', \"NULL\", '~']", "null|NULL|~")]
    [InlineData("['']", "")]
    public void Read_MissingValues_AreTheTextsBesideNull(string list, string expected)
    {
        QualityRule rule = Read($"metric: missingValues, arguments: {{ missingValues: {list} }}, mustBe: 0");

        Assert.Equal("missingValues", rule.Metric);
        Assert.Equal(expected.Split('|'), rule.MissingValues.AsEnumerable());
    }

    [Fact]
    public void Read_MissingValuesWithoutAList_HasNone()
    {
        QualityRule rule = Read("metric: missingValues, mustBe: 0");

        Assert.Equal("missingValues", rule.Metric);
        Assert.Empty(rule.MissingValues);
    }

    [Theory]
    [InlineData("[null]")]
    [InlineData("[~, NULL]")]
    public void Read_MissingValuesOfNullAlone_CountNull(string list)
    {
        QualityRule rule = Read($"metric: missingValues, arguments: {{ missingValues: {list} }}, mustBe: 0");

        Assert.Equal("nullValues", rule.Metric);
        Assert.Equal("page_missingValues", rule.Name);
        Assert.Empty(rule.MissingValues);
    }

    [Fact]
    public void Read_InvalidValues_HaveListPatternAndMissingValues()
    {
        QualityRule rule = Read("metric: invalidValues, mustBe: 0, "
            + "arguments: { validValues: [a, null], pattern: '[a-z]', missingValues: [null, '-'] }");

        Assert.Equal(["a"], rule.ValidValues.AsEnumerable());
        Assert.Equal("[a-z]", rule.Pattern);
        Assert.Equal(["-"], rule.MissingValues.AsEnumerable());
    }

    [Theory]
    [InlineData("error", Severity.Error)]
    [InlineData("warning", Severity.Warning)]
    [InlineData("info", Severity.Warning)]
    public void Read_Severity_BlocksOrWarns(string text, Severity expected) =>
        Assert.Equal(expected, Read($"metric: nullValues, mustBe: 0, severity: {text}").Severity);

    [Theory]
    [InlineData("", false)]
    [InlineData(", unit: rows", false)]
    [InlineData(", unit: percent", true)]
    [InlineData(", unit: '%'", true)]
    public void Read_Unit_SaysWhetherItIsAShare(string unit, bool percent) =>
        Assert.Equal(percent, Read($"metric: nullValues, mustBe: 0{unit}").Percent);

    [Theory]
    [InlineData("mustBe: 1.5", "mustBe", 1.5, 0)]
    [InlineData("mustNotBe: -1", "mustNotBe", -1, 0)]
    [InlineData("mustBeGreaterThan: 1", "mustBeGreaterThan", 1, 0)]
    [InlineData("mustBeGreaterOrEqualTo: 1", "mustBeGreaterOrEqualTo", 1, 0)]
    [InlineData("mustBeLessThan: 1", "mustBeLessThan", 1, 0)]
    [InlineData("mustBeLessOrEqualTo: 1", "mustBeLessOrEqualTo", 1, 0)]
    [InlineData("mustBeBetween: [-1, 0.5]", "mustBeBetween", -1, 0.5)]
    [InlineData("mustNotBeBetween: [1, 2]", "mustNotBeBetween", 1, 2)]
    public void Read_EveryOperator_HasItsBounds(string text, string name, double value, double upper)
    {
        QualityRule rule = Read($"metric: nullValues, {text}");

        Assert.Equal((name, (decimal)value, (decimal)upper), (rule.Operator, rule.Value, rule.UpperValue));
    }

    [Theory]
    [InlineData("metric: missingValues, arguments: { missingValues: ^^[] }, mustBe: 0",
        "'missingValues' names no value", "null and empty text")]
    [InlineData("metric: missingValues, arguments: { missingValues: ^^n/a }, mustBe: 0", "'missingValues' is a plain",
        "[a, b]", "LF1011")]
    [InlineData("metric: missingValues, arguments: { missingValues: [^^[a]] }, mustBe: 0", "'missingValues' is a list",
        "single value", "LF1011")]
    [InlineData("metric: missingValues, arguments: ^^[n/a], mustBe: 0", "The arguments is a list", "keys", "LF1011")]
    [InlineData("metric: missingValues, arguments: { ^^missing_values: [a] }, mustBe: 0",
        "missingValues has no argument 'missing_values'", "'missingValues'?")]
    [InlineData("metric: missingValues, arguments: { ^^validValues: [a] }, mustBe: 0", "no argument 'validValues'",
        "Known: missingValues, properties.")]
    [InlineData("metric: nullValues, arguments: { ^^missingValues: [a] }, mustBe: 0",
        "nullValues has no argument 'missingValues'", "properties")]
    [InlineData("metric: duplicateValues, arguments: { ^^pattern: a }, mustBe: 0", "no argument 'pattern'",
        "properties")]
    [InlineData("metric: rowCount, arguments: { ^^properties: [page] }, mustBe: 1",
        "rowCount has no argument 'properties'", "Remove it")]
    [InlineData("metric: missingValues, missingValues: ^^[a], mustBe: 0", "'missingValues' stands beside the metric",
        "arguments: { missingValues: … }")]
    [InlineData("metric: invalidValues, arguments: , pattern: ^^'[a-z]', mustBe: 0", "'pattern' stands beside",
        "arguments: { pattern: … }")]
    [InlineData("metric: ^^invalidValues, mustBe: 0", "which values are valid", "validValues")]
    [InlineData("metric: invalidValues, arguments: { validValues: ^^[] }, mustBe: 0", "'validValues' names no value",
        "at least one")]
    [InlineData("metric: invalidValues, arguments: { validValues: ^^[null] }, mustBe: 0",
        "'validValues' names no value", "beside null")]
    [InlineData("metric: invalidValues, arguments: ^^{ pattern: '(a)\\1' }, mustBe: 0", "cannot be used",
        "backreferences")]
    [InlineData("metric: nullValues, arguments: ^^{ properties: [page, click_id] }, mustBe: 0",
        "about one column, and the rule names 2", "each column")]
    [InlineData("metric: nullValues, unit: ^^percentage, mustBe: 0", "'percentage' is not known", "percent")]
    [InlineData("metric: nullValues, unit: percent, mustBeLessThan: ^^101", "'101' is out of range", "0 to 100",
        "LF1015")]
    [InlineData("metric: nullValues, unit: percent, mustBeBetween: [^^-1, 5]", "'-1' is out of range", "0 to 100",
        "LF1015")]
    [InlineData("metric: nullValues, mustBeBetween: ^^[1, 1.0]", "smaller one first", "[0, 10]")]
    [InlineData("metric: nullValues, mustBeBetween: ^^[1, 2, 3]", "two numbers", "[0, 10]")]
    [InlineData("metric: nullValues, mustBe: ^^'0'", "'0' is no value", "without quotes", "LF1014")]
    [InlineData("metric: nullValues, mustBe: ^^.nan", "'.nan' is no value", "a number", "LF1014")]
    [InlineData("metric: nullValues, mustBe: ^^1e3", "'1e3' is no value", "exponent", "LF1014")]
    public void Load_OneMistakeInARule_IsReportedWithPlaceAndFix(
        string rule, string message, string hint, string code = "LF1065")
    {
        using var folder = new EstateFolder();
        folder.Change(Clicks, Page, rule);

        Diagnostic found = Assert.Single(folder.Problems());

        Assert.Equal(code, found.Code);
        Assert.Contains(message, found.Message, StringComparison.Ordinal);
        Assert.EndsWith(".", found.Message, StringComparison.Ordinal);
        Assert.Contains(hint, found.Hint ?? "", StringComparison.Ordinal);
        Assert.Equal(folder.Expected.ToString(), found.Location.ToString());
    }

    [Theory]
    [InlineData("click_id", "missingValues: [0, ^^n/a]", "bigint and cannot have the value 'n/a'", "whole number")]
    [InlineData("click_id", "missingValues: [0, ^^'']", "bigint and cannot have the value ''", "whole number")]
    [InlineData("click_id", "missingValues: [1.0, ^^1.5]", "bigint and cannot have the value '1.5'", "whole number")]
    [InlineData("clicked_at", "missingValues: [1900-01-01, ^^01.01.1900]", "timestamp and cannot", "an instant such")]
    [InlineData("page", "missingValues: [^^\"a\\0b\"]", "string and cannot have", "Write text")]
    [InlineData("tags", "missingValues: [^^'[]']", "array<string> and cannot have the value '[]'", "as sql")]
    public void Load_AValueThatTheColumnCannotHave_IsReported(
        string column, string argument, string message, string hint)
    {
        using var folder = new EstateFolder();
        folder.Change(Clicks, Rows, "metric: missingValues, mustBe: 0, "
            + $"arguments: {{ properties: [{column}], {argument} }}");

        Diagnostic found = Assert.Single(folder.Problems());

        Assert.Equal("LF1065", found.Code);
        Assert.Contains(message, found.Message, StringComparison.Ordinal);
        Assert.Contains(hint, found.Hint, StringComparison.Ordinal);
        Assert.Equal(folder.Expected.ToString(), found.Location.ToString());
    }

    [Theory]
    [InlineData("month", "validValues: [2026-01-01, ^^2026-01]", "date and cannot have the value '2026-01'")]
    [InlineData("clicks", "validValues: [^^9223372036854775808]", "bigint and cannot have")]
    public void Load_AValidValueThatTheColumnCannotHave_IsReported(string column, string argument, string message)
    {
        using var folder = new EstateFolder();
        folder.Change(Months, "name: adds_up, type: sql, query: \"select count(*) from ${table} where clicks < 0\"",
            $"metric: invalidValues, arguments: {{ properties: [{column}], {argument} }}");

        Diagnostic found = Assert.Single(folder.Problems());

        Assert.Contains(message, found.Message, StringComparison.Ordinal);
        Assert.Equal(folder.Expected.ToString(), found.Location.ToString());
    }

    [Fact]
    public void Load_APercentageOfRowCount_IsReported()
    {
        using var folder = new EstateFolder();
        folder.Change(Clicks, Rows, "metric: rowCount, unit: ^^percent, mustBeGreaterThan: 1000");

        Diagnostic found = Assert.Single(folder.Problems());

        Assert.Equal("LF1065", found.Code);
        Assert.Contains("no share", found.Message, StringComparison.Ordinal);
        Assert.Equal(folder.Expected.ToString(), found.Location.ToString());
    }

    [Theory]
    [InlineData(Tags, "{ name: tags, logicalType: array, items: { logicalType: string, "
        + "quality: [^^{ metric: nullValues, mustBe: 0 }] } }")]
    [InlineData(X, "{ name: x, physicalType: double, quality: [^^{ metric: nullValues, mustBe: 0 }] }")]
    public void Load_ARuleOfAFieldInsideAColumn_IsReported(string before, string after)
    {
        using var folder = new EstateFolder();
        folder.Change(Clicks, before, after);

        Diagnostic found = Assert.Single(folder.Problems());

        Assert.Equal("LF1065", found.Code);
        Assert.Contains("inside a column", found.Message, StringComparison.Ordinal);
        Assert.Equal(folder.Expected.ToString(), found.Location.ToString());
    }

    [Fact]
    public void Load_ATextForPeopleInsideAColumn_IsNoProblem()
    {
        using var folder = new EstateFolder();
        folder.Change(Clicks, X, "{ name: x, physicalType: double, quality: [{ type: text, description: Metres. }] }");

        Assert.Empty(folder.Problems());
    }

    [Fact]
    public void Load_AnUnknownUnitOfAnSqlRule_IsNoProblem()
    {
        using var folder = new EstateFolder();
        folder.Change(Months, "mustBe: 0 }", "mustBe: 0, unit: clicks }");

        Assert.Empty(folder.Problems());
    }

    /// <summary>The rule of the column <c>page</c>.</summary>
    private static QualityRule Read(string rule)
    {
        using var folder = new EstateFolder();
        folder.Change(Clicks, Page, rule);
        EstateLoadResult result = folder.Load();
        Assert.Empty(result.Diagnostics);
        return result.Estate!.Zones.Single(z => z.Id == "alpha").Integrations.Single().Contract.Tables[0].Quality
            .Single(q => q.Columns.Contains("page"));
    }
}
