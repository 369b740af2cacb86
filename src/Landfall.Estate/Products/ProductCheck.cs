using Landfall.Estate.Contracts;
using Landfall.Estate.Reading;

namespace Landfall.Estate.Products;

/// <summary>A product that is checked.</summary>
/// <param name="Product">The product.</param>
/// <param name="Report">Where problems go.</param>
public sealed record ProductCheck(Product Product, Report Report)
{
    /// <summary>Where the product's places are remembered.</summary>
    public string Key => $"zone:{Product.Zone}/product:{Product.Id}";

    /// <summary>A column of the contract; null where it has none of that name, which is reported.</summary>
    public ContractColumn? FindColumn(string table, string column, string place) =>
        Report.FindColumn(Product.Contract, table, column, $"{Key}/{place}");
}
