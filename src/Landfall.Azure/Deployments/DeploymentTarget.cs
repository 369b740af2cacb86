namespace Landfall.Azure.Deployments;

/// <summary>A deployment with all that is needed to evaluate it.</summary>
/// <param name="Name">What it is called in messages; unique in its environment.</param>
/// <param name="DeploymentName">The deployment's name in Azure.</param>
/// <param name="Parameters">The <c>.bicepparam</c> file, relative to the folder, with <c>/</c>.</param>
/// <param name="Tenant">Id of the tenant.</param>
/// <param name="Subscription">Id of the subscription that it is deployed to.</param>
/// <param name="ResourceGroup">Group that it is deployed to where its template says so.</param>
/// <param name="Location">Region that holds the deployment's record.</param>
public sealed record DeploymentTarget(
    string Name,
    string DeploymentName,
    string Parameters,
    string Tenant,
    string Subscription,
    string ResourceGroup,
    string Location);
