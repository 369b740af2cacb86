using Landfall.Engine.Lakes;
using Landfall.Estate.Products;
using Landfall.Workers;

namespace Landfall.Engine.Analysis;

/// <summary>Products of SQL alone, which engines build.</summary>
public sealed class SqlProductKind : IProductKind
{
    /// <inheritdoc/>
    public IProductManifest Manifest { get; } = new SqlProductManifest();

    /// <inheritdoc/>
    public IReadOnlyList<IWorkerTask> Tasks => [];

    /// <inheritdoc/>
    public BuildDefinition Describe(Product product, ProductTable table, CatalogTable entry) =>
        throw new ArgumentException($"{entry.Name} is a table of SQL.", nameof(table));
}
