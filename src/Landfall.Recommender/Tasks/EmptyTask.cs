using System.Text.Json;
using System.Text.Json.Nodes;
using Landfall.DuckDb;
using Landfall.Engine.Build;
using Landfall.Engine.DuckDb;
using Landfall.Engine.DuckDb.Building;
using Landfall.Workers;

namespace Landfall.Recommender.Tasks;

/// <summary>
/// Makes the empty table that an endpoint will write to, so that products can read it before anything was served.
/// </summary>
/// <param name="table">The table: <c>exposure</c> or <c>feedback</c>.</param>
public sealed class EmptyTask(string table) : IWorkerTask
{
    /// <inheritdoc/>
    public string Kind => $"model-{table}";

    /// <inheritdoc/>
    public Task<JsonNode> RunAsync(JsonElement payload, WorkerContext context, CancellationToken cancellationToken)
    {
        ComputePayload compute = ComputePayload.Parse(payload);
        using DuckDbConnection connection =
            context.OpenDuckDb(compute.ReadFolders, [compute.TableFolder], keepOrder: false);
        return Task.FromResult(ComputeOutput.Write(
            connection, compute, compute.SelectNothing(), appends: true, cancellationToken));
    }
}
