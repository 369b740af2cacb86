using Landfall.Engine.Lakes;
using Landfall.Estate.Products;
using Landfall.Workers;

namespace Landfall.Engine.Analysis;

/// <summary>
/// A kind of product, chosen by the word <c>type</c> of its manifest: it says what manifests may hold, and which tables
/// it computes beside those of SQL.
/// </summary>
public interface IProductKind
{
    /// <summary>What it has in manifests.</summary>
    IProductManifest Manifest { get; }

    /// <summary>What it does inside workers.</summary>
    IReadOnlyList<IWorkerTask> Tasks { get; }

    /// <summary>A computed table: what it reads, which task computes it and what that is told.</summary>
    BuildDefinition Describe(Product product, ProductTable table, CatalogTable entry);
}
