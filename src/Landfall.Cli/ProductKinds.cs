using System.Collections.Immutable;
using Landfall.Engine.Analysis;
using Landfall.Recommender;

namespace Landfall.Cli;

/// <summary>The kinds of products that this program has; manifests name them.</summary>
internal static class ProductKinds
{
    public static ImmutableArray<IProductKind> All { get; } =
        [new SqlProductKind(), new ModelProductKind()];
}
