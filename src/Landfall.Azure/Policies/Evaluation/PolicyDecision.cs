using System.Collections.Immutable;
using Landfall.Azure.Policies.Definitions;
using Landfall.Azure.Policies.Language;
using Landfall.Azure.Snapshots;

namespace Landfall.Azure.Policies.Evaluation;

/// <summary>Decides what one policy means for one resource.</summary>
/// <param name="Binding">The policy.</param>
/// <param name="Effect">Its effect on the resource; null where it is not known.</param>
internal sealed record PolicyDecision(PolicyBinding Binding, PolicyEffect? Effect)
{
    /// <summary>What changes a resource comes first.</summary>
    public int Order => Effect is PolicyEffect.Append or PolicyEffect.Modify ? 0 : 1;

    private bool IsEnforced => Binding.Assignment is null or { IsEnforced: true };

    /// <summary>What the policy means.</summary>
    /// <param name="facts">What it knows of the resource.</param>
    /// <param name="isExplained">Whether the trace is wanted for what complies too.</param>
    /// <param name="after">The resource after the policy changed it.</param>
    public PolicyResult Of(ResourceFacts facts, bool isExplained, out SnapshotResource after)
    {
        after = facts.Resource;
        if (Excuse(facts) is { } excuse)
        {
            return Result(facts, PolicyOutcome.NotApplicable, excuse, null);
        }

        PolicyCondition condition = Binding.Definition.If!;
        Truth truth = condition.Evaluate(facts);
        ConditionTrace? trace = isExplained || truth != Truth.False ? condition.Explain(facts) : null;
        if (truth == Truth.False)
        {
            return Result(facts, PolicyOutcome.Compliant, "Its condition does not hold.", trace);
        }

        if (Binding.ExemptionOf(facts.Resource, facts.Now) is { } exemption)
        {
            string end = exemption.Ends is { } ends ? $" until {ends:yyyy-MM-dd}" : "";
            return Result(facts, PolicyOutcome.Exempt, $"The exemption {exemption.Head.Name}{end}.", trace);
        }

        return truth == Truth.Unknown
            ? Result(facts, PolicyOutcome.Unknown, "It is not known whether its condition holds.", trace)
            : Hit(facts, trace, out after);
    }

    /// <summary>Why the policy is not evaluated; null where it is.</summary>
    private string? Excuse(ResourceFacts facts) =>
        Binding.Definition.IsOfData ? $"A service evaluates it on its own data ({Binding.Definition.Mode})."
        : Effect == PolicyEffect.Disabled ? "It is disabled."
        : Binding.Definition.Mode == "indexed" && !facts.Index.IsIndexed(facts.Resource)
            ? "It is for resources with tags and a location only."
        : null;

    private PolicyResult Hit(ResourceFacts facts, ConditionTrace? trace, out SnapshotResource after)
    {
        after = facts.Resource;
        switch (Effect)
        {
            case not null and not PolicyEffect.Deny when !Binding.Definition.Details.IsWhole:
                return Result(facts, PolicyOutcome.Unknown, "What it does could not be read.", trace);
            case null:
                string why = PolicyValueText.Show(Binding.Definition.Effect.Evaluate(facts));
                return Result(facts, PolicyOutcome.Unknown, $"Its effect is {why}.", trace);
            case PolicyEffect.Append or PolicyEffect.Modify:
                return Change(facts, trace, out after);
            case PolicyEffect.AuditIfNotExists or PolicyEffect.DeployIfNotExists:
                return Related(facts);
            case PolicyEffect.Deny when !IsEnforced:
                return Result(facts, PolicyOutcome.Audited, "It is assigned without being enforced.", trace);
            default:
                PolicyOutcome outcome = Effect switch
                {
                    PolicyEffect.Deny => PolicyOutcome.Denied,
                    PolicyEffect.DenyAction => PolicyOutcome.Guarded,
                    PolicyEffect.Manual => PolicyOutcome.Manual,
                    _ => PolicyOutcome.Audited,
                };
                return Result(facts, outcome, Told(outcome), trace);
        }
    }

    private PolicyResult Change(ResourceFacts facts, ConditionTrace? trace, out SnapshotResource after)
    {
        after = facts.Resource;
        ResourceEditor editor = new(facts);
        foreach (FieldOperation operation in Binding.Definition.Details.Operations)
        {
            if (editor.Apply(operation) is { } unknown)
            {
                return Result(facts, PolicyOutcome.Unknown, $"What it changes is not known: {unknown.Why}.", trace);
            }
        }

        ResourceChange? conflict = editor.Changes.FirstOrDefault(c => c.IsConflict);
        if (conflict is not null && IsEnforced)
        {
            return Result(facts, PolicyOutcome.Denied, $"{conflict.Description}.", trace);
        }

        after = IsEnforced ? editor.Resource() : facts.Resource;
        return editor.Changes.Count == 0
            ? Result(facts, PolicyOutcome.Compliant, "It has nothing to change.", trace)
            : Result(
                facts, IsEnforced ? PolicyOutcome.Altered : PolicyOutcome.Audited,
                $"{string.Join("; ", editor.Changes.Select(c => c.Description))}.", trace);
    }

    private PolicyResult Related(ResourceFacts facts)
    {
        if (Binding.Definition.Details.Related is not { } related)
        {
            return Result(facts, PolicyOutcome.Unknown, "It does not say which related resource it is about.", null);
        }

        ConditionTrace search = RelatedSearch.Find(facts, related);
        return search.Result switch
        {
            Truth.True => Result(facts, PolicyOutcome.Compliant, $"There is a {related.Type} as it asks for.", search),
            Truth.Unknown => Result(
                facts, PolicyOutcome.Unknown, $"It is not known whether there is a {related.Type} as it asks for.",
                search),
            _ => Result(
                facts,
                Effect == PolicyEffect.DeployIfNotExists && IsEnforced
                    ? PolicyOutcome.Deploys
                    : PolicyOutcome.Audited,
                $"There is no {related.Type} as it asks for.", search),
        };
    }

    /// <summary>What the assignment says, or the outcome in words.</summary>
    private string Told(PolicyOutcome outcome) => Binding.Assignment?.Messages.GetValueOrDefault(Binding.Reference)
        ?? Binding.Assignment?.Messages.GetValueOrDefault("")
        ?? outcome switch
        {
            PolicyOutcome.Denied => "It refuses the resource.",
            PolicyOutcome.Guarded => "It refuses that the resource is deleted.",
            PolicyOutcome.Manual => "Somebody must say whether it is fulfilled.",
            _ => "It reports the resource.",
        };

    private PolicyResult Result(
        ResourceFacts facts, PolicyOutcome outcome, string message, ConditionTrace? trace) => new(
        facts.Resource.Id, Binding.Assignment?.Head.Name ?? "", Binding.Set?.Head.Name ?? "", Binding.Reference,
        Binding.Definition.Head.DisplayName, Effect, outcome, message, trace);
}
