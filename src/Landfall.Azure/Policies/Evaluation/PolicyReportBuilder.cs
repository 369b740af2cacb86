using System.Collections.Immutable;

namespace Landfall.Azure.Policies.Evaluation;

/// <summary>Counts results and keeps those that somebody must see.</summary>
/// <param name="policies">How many policies are evaluated.</param>
/// <param name="resources">On how many resources.</param>
internal sealed class PolicyReportBuilder(int policies, int resources)
{
    private readonly Dictionary<PolicyOutcome, int> _counts = [];
    private readonly List<PolicyResult> _results = [];

    /// <summary>Takes a result.</summary>
    public void Add(PolicyResult result)
    {
        _counts[result.Outcome] = _counts.GetValueOrDefault(result.Outcome) + 1;
        if (result.Outcome is not (PolicyOutcome.Compliant or PolicyOutcome.NotApplicable))
        {
            _results.Add(result);
        }
    }

    /// <summary>The report.</summary>
    public PolicyReport Build() => new(
        policies, resources, _counts.ToImmutableDictionary(),
        [
            .. _results.OrderBy(r => r.Resource, StringComparer.OrdinalIgnoreCase)
                .ThenBy(r => r.Policy, StringComparer.OrdinalIgnoreCase),
        ]);
}
