using Landfall.Estate.Products;

namespace Landfall.Recommender.Definitions;

/// <summary>What a product of type <c>model</c> says beside its tables.</summary>
/// <param name="Model">The model it trains.</param>
/// <param name="Endpoint">The endpoint that serves it; null for none.</param>
public sealed record ModelDetails(ModelDefinition Model, EndpointDefinition? Endpoint) : ProductDetails
{
    /// <summary>Those of a product; null where it is of another type.</summary>
    public static ModelDetails? Of(Product product) => product.Details as ModelDetails;
}
