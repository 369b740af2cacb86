namespace Landfall.Estate.Products;

/// <summary>What a kind of product says of itself beside its tables.</summary>
public abstract record ProductDetails
{
    /// <summary>The endpoint that applications call; null for none.</summary>
    public virtual ServedEndpoint? ServedEndpoint => null;
}
