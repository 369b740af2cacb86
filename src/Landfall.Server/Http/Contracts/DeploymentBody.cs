namespace Landfall.Server.Http.Contracts;

/// <summary>A deployment of an endpoint.</summary>
/// <param name="Name">Its name.</param>
/// <param name="ModelVersion">The version of its model.</param>
/// <param name="Traffic">Its share of requests in percent.</param>
/// <param name="Mirror">The share of requests that it scores besides, in percent.</param>
internal sealed record DeploymentBody(string Name, int ModelVersion, int Traffic, int Mirror);
