namespace Landfall.Azure.Deployments;

/// <summary>Where deployments of others, which name no place, are thought to be made.</summary>
public sealed record ForeignDefaults
{
    /// <summary>Id of the tenant.</summary>
    public string Tenant { get; init; } = "00000000-0000-0000-0000-000000000001";

    /// <summary>Id of the subscription.</summary>
    public string Subscription { get; init; } = "00000000-0000-0000-0000-000000000002";

    /// <summary>Name of the resource group of templates that want one.</summary>
    public string ResourceGroup { get; init; } = "resource-group";

    /// <summary>Region of the deployment.</summary>
    public string Location { get; init; } = "westeurope";

    /// <summary>Name of the deployment.</summary>
    public string DeploymentName { get; init; } = "main";
}
