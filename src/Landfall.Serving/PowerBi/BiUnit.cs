using Landfall.Estate.Contracts;
using Landfall.Estate.Integrations;
using Landfall.Estate.Products;

namespace Landfall.Serving.PowerBi;

/// <summary>An integration or product as analysts see it.</summary>
/// <param name="Id">Its zone and itself, as SQL has them: <c>billing.revenue_by_service</c>.</param>
/// <param name="Title">Its name for people.</param>
/// <param name="Schema">The schema of its tables in the zone's database.</param>
/// <param name="Contract">What its tables promise.</param>
public sealed record BiUnit(string Id, string Title, string Schema, Contract Contract)
{
    /// <summary>A product.</summary>
    public static BiUnit Of(Product product) => new(
        $"{Estate.TableName.SqlName(product.Zone)}.{product.SqlName}", product.Title, product.SqlName,
        product.Contract);

    /// <summary>An integration.</summary>
    public static BiUnit Of(Integration integration) => new(
        $"{Estate.TableName.SqlName(integration.Zone)}.{integration.SqlName}", integration.Title, integration.SqlName,
        integration.Contract);
}
