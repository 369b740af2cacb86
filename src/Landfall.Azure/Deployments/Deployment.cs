namespace Landfall.Azure.Deployments;

/// <summary>One deployment of a folder: a template with the parameters of an environment.</summary>
/// <param name="Name">Its name, unique in the folder; the deployment's name in Azure.</param>
/// <param name="Parameters">The <c>.bicepparam</c> file, relative to the folder, with <c>/</c>.</param>
/// <param name="Subscription">Id of the subscription that it is deployed to.</param>
/// <param name="Location">Region that holds the deployment's record.</param>
public sealed record Deployment(string Name, string Parameters, string Subscription, string Location);
