using System.Globalization;
using Landfall.Engine.Engines;
using Landfall.Estate.Contracts;

namespace Landfall.Engine.Quality;

/// <summary>Holds what an engine measured against what a quality rule asks for.</summary>
public static class RuleComparison
{
    /// <summary>What a rule found.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="measured">The number; 0 where there is none.</param>
    /// <param name="problem">Why there is none, as what the rule does; null where there is one.</param>
    public static QualityResult ResultOf(QualityRule rule, decimal measured, string? problem)
    {
        (bool passed, string expected) = Compare(rule, measured);
        return new(rule.Name, rule.Severity, measured, expected, passed && problem is null)
        {
            Problem = problem ?? "",
        };
    }

    private static (bool Passed, string Expected) Compare(QualityRule rule, decimal value)
    {
        string unit = rule.Percent ? " %" : "";
        string bound = rule.Value.ToString(CultureInfo.InvariantCulture) + unit;
        string range = $"between {bound} and {rule.UpperValue.ToString(CultureInfo.InvariantCulture)}{unit}";
        bool between = value >= rule.Value && value <= rule.UpperValue;
        return rule.Operator switch
        {
            "mustBe" => (value == rule.Value, bound),
            "mustNotBe" => (value != rule.Value, "other than " + bound),
            "mustBeGreaterThan" => (value > rule.Value, "more than " + bound),
            "mustBeGreaterOrEqualTo" => (value >= rule.Value, "at least " + bound),
            "mustBeLessThan" => (value < rule.Value, "less than " + bound),
            "mustBeLessOrEqualTo" => (value <= rule.Value, "at most " + bound),
            "mustBeBetween" => (between, range),
            "mustNotBeBetween" => (!between, "not " + range),
            _ => throw new ArgumentException($"Unknown operator {rule.Operator}.", nameof(rule)),
        };
    }
}
