using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Landfall.Workers;

/// <summary>A task whose request and result are records that travel as JSON.</summary>
/// <typeparam name="TRequest">The request.</typeparam>
/// <typeparam name="TResult">The result.</typeparam>
/// <param name="kind">Names the work in requests.</param>
/// <param name="json">Knows both; asked when a task runs, since of many a worker runs few.</param>
public abstract class JsonTask<TRequest, TResult>(string kind, JsonSerializerContext json) : IWorkerTask
{
    /// <inheritdoc/>
    public string Kind => kind;

    /// <inheritdoc/>
    public async Task<JsonNode> RunAsync(
        JsonElement payload, WorkerContext context, CancellationToken cancellationToken)
    {
        TRequest read = payload.Deserialize(json.Of<TRequest>())
            ?? throw new JsonException($"The request of a task {kind} is null.");
        return JsonSerializer.SerializeToNode(await RunAsync(read, context, cancellationToken), json.Of<TResult>())!;
    }

    /// <summary>Does the work.</summary>
    protected abstract Task<TResult> RunAsync(
        TRequest request, WorkerContext context, CancellationToken cancellationToken);
}
