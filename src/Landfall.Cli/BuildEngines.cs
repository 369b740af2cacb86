using System.Collections.Immutable;
using Landfall.Engine.DuckDb;
using Landfall.Engine.Engines;

namespace Landfall.Cli;

/// <summary>The engines that this program has; pools name them. Manifests may name others ahead of time.</summary>
internal static class BuildEngines
{
    public static ImmutableArray<IBuildEngine> All { get; } = [new DuckDbBuildEngine()];

    public static ImmutableArray<string> Names { get; } = [.. All.Select(e => e.Name)];

    /// <summary>A new engine inside this process, which the caller closes.</summary>
    public static ILocalEngine Local() => new DuckDbLocalEngine();
}
