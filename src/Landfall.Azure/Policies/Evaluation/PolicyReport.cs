using System.Collections.Immutable;

namespace Landfall.Azure.Policies.Evaluation;

/// <summary>What policies mean for the resources of deployments. Immutable.</summary>
/// <param name="Policies">How many policies were evaluated.</param>
/// <param name="Resources">On how many resources.</param>
/// <param name="Counts">How many results there are of each outcome, those that comply too.</param>
/// <param name="Results">Those that do not comply or are not known, in order of resource and policy.</param>
public sealed record PolicyReport(
    int Policies, int Resources, ImmutableDictionary<PolicyOutcome, int> Counts, ImmutableArray<PolicyResult> Results)
{
    /// <summary>How many results there are of an outcome.</summary>
    public int Count(PolicyOutcome outcome) => Counts.GetValueOrDefault(outcome);

    /// <summary>The results of an outcome.</summary>
    public IEnumerable<PolicyResult> Of(PolicyOutcome outcome) => Results.Where(r => r.Outcome == outcome);
}
