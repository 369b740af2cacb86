using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Landfall.DuckDb;
using Landfall.Engine.Quality;
using Landfall.Estate.Contracts;
using Landfall.Workers;

namespace Landfall.Engine.DuckDb.Quality;

/// <summary>Evaluates quality rules over a table as it would be after a commit, in a worker. Writes nothing.</summary>
public sealed class QualityTask : IWorkerTask
{
    /// <summary>Kind of this task.</summary>
    public const string TaskKind = "quality";

    /// <inheritdoc/>
    public string Kind => TaskKind;

    /// <inheritdoc/>
    public Task<JsonNode> RunAsync(JsonElement payload, WorkerContext context, CancellationToken cancellationToken)
    {
        QualityPayload quality = payload.Deserialize(EngineJson.Default.QualityPayload)!;
        using DuckDbConnection connection = context.OpenDuckDb([quality.TableFolder], []);
        connection.Execute($"create view landfall_result as {quality.Select}", cancellationToken);
        ImmutableArray<QualityResult> results =
            [.. QualityChecker.Check(connection, "landfall_result", quality.Rules, cancellationToken)];
        return Task.FromResult(JsonSerializer.SerializeToNode(results,
            EngineJson.Default.ImmutableArrayQualityResult)!);
    }
}

/// <summary>What a worker needs to evaluate rules.</summary>
/// <param name="TableFolder">Absolute folder of the table.</param>
/// <param name="Select">A select of its rows after the commit.</param>
/// <param name="Rules">The rules.</param>
internal sealed record QualityPayload(string TableFolder, string Select, ImmutableArray<QualityRule> Rules);
