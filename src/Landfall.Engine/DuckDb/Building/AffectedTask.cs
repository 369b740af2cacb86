using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Landfall.DuckDb;
using Landfall.Workers;

namespace Landfall.Engine.DuckDb.Building;

/// <summary>Finds affected values in a worker, for a plan. Writes nothing.</summary>
public sealed class AffectedTask : IWorkerTask
{
    /// <summary>Kind of this task.</summary>
    public const string TaskKind = "affected";

    /// <inheritdoc/>
    public string Kind => TaskKind;

    /// <inheritdoc/>
    public Task<JsonNode> RunAsync(JsonElement payload, WorkerContext context, CancellationToken cancellationToken)
    {
        AffectedPayload affected = payload.Deserialize(EngineJson.Default.AffectedPayload)!;
        using DuckDbConnection connection = context.OpenDuckDb(affected.ReadFolders, []);
        ImmutableArray<string> values = AffectedValues.Find(
            connection, affected.ColumnType, affected.Changes.Select(c => (c.Expression, c.Select)), cancellationToken);
        return Task.FromResult<JsonNode>(new JsonArray([.. values.Select(v => (JsonNode)v)]));
    }
}

/// <summary>What a worker needs to find affected values.</summary>
/// <param name="ColumnType">DuckDB type of the incremental column.</param>
/// <param name="Changes">Expression and select of changed rows by input.</param>
/// <param name="ReadFolders">Folders that may be read.</param>
internal sealed record AffectedPayload(
    string ColumnType, ImmutableArray<AffectedChange> Changes, ImmutableArray<string> ReadFolders);

/// <summary>Changed rows of an input.</summary>
/// <param name="Expression">The value that a row influences.</param>
/// <param name="Select">A select of the rows that came and went.</param>
internal sealed record AffectedChange(string Expression, string Select);
