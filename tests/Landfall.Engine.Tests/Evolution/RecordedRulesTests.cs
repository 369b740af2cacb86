using System.Collections.Immutable;
using System.Text.Json;
using Landfall.Engine.Engines;
using Landfall.Estate.Contracts;
using Landfall.Estate.Diagnostics;

namespace Landfall.Engine.Tests.Evolution;

/// <summary>Quality rules as tables record them, which older and newer versions must read.</summary>
public sealed class RecordedRulesTests
{
    private const string Recorded = """
        [{"name":"known","metric":"invalidValues","columns":["kind"],"query":"","validValues":["a","b"],
        "pattern":"[ab]","missingValues":["","n/a"],"operator":"mustBeBetween","value":0.5,"upperValue":2,
        "percent":true,"severity":1}]
        """;

    private static readonly QualityRule _rule = new()
    {
        Name = "known",
        Metric = "invalidValues",
        Columns = ["kind"],
        Query = "",
        ValidValues = ["a", "b"],
        Pattern = "[ab]",
        MissingValues = ["", "n/a"],
        Operator = "mustBeBetween",
        Value = 0.5m,
        UpperValue = 2,
        Percent = true,
        Severity = Severity.Error,
    };

    [Fact]
    public void Rule_AsJson_HasTheRecordedShape() => Assert.Equal(
        Recorded.ReplaceLineEndings(""),
        JsonSerializer.Serialize([_rule], EngineJson.Default.ImmutableArrayQualityRule));

    [Fact]
    public void Rule_FromRecordedJson_IsTheRule() => Assert.Equal(
        [_rule],
        JsonSerializer.Deserialize(Recorded, EngineJson.Default.ImmutableArrayQualityRule).AsEnumerable());

    [Fact]
    public void Rule_RecordedWithoutMissingValues_HasNone()
    {
        ImmutableArray<QualityRule> rules = JsonSerializer.Deserialize(
            Recorded.Replace("\"missingValues\":[\"\",\"n/a\"],", "", StringComparison.Ordinal),
            EngineJson.Default.ImmutableArrayQualityRule);

        Assert.Equal(_rule with { MissingValues = [] }, Assert.Single(rules));
    }
}
