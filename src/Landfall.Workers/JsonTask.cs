using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace Landfall.Workers;

/// <summary>A task whose request and result are records that travel as JSON.</summary>
/// <typeparam name="TRequest">The request.</typeparam>
/// <typeparam name="TResult">The result.</typeparam>
/// <param name="kind">Names the work in requests.</param>
/// <param name="request">Reads requests.</param>
/// <param name="result">Writes results.</param>
public abstract class JsonTask<TRequest, TResult>(
    string kind, JsonTypeInfo<TRequest> request, JsonTypeInfo<TResult> result) : IWorkerTask
{
    /// <inheritdoc/>
    public string Kind => kind;

    /// <inheritdoc/>
    public async Task<JsonNode> RunAsync(
        JsonElement payload, WorkerContext context, CancellationToken cancellationToken)
    {
        TRequest read = payload.Deserialize(request)
            ?? throw new JsonException($"The request of a task {kind} is null.");
        return JsonSerializer.SerializeToNode(await RunAsync(read, context, cancellationToken), result)!;
    }

    /// <summary>Does the work.</summary>
    protected abstract Task<TResult> RunAsync(
        TRequest request, WorkerContext context, CancellationToken cancellationToken);
}
