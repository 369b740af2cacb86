using System.Collections.Immutable;
using Landfall.DuckDb;
using Landfall.Engine.Build;
using Landfall.Engine.DuckDb;
using Landfall.Engine.DuckDb.Building;
using Landfall.Engine.Engines;
using Landfall.Recommender.Data;
using Landfall.Workers;

namespace Landfall.Recommender.Tasks;

/// <summary>
/// Keeps the Gram matrix of a model: how many accounts use each pair of services. Services are gathered by account and
/// counted in a dense matrix, without a join; where it is known what changed, the old services of the accounts that
/// changed are taken away and the new ones added, which gives the same.
/// </summary>
public sealed class GramTask() : ComputeTask("model-gram")
{
    /// <inheritdoc/>
    protected override Task<BuildResult> RunAsync(
        ComputePayload request, WorkerContext context, CancellationToken cancellationToken)
    {
        using DuckDbConnection connection =
            context.OpenDuckDb(request.ReadFolders, [request.TableFolder], keepOrder: false);
        string interactions = ModelSettings.Of(request).Interactions;
        ComputeInput input = request.Inputs[interactions];
        bool updates = request.KnowsChanges && input is { Changes: not null, Previous: not null };
        GramTable table = new(connection);
        (ImmutableArray<string> services, GramMatrix gram) = updates
            ? table.Update(
                request.SelectExisting()!, input.Select(), input.SelectPrevious()!, input.SelectChanges()!,
                cancellationToken)
            : table.Build(input.Select(), cancellationToken);
        table.Stage("gram_rows", services, gram);
        return Task.FromResult(
            ComputeOutput.Write(connection, request, "select * from gram_rows", appends: false, cancellationToken));
    }
}
