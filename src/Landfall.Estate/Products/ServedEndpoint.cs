using System.Collections.Immutable;

namespace Landfall.Estate.Products;

/// <summary>An HTTP endpoint of a product.</summary>
/// <param name="Name">Its name in addresses; 3 to 32 characters.</param>
/// <param name="Deployments">Names of what is deployed behind it.</param>
/// <param name="TimeoutSeconds">Seconds that a request may take.</param>
/// <param name="ConcurrentRequests">Requests answered at once.</param>
public sealed record ServedEndpoint(
    string Name, ImmutableArray<string> Deployments, int TimeoutSeconds, int ConcurrentRequests);
