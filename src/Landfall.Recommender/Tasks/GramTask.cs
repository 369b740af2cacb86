using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Landfall.DuckDb;
using Landfall.Engine.Build;
using Landfall.Engine.DuckDb;
using Landfall.Engine.DuckDb.Building;
using Landfall.Recommender.Data;
using Landfall.Workers;

namespace Landfall.Recommender.Tasks;

/// <summary>
/// Keeps the Gram matrix of a model: how many accounts use each pair of services. Services are gathered by account and
/// counted in a dense matrix, without a join; where it is known what changed, the old services of the accounts that
/// changed are taken away and the new ones added, which gives the same.
/// </summary>
public sealed class GramTask : IWorkerTask
{
    /// <inheritdoc/>
    public string Kind => "model-gram";

    /// <inheritdoc/>
    public Task<JsonNode> RunAsync(JsonElement payload, WorkerContext context, CancellationToken cancellationToken)
    {
        ComputePayload compute = ComputePayload.Parse(payload);
        using DuckDbConnection connection =
            context.OpenDuckDb(compute.ReadFolders, [compute.TableFolder], keepOrder: false);
        string interactions = ModelSettings.Of(compute).Interactions;
        ComputeInput input = compute.Inputs[interactions];
        bool updates = compute.KnowsChanges && input is { Changes: not null, Previous: not null };
        GramTable table = new(connection);
        (ImmutableArray<string> services, GramMatrix gram) = updates
            ? table.Update(
                compute.SelectExisting()!, input.Select(), input.SelectPrevious()!, input.SelectChanges()!,
                cancellationToken)
            : table.Build(input.Select(), cancellationToken);
        table.Stage("gram_rows", services, gram);
        return Task.FromResult(
            ComputeOutput.Write(connection, compute, "select * from gram_rows", appends: false, cancellationToken));
    }
}
