using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Landfall.Estate.Zones;
using Landfall.Workers;

namespace Landfall.Engine.Engines;

/// <summary>A method of <see cref="IBuildEngine"/> as it travels to a worker: its name, request and result.</summary>
/// <typeparam name="TRequest">The request.</typeparam>
/// <typeparam name="TResult">The result.</typeparam>
/// <param name="verb">Its name in kinds of tasks.</param>
/// <param name="json">JSON of requests and results.</param>
internal sealed class EngineCall<TRequest, TResult>(string verb, JsonSerializerContext json)
{
    /// <summary>The task of a worker that runs the call on an engine.</summary>
    /// <param name="engine">The engine's name, which needs nothing outside of the worker.</param>
    /// <param name="call">What is asked.</param>
    /// <param name="reads">Absolute files and folders that it reads; those that do not exist are left out.</param>
    /// <param name="writes">Absolute folders that it writes.</param>
    public WorkerTask Of(
        string engine, TRequest call, IEnumerable<string> reads, params ImmutableArray<string> writes) =>
        new(
            Kind(engine), JsonSerializer.SerializeToNode(call, json.Of<TRequest>())!,
            [.. reads.Distinct().Where(Path.Exists)], writes);

    /// <summary>The task of a worker that runs the call on a pool's engine.</summary>
    /// <param name="pool">The pool.</param>
    /// <param name="call">What is asked.</param>
    /// <param name="reads">Absolute files and folders that it reads; those that do not exist are left out.</param>
    /// <param name="writes">Absolute folders that it writes.</param>
    public WorkerTask Of(
        Pool pool, TRequest call, IEnumerable<string> reads, params ImmutableArray<string> writes) =>
        Of(pool.Engine, call, reads, writes) with
        {
            Target = pool.Spark?.Target,
            Engine = RemoteEngine.Of(pool)?.ToJson(),
        };

    /// <summary>The result in a worker's answer.</summary>
    public TResult ResultOf(JsonNode answer) => answer.Deserialize(json.Of<TResult>())
        ?? throw new JsonException($"The result of a task {verb} is null.");

    /// <summary>The task as a worker runs it.</summary>
    public IWorkerTask On(IBuildEngine engine, Func<TRequest, WorkerContext, CancellationToken, Task<TResult>> work) =>
        new EngineTask<TRequest, TResult>(Kind(engine.Name), json, work);

    private string Kind(string engine) => $"{engine}-{verb}";
}
