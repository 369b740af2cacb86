using Landfall.DuckDb;
using Landfall.Engine.Build;
using Landfall.Engine.DuckDb;
using Landfall.Engine.DuckDb.Building;
using Landfall.Engine.Engines;
using Landfall.Workers;

namespace Landfall.Recommender.Tasks;

/// <summary>
/// Makes the empty table that an endpoint will write to, so that products can read it before anything was served.
/// </summary>
/// <param name="table">The table: <c>exposure</c> or <c>feedback</c>.</param>
public sealed class EmptyTask(string table) : ComputeTask($"model-{table}")
{
    /// <inheritdoc/>
    protected override Task<BuildResult> RunAsync(
        ComputePayload request, WorkerContext context, CancellationToken cancellationToken)
    {
        using DuckDbConnection connection =
            context.OpenDuckDb(request.ReadFolders, [request.TableFolder], keepOrder: false);
        return Task.FromResult(ComputeOutput.Write(
            connection, request, request.SelectNothing(), appends: true, cancellationToken));
    }
}
