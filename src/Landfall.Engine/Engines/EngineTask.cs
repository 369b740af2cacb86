using System.Text.Json.Serialization;
using Landfall.Workers;

namespace Landfall.Engine.Engines;

/// <summary>A worker's task that is one call of an engine.</summary>
/// <typeparam name="TRequest">The request.</typeparam>
/// <typeparam name="TResult">The result.</typeparam>
/// <param name="kind">Kind of the task.</param>
/// <param name="json">JSON of both.</param>
/// <param name="work">The call.</param>
internal sealed class EngineTask<TRequest, TResult>(
    string kind, JsonSerializerContext json, Func<TRequest, WorkerContext, CancellationToken, Task<TResult>> work)
    : JsonTask<TRequest, TResult>(kind, json)
{
    /// <inheritdoc/>
    protected override Task<TResult> RunAsync(
        TRequest request, WorkerContext context, CancellationToken cancellationToken) =>
        work(request, context, cancellationToken);
}
