using System.Collections.Immutable;

namespace Landfall.Cli;

/// <summary>The engines that this program has; pools name them. Manifests may name others ahead of time.</summary>
internal static class BuildEngines
{
    public static ImmutableArray<string> Names { get; } = ["duckdb"];
}
