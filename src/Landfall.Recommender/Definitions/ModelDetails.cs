using Landfall.Estate.Products;

namespace Landfall.Recommender.Definitions;

/// <summary>What a product of type <c>model</c> says beside its tables.</summary>
/// <param name="Model">The model it trains.</param>
/// <param name="Endpoint">The endpoint that serves it; null for none.</param>
public sealed record ModelDetails(ModelDefinition Model, EndpointDefinition? Endpoint) : ProductDetails
{
    /// <inheritdoc/>
    public override ServedEndpoint? ServedEndpoint => Endpoint is null
        ? null
        : new(
            Endpoint.Name, [.. Endpoint.Deployments.Select(d => d.Name)], Endpoint.TimeoutSeconds,
            Endpoint.ConcurrentRequests);

    /// <summary>Those of a product; null where it is of another type.</summary>
    public static ModelDetails? Of(Product product) => product.Details as ModelDetails;
}
