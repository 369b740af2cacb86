namespace Landfall.Azure.Compiler;

/// <summary>Where a deployment is thought to be made while it is evaluated.</summary>
/// <param name="TenantId">Id of the tenant.</param>
/// <param name="SubscriptionId">Id of the subscription.</param>
/// <param name="ResourceGroup">Name of the resource group; null where the template's scope is a subscription.</param>
/// <param name="Location">Region of the deployment.</param>
/// <param name="DeploymentName">Name of the deployment.</param>
public sealed record SnapshotMetadata(
    string TenantId, string SubscriptionId, string? ResourceGroup, string Location, string DeploymentName);
