using System.Collections.Immutable;
using Landfall.Azure.Policies.Definitions;
using Landfall.Azure.Snapshots;
using Landfall.Estate.Diagnostics;

namespace Landfall.Azure.Policies.Evaluation;

/// <summary>
/// Evaluates policies of Azure on resources that deployments would make, in the order in which Azure does: what changes
/// a resource first, then what refuses, reports or asks for related ones.
/// </summary>
public sealed class PolicyEvaluator
{
    private readonly ImmutableArray<PolicyBinding> _bindings;
    private readonly DateTimeOffset _now;
    private readonly string? _tenant;

    /// <summary>Takes policies.</summary>
    /// <param name="library">The policies; those with errors are evaluated as far as they could be read.</param>
    /// <param name="now">The time, which decides whether exemptions have ended.</param>
    /// <param name="tenant">Id of the tenant of the subscriptions; null where it is not known.</param>
    public PolicyEvaluator(PolicyLibrary library, DateTimeOffset now, string? tenant = null)
    {
        _tenant = tenant;
        _bindings = PolicyBinder.Of(library);
        _now = now;
    }

    /// <summary>How many policies bind something: a definition counts once for each assignment.</summary>
    public int Policies => _bindings.Length;

    /// <summary>Evaluates all policies on all resources.</summary>
    /// <returns>What is not compliant or not known, and how much was.</returns>
    public PolicyReport Evaluate(IEnumerable<SnapshotResource> resources)
    {
        SnapshotIndex index = new(resources);
        PolicyReportBuilder report = new(_bindings.Length, index.Resources.Length);
        foreach (SnapshotResource resource in index.Resources)
        {
            foreach (PolicyResult result in Evaluate(index, resource, isExplained: false))
            {
                report.Add(result);
            }
        }

        return report.Build();
    }

    /// <summary>Everything that policies mean for one of the resources, with how each condition was decided.</summary>
    public ImmutableArray<PolicyResult> Explain(IEnumerable<SnapshotResource> resources, SnapshotResource resource) =>
        [.. Evaluate(new(resources), resource, isExplained: true)];

    /// <summary>Fields that no resource has, of the definitions of a library.</summary>
    public static ImmutableArray<Diagnostic> CheckFields(PolicyLibrary library) =>
        Aliases.FieldCheck.Of(library.Definitions);

    private IEnumerable<PolicyResult> Evaluate(SnapshotIndex index, SnapshotResource resource, bool isExplained)
    {
        List<PolicyDecision> bound = [];
        foreach (PolicyBinding binding in _bindings.Where(b => b.Binds(resource)))
        {
            bound.Add(new(binding, binding.EffectOn(resource)));
        }

        SnapshotResource current = resource;
        foreach (PolicyDecision decision in bound.OrderBy(v => v.Order))
        {
            ResourceFacts facts = new()
            {
                Resource = current, Binding = decision.Binding, Index = index, Now = _now, Tenant = _tenant,
            };
            PolicyResult result = decision.Of(facts, isExplained, out SnapshotResource after);
            current = after;
            yield return result;
        }
    }
}
