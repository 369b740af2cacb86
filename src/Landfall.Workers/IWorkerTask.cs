using System.Text.Json;
using System.Text.Json.Nodes;

namespace Landfall.Workers;

/// <summary>A kind of work that a worker process does. It writes files and reports them; it commits nothing.</summary>
public interface IWorkerTask
{
    /// <summary>Names the work in requests; unique among the tasks of a program.</summary>
    string Kind { get; }

    /// <summary>Does the work, once, in a process of its own.</summary>
    /// <param name="payload">What the request says; its shape is the task's own.</param>
    /// <param name="context">Limits, secrets, the scratch folder and the locked-down DuckDB.</param>
    /// <param name="cancellationToken">Cancelled at the request's timeout, and when the run is stopped.</param>
    /// <returns>What the report holds; small: files belong into the output folder.</returns>
    /// <exception cref="Landfall.Estate.LandfallException">
    /// The work failed; code and message reach the report.
    /// </exception>
    Task<JsonNode> RunAsync(JsonElement payload, WorkerContext context, CancellationToken cancellationToken);
}
