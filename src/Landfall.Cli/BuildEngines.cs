using System.Collections.Immutable;
using Landfall.Engine.DuckDb;
using Landfall.Engine.Engines;
using Landfall.Engine.Spark;

namespace Landfall.Cli;

/// <summary>The engines that this program has; pools name them. Manifests may name others ahead of time.</summary>
internal static class BuildEngines
{
    private static readonly Lazy<DuckDbLocalEngine> _footers = new(() => new());

    public static ImmutableArray<IBuildEngine> All { get; } =
        [new DuckDbBuildEngine(), new SparkBuildEngine(folder => _footers.Value.ParquetOf(folder))];

    public static ImmutableArray<string> Names { get; } = [.. All.Select(e => e.Name)];

    /// <summary>A new engine inside this process, which the caller closes.</summary>
    public static ILocalEngine Local() => new DuckDbLocalEngine();
}
