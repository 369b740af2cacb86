using System.Text.Json.Nodes;

namespace Landfall.Workers;

/// <summary>What a task works with. Safe for concurrent use.</summary>
/// <param name="request">The request: limits and secrets.</param>
/// <param name="scratchFolder">An existing folder for temporary files; removed after the worker.</param>
/// <param name="report">Receives progress.</param>
public sealed class WorkerContext(WorkerRequest request, string scratchFolder, Action<WorkerProgress> report)
{
    /// <summary>The pool's secrets by name.</summary>
    public IReadOnlyDictionary<string, string> Secrets => request.Secrets;

    /// <summary>What the pool says of an engine outside of the worker; null for none.</summary>
    public JsonNode? Engine => request.Engine;

    /// <summary>Memory of the pool, in bytes.</summary>
    public long MemoryBytes => request.MemoryBytes;

    /// <summary>Threads that compute at once.</summary>
    public int Threads => request.Threads;

    /// <summary>A folder for temporary files; removed after the worker.</summary>
    public string ScratchFolder => scratchFolder;

    /// <summary>What an engine outside of the worker used, once it is known; becomes part of the report.</summary>
    public RemoteUsage? Remote { get; set; }

    /// <summary>Says how far the task is; cheap, may be called often.</summary>
    /// <param name="rowsDone">Rows done; 0 where unknown.</param>
    /// <param name="bytesDone">Bytes done; 0 where unknown.</param>
    /// <param name="bytesTotal">Bytes to do; 0 where unknown.</param>
    public void Report(long rowsDone, long bytesDone, long bytesTotal) =>
        report(new(rowsDone, bytesDone, bytesTotal));

    /// <summary>
    /// Says what is handed to code that may take the process with it, at once: should it, the failure names this.
    /// </summary>
    /// <param name="what">What is begun, for example <c>the file a.parquet</c>; no value of a row.</param>
    public void Begin(string what) => report(new(0, 0, 0) { Begins = what });
}
