using Landfall.DuckDb;

namespace Landfall.Engine.Workers;

/// <summary>What a task works with. Safe for concurrent use.</summary>
/// <param name="request">The request: limits and secrets.</param>
/// <param name="scratchFolder">An existing folder for temporary files; removed after the worker.</param>
/// <param name="report">Receives progress.</param>
public sealed class WorkerContext(WorkerRequest request, string scratchFolder, Action<WorkerProgress> report)
{
    /// <summary>The pool's secrets by name.</summary>
    public IReadOnlyDictionary<string, string> Secrets => request.Secrets;

    /// <summary>Memory of the pool, in bytes.</summary>
    public long MemoryBytes => request.MemoryBytes;

    /// <summary>Threads that compute at once.</summary>
    public int Threads => request.Threads;

    /// <summary>A folder for temporary files; removed after the worker.</summary>
    public string ScratchFolder => scratchFolder;

    /// <summary>Says how far the task is; cheap, may be called often.</summary>
    /// <param name="rowsDone">Rows done; 0 where unknown.</param>
    /// <param name="bytesDone">Bytes done; 0 where unknown.</param>
    /// <param name="bytesTotal">Bytes to do; 0 where unknown.</param>
    public void Report(long rowsDone, long bytesDone, long bytesTotal) =>
        report(new(rowsDone, bytesDone, bytesTotal));

    /// <summary>
    /// Opens a new DuckDB database in memory that can touch the given folders only and whose settings are locked:
    /// UTC, nulls as Spark orders them, no extensions, the pool's threads and three quarters of its memory.
    /// </summary>
    /// <param name="readFolders">Folders or files that SQL may read; the worker's sandbox keeps them unchanged.</param>
    /// <param name="writeFolders">Folders that SQL may read and write.</param>
    /// <param name="keepOrder">
    /// Whether rows keep the order of their input where no ORDER BY says otherwise, which costs memory.
    /// </param>
    /// <exception cref="DuckDbException">DuckDB refuses a setting.</exception>
    public DuckDbConnection OpenDuckDb(
        IEnumerable<string> readFolders, IEnumerable<string> writeFolders, bool keepOrder = true) =>
        WorkerDuckDb.Open(this, [.. readFolders, .. writeFolders], keepOrder);

    /// <summary>As <see cref="OpenDuckDb"/>, for a task whose threads need a connection each.</summary>
    /// <param name="readFolders">Folders or files that SQL may read.</param>
    /// <param name="writeFolders">Folders that SQL may read and write.</param>
    /// <exception cref="DuckDbException">DuckDB refuses a setting.</exception>
    public DuckDbDatabase OpenDatabase(IEnumerable<string> readFolders, IEnumerable<string> writeFolders) =>
        WorkerDuckDb.OpenDatabase(this, [.. readFolders, .. writeFolders], keepOrder: false);
}
