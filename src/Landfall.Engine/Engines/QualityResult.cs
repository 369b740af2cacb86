using Landfall.Estate.Diagnostics;

namespace Landfall.Engine.Engines;

/// <summary>What a quality rule found.</summary>
/// <param name="Rule">The rule's name.</param>
/// <param name="Severity">An error blocks the commit.</param>
/// <param name="Value">The number measured: rows, or a percentage of them.</param>
/// <param name="Expected">What it must be, in words.</param>
/// <param name="Passed">Whether the rule holds.</param>
public sealed record QualityResult(string Rule, Severity Severity, decimal Value, string Expected, bool Passed)
{
    /// <summary>
    /// Why there is no number to compare, as what the rule does: "gives no row"; empty where there is one. Such a rule
    /// does not hold.
    /// </summary>
    public string Problem { get; init; } = "";
}
