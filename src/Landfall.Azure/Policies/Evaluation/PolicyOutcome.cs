namespace Landfall.Azure.Policies.Evaluation;

/// <summary>What a policy means for a resource.</summary>
public enum PolicyOutcome
{
    /// <summary>Its condition does not hold.</summary>
    Compliant,

    /// <summary>It is not evaluated: it is disabled, or not for such a resource.</summary>
    NotApplicable,

    /// <summary>Its condition may hold: a value is known only when deployed, or cannot be evaluated.</summary>
    Unknown,

    /// <summary>An exemption takes it out of force.</summary>
    Exempt,

    /// <summary>It refuses the resource.</summary>
    Denied,

    /// <summary>It reports the resource.</summary>
    Audited,

    /// <summary>It changes the resource when it is deployed.</summary>
    Altered,

    /// <summary>It deploys a related resource that is missing.</summary>
    Deploys,

    /// <summary>It refuses that the resource is deleted.</summary>
    Guarded,

    /// <summary>It asks for somebody's word.</summary>
    Manual,
}
