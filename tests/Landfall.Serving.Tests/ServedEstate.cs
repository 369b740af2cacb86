using Landfall.Estate;
using Landfall.Recommender.Definitions;
using Landfall.Serving.PowerBi;
using Landfall.Testing;

namespace Landfall.Serving.Tests;

/// <summary>The integrations and products of the estate that ships.</summary>
internal static class ServedEstate
{
    private static readonly EstateDefinition Estate = EstateLoader.Load(
        Path.Combine(RepositoryRoot.Folder, "estates", "relecloud"),
        EstateKinds.Standard with { Products = [.. EstateKinds.Standard.Products, new ModelManifest()] }).Estate!;

    /// <summary>Each, by zone and id as SQL has them.</summary>
    public static Dictionary<string, BiUnit> Units { get; } = Estate.Zones
        .SelectMany(z => z.Products.Select(BiUnit.Of).Concat(z.Integrations.Select(BiUnit.Of)))
        .ToDictionary(u => u.Id);

    public static TheoryData<string> Names => [.. Units.Keys.Order(StringComparer.Ordinal)];
}
