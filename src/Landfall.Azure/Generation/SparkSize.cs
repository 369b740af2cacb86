using Landfall.Estate.Zones;

namespace Landfall.Azure.Generation;

/// <summary>The Spark pool that is as large as a pool of the estate.</summary>
internal static class SparkSize
{
    /// <summary>Fewest nodes that Synapse allows.</summary>
    public const int Fewest = 3;

    private static readonly (string Name, int Cores, int Gibibytes)[] _nodes =
        [("Small", 4, 32), ("Medium", 8, 64), ("Large", 16, 128), ("XLarge", 32, 256)];

    /// <summary>
    /// The smallest node that holds a step's threads and memory, the largest where none does, and as many nodes as its
    /// concurrent steps need beside the fewest.
    /// </summary>
    public static (string Node, int Most) Of(Pool pool)
    {
        (string name, _, _) = _nodes.FirstOrDefault(
            n => n.Cores >= pool.Threads && (long)n.Gibibytes << 30 >= pool.MemoryBytes, _nodes[^1]);
        return (name, Fewest + (2 * pool.Concurrency));
    }
}
