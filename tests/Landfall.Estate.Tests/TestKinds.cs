using Landfall.Recommender.Definitions;

namespace Landfall.Estate.Tests;

/// <summary>All kinds that the shipped estates name.</summary>
internal static class TestKinds
{
    public static EstateKinds All { get; } = EstateKinds.Standard with
    {
        Products = [.. EstateKinds.Standard.Products, new ModelManifest()],
    };
}
