namespace Landfall.Azure.Policies.Definitions;

/// <summary>What a policy does with a resource that its condition holds for.</summary>
public enum PolicyEffect
{
    /// <summary>Nothing; it is not evaluated.</summary>
    Disabled,

    /// <summary>Adds fields when the resource is deployed.</summary>
    Append,

    /// <summary>Changes fields or tags when the resource is deployed.</summary>
    Modify,

    /// <summary>Refuses the resource.</summary>
    Deny,

    /// <summary>Reports the resource.</summary>
    Audit,

    /// <summary>Asks for somebody's word.</summary>
    Manual,

    /// <summary>Refuses an action on the resource: that it is deleted.</summary>
    DenyAction,

    /// <summary>Reports an action on the resource.</summary>
    AuditAction,

    /// <summary>Reports the resource where a related one is missing.</summary>
    AuditIfNotExists,

    /// <summary>Deploys a related resource where it is missing.</summary>
    DeployIfNotExists,
}
