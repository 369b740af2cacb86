using System.Globalization;
using Landfall.Estate.Zones;

namespace Landfall.Azure.Generation;

/// <summary>
/// The container that is as large as a pool of the estate: twice as many GiB as processors, 4 at most.
/// </summary>
internal static class ContainerSize
{
    private static readonly decimal[] _processors = [0.5m, 1.0m, 1.5m, 2.0m, 3.0m, 4.0m];

    /// <summary>The smallest that holds a step's threads and memory, the largest where none does.</summary>
    public static (string Processors, string Memory) Of(Pool pool)
    {
        decimal gibibytes = (decimal)pool.MemoryBytes / (1L << 30);
        decimal processors = _processors.FirstOrDefault(
            p => p >= pool.Threads && 2 * p >= gibibytes, _processors[^1]);
        return (
            processors.ToString("0.0", CultureInfo.InvariantCulture),
            (2 * processors).ToString("0.0", CultureInfo.InvariantCulture) + "Gi");
    }
}
