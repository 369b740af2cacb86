using System.Collections.Immutable;
using Landfall.Estate.Products;
using Landfall.Estate.Sources;

namespace Landfall.Estate;

/// <summary>The kinds of sources and products that manifests may name; at least one of each.</summary>
/// <param name="Sources">Kinds of sources; a source that names none is read as the first.</param>
/// <param name="Products">Kinds of products; a product that names none is read as the first.</param>
public sealed record EstateKinds(
    ImmutableArray<ISourceManifest> Sources, ImmutableArray<IProductManifest> Products)
{
    /// <summary>Files, PostgreSQL and products of SQL.</summary>
    public static EstateKinds Standard { get; } =
        new([new FilesManifest(), new PostgresManifest()], [new SqlProductManifest()]);
}
