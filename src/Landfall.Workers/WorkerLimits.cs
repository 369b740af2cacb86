namespace Landfall.Workers;

/// <summary>How a pool's memory is divided, in bytes.</summary>
public static class WorkerLimits
{
    /// <summary>What the runtime, its code and DuckDB's uncounted buffers take besides the data.</summary>
    public const long RuntimeHeadroom = 192L << 20;

    /// <summary>
    /// Real memory (anonymous and shared pages, not files that are mapped) above which a worker is ended: a quarter
    /// more than its pool's and <see cref="RuntimeHeadroom"/>, because DuckDB counts most of its memory but not all.
    /// </summary>
    public static long EndAbove(long memoryBytes) => memoryBytes + (memoryBytes / 4) + RuntimeHeadroom;

    /// <summary>What DuckDB may use before it writes to the scratch folder: three quarters.</summary>
    public static long DuckDbMemory(long memoryBytes) => memoryBytes / 4 * 3;
}
