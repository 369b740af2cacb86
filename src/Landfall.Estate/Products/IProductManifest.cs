using Landfall.Estate.Reading;

namespace Landfall.Estate.Products;

/// <summary>
/// What a kind of product has in manifests beside tables of SQL. Readers report what is wrong and give a neutral value,
/// so that one pass finds every problem.
/// </summary>
public interface IProductManifest
{
    /// <summary>The word in manifests, for example <c>sql</c>.</summary>
    string Type { get; }

    /// <summary>Names of the tables that every product of the kind has and that no SQL file gives.</summary>
    IEnumerable<string> ComputedTables { get; }

    /// <summary>
    /// Reads the kind's own keys of a manifest; null where there are none, or where they cannot be read.
    /// </summary>
    /// <param name="section">The manifest.</param>
    /// <param name="key">Where places are remembered: <c>KEY/NAME</c>.</param>
    ProductDetails? Read(Section section, string key);

    /// <summary>Checks them against the product's tables and contract.</summary>
    void Check(ProductCheck check);
}
