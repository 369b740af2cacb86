using Landfall.Server.Endpoints;
using Landfall.Server.Keys;

namespace Landfall.Server;

/// <summary>An endpoint with the sources that it follows.</summary>
/// <param name="Endpoint">The endpoint.</param>
/// <param name="Source">Its deployments.</param>
/// <param name="Keys">The file of its keys; null where they never change.</param>
public sealed record HostedEndpoint(RecommenderEndpoint Endpoint, IDeploymentSource Source, KeyFile? Keys = null);
