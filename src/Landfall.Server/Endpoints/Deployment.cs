using Landfall.Server.Models;

namespace Landfall.Server.Endpoints;

/// <summary>A model behind an endpoint.</summary>
/// <param name="Name">The deployment's name: 1 to 32 letters, digits and <c>-</c>.</param>
/// <param name="Model">The model.</param>
/// <param name="TrafficPercent">Its share of requests, 0 to 100.</param>
/// <param name="MirrorPercent">
/// The share of requests that it scores besides, for comparison, 0 to 50; its answers go nowhere.
/// </param>
public sealed record Deployment(string Name, IDeployedModel Model, int TrafficPercent, int MirrorPercent = 0);
