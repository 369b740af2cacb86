using Landfall.Estate.Reading;

namespace Landfall.Estate.Products;

/// <summary>Products of type <c>sql</c>: tables of SQL, and nothing else.</summary>
public sealed class SqlProductManifest : IProductManifest
{
    /// <inheritdoc/>
    public string Type => "sql";

    /// <inheritdoc/>
    public IEnumerable<string> ComputedTables => [];

    /// <inheritdoc/>
    public ProductDetails? Read(Section section, string key) => null;

    /// <inheritdoc/>
    public void Check(ProductCheck check)
    {
        // Tables of SQL are checked for every kind.
    }
}
