using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Landfall.Workers;

namespace Landfall.Engine.Engines;

/// <summary>A worker's task that is one call of an engine: request and result are records.</summary>
/// <typeparam name="TRequest">The request.</typeparam>
/// <typeparam name="TResult">The result.</typeparam>
/// <param name="kind">Kind of the task.</param>
/// <param name="request">Reads requests.</param>
/// <param name="result">Writes results.</param>
/// <param name="work">The call.</param>
internal sealed class EngineTask<TRequest, TResult>(
    string kind, JsonTypeInfo<TRequest> request, JsonTypeInfo<TResult> result,
    Func<TRequest, WorkerContext, CancellationToken, Task<TResult>> work) : IWorkerTask
{
    /// <inheritdoc/>
    public string Kind => kind;

    /// <inheritdoc/>
    public async Task<JsonNode> RunAsync(
        JsonElement payload, WorkerContext context, CancellationToken cancellationToken)
    {
        TRequest read = payload.Deserialize(request)
            ?? throw new JsonException($"The request of a task {kind} is null.");
        return JsonSerializer.SerializeToNode(await work(read, context, cancellationToken), result)!;
    }
}
