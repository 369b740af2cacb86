namespace Landfall.Recommender.Definitions;

/// <summary>A model behind an endpoint.</summary>
/// <param name="Name">Its name, as callers and responses have it.</param>
/// <param name="Model">The alias it serves: <c>champion</c> or <c>challenger</c>.</param>
/// <param name="Traffic">Percent of the requests, 0 to 100.</param>
/// <param name="Mirror">Percent of the requests that it scores too without answering, 0 to 50.</param>
public sealed record EndpointDeployment(string Name, string Model, int Traffic, int Mirror);
